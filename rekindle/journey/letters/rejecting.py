"""Who still has to be told that it is a no: turned down again in interviews, or never told at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.letters.writing import hold_person
from rekindle.store.applications import Application, applications_of
from rekindle.store.candidates import Candidate
from rekindle.store.messages import OVER_UNSENT, Message
from rekindle.store.outreaches import Outreach
from rekindle.store.roles import Role
from states.candidate import CandidateState, named
from states.message import Occasion

_MAY_BE_TOLD = (CandidateState.INTERVIEWING, CandidateState.REJECTED_WARM, CandidateState.NURTURING)


@dataclass(frozen=True, slots=True)
class Told:
    """What was decided about somebody in interviews, and how much of it may be said."""

    reason: str
    sayable: bool = False
    stage: str | None = None
    finalist: bool = True


@dataclass(frozen=True, slots=True)
class Untold:
    """Somebody who has not been told; `times`: how often we have turned them down. From the second on, call first."""

    candidate_id: int
    application_id: int
    role: str
    message_id: int | None
    times: int


def untold(session: Session, limit: int = 200) -> list[Untold]:
    """List who was turned down and never told, those in interviews first; with the letter on the desk, if there is one.

    An import that does not say how somebody was told is no evidence that nobody told them.
    """
    living = and_(Message.application_id == Application.id, Message.state.not_in(OVER_UNSENT))
    interviewing = Candidate.state == CandidateState.INTERVIEWING
    query = (
        select(Application, Message.id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(Message, living)
        .where(Application.outcome == "rejected", Candidate.state.in_(_MAY_BE_TOLD))
        .where(or_(Application.rejection == "none", and_(interviewing, Application.source == OWN)))
        .where(or_(Application.rejection.is_(None), Application.rejection == "none"))
        .order_by(interviewing.desc(), Application.decided_on.desc(), Application.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    times = _times(session, [row.candidate_id for row, _ in rows])
    return [Untold(row.candidate_id, row.id, row.role, letter, times[row.candidate_id]) for row, letter in rows]


#: The source of what was decided here, not in an applicant tracking system.
OWN = "rekindle"


def turn_down(session: Session, candidate_id: int, told: Told, now: datetime) -> Application:
    """Write down that somebody in interviews was not chosen, as a new application: it waits for its letter.

    Their state changes when the letter has arrived. Raises BadInput for somebody who is not in interviews.
    """
    person = hold_person(session, candidate_id)
    if person.state is not CandidateState.INTERVIEWING:
        raise BadInput(f"c-{candidate_id} is {named(person.state)}: only who is interviewing can be turned down")
    if not told.reason.strip() or not told.reason.isprintable():
        raise BadInput("give the reason in one line; --sayable if the letter may use it")
    role = _role_of_interviews(session, candidate_id)
    row = Application(
        candidate_id=candidate_id,
        source=OWN,
        role=role.title,
        family=role.family,
        level=role.level,
        team=role.team,
        last_stage=told.stage,
        finalist=told.finalist,
        last_interview_on=now.date(),
        decided_on=now.date(),
        outcome="rejected",
        rejected_by="company",
        reason=told.reason.strip(),
        reason_sayable=told.sayable,
    )
    session.add(row)
    session.flush()
    return row


def application_to_tell(session: Session, candidate_id: int) -> Application:
    """Return the application a rejection letter speaks of: the newest that was turned down. Raises BadInput."""
    for row in applications_of(session, [candidate_id]).get(candidate_id, []):
        if row.outcome == "rejected" and row.rejected_by != "candidate":
            if row.rejection == "personal":
                raise BadInput(f"c-{candidate_id} was told personally about {row.role}: there is nothing left to tell")
            return row
    raise BadInput(f"c-{candidate_id} has no application that was turned down")


def _role_of_interviews(session: Session, candidate_id: int) -> Role:
    query = (
        select(Role)
        .join(Outreach, Outreach.role_id == Role.id)
        .where(Outreach.candidate_id == candidate_id)
        .where(exists().where(Message.outreach_id == Outreach.id, Message.occasion == Occasion.RE_ENGAGEMENT))
        .order_by(Outreach.closed_at.desc(), Outreach.id.desc())
    )
    found = session.scalar(query.limit(1))
    if found is None:
        raise BadInput(f"no role is on record for which c-{candidate_id} interviews: import the application instead")
    return found


def _times(session: Session, candidate_ids: Sequence[int]) -> dict[int, int]:
    """Count how often each was turned down by us."""
    found = applications_of(session, list(candidate_ids))
    return {owner: len([row for row in own if row.outcome == "rejected"]) for owner, own in found.items()}
