"""Who still has to be told that it is a no: turned down again in interviews, or never told at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from rekindle.errors import BadInput
from rekindle.journey.letters.interviews import ended_with, interviews_began, last_talk, role_of_interviews
from rekindle.journey.letters.writing import hold_person
from rekindle.store.applications import Application, applications_of
from rekindle.store.candidates import Candidate
from rekindle.store.messages import OVER_UNSENT, Message
from rekindle.store.touches import Touch
from states.candidate import CandidateState, named

#: The source of what was decided here, not in an applicant tracking system.
OWN = "rekindle"
_NOT_INTERVIEWING = (CandidateState.REJECTED_WARM, CandidateState.NURTURING)
#: Decided here, or never told by whoever decided it elsewhere.
_OF_OURS = or_(Application.rejection == "none", and_(Application.rejection.is_(None), Application.source == OWN))
#: How somebody is told in person: what the guard `told_in_person_first` asks for.
_SPOKEN = ("call", "meeting")


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

    Each with the newest that was decided: a letter speaks of nothing else. An import that does not say how somebody was
    told is no evidence that nobody told them.
    """
    others = _rows(session, _untold(_NOT_INTERVIEWING, Application.rejection == "none").limit(limit))
    return _as_untold(session, [*_after_interviews(session), *others][:limit])


def to_be_called(session: Session, *only: int) -> list[Untold]:
    """List who is told by a call first, since it is not our first no, and was not spoken to since it was decided.

    They were in interviews until then, or a letter to them lies on the desk: nobody is called about old files alone.
    `only` are candidates to whom somebody is about to write.
    """
    others = _untold(_NOT_INTERVIEWING, Application.rejection == "none")
    others = others.where(Application.candidate_id.in_(only) if only else Message.id.is_not(None))
    rows = [*_after_interviews(session, *only), *_rows(session, others)]
    again = [each for each in _as_untold(session, rows) if each.times > 1]
    silent = {row.id for row, _ in rows if spoken_since(session, row) is None}
    return [each for each in again if each.application_id in silent]


def spoken_since(session: Session, row: Application) -> Touch | None:
    """Return the first conversation since an application was decided: a call or a meeting, whoever began it."""
    spoken = [Touch.candidate_id == row.candidate_id, Touch.channel.in_(_SPOKEN)]
    if row.decided_on:
        spoken.append(Touch.on >= row.decided_on)
    return session.scalar(select(Touch).where(*spoken).order_by(Touch.on, Touch.id).limit(1))


def turn_down(session: Session, candidate_id: int, told: Told, now: datetime) -> Application:
    """Write down that somebody in interviews was not chosen, as a new application: it waits for its letter.

    Their state changes when the letter has arrived. Raises BadInput for somebody who is not in interviews.
    """
    person = hold_person(session, candidate_id)
    if person.state is not CandidateState.INTERVIEWING:
        raise BadInput(f"c-{candidate_id} is {named(person.state)}: only who is interviewing can be turned down")
    if not told.reason.strip() or not told.reason.isprintable():
        raise BadInput("give the reason in one line; --sayable if the letter may use it")
    began = interviews_began(session, candidate_id)
    for row in applications_of(session, [candidate_id]).get(candidate_id, []):
        if row.outcome == "rejected" and ended_with(session, row):
            raise BadInput(f"c-{candidate_id} was turned down for {row.role} on {row.decided_on} already")
    role = role_of_interviews(session, candidate_id)
    row = Application(
        candidate_id=candidate_id,
        source=OWN,
        role=role.title,
        family=role.family,
        level=role.level,
        team=role.team,
        last_stage=told.stage,
        finalist=told.finalist,
        last_interview_on=last_talk(session, candidate_id, began),
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
    """Return the application a rejection letter speaks of: the newest, when it was turned down. Raises BadInput."""
    known = applications_of(session, [candidate_id]).get(candidate_id, [])
    row = next((each for each in known if each.outcome != "open"), None)
    if row is None or row.outcome != "rejected" or row.rejected_by == "candidate":
        raise BadInput(f"c-{candidate_id} has no application that was turned down, or withdrew from a later one")
    if row.rejection == "personal":
        raise BadInput(f"c-{candidate_id} was told personally about {row.role}: there is nothing left to tell")
    state = session.scalar(select(Candidate.state).where(Candidate.id == candidate_id))
    if state is CandidateState.INTERVIEWING and not ended_with(session, row):
        raise BadInput(f"c-{candidate_id} is interviewing: `rekindle rejections record` says first that it is a no")
    return row


def _after_interviews(session: Session, *only: int) -> list[tuple[Application, int | None]]:
    # Whoever is in interviews right now is few.
    query = _untold((CandidateState.INTERVIEWING,), _OF_OURS)
    if only:
        query = query.where(Application.candidate_id.in_(only))
    return [(row, letter) for row, letter in _rows(session, query) if ended_with(session, row)]


def _rows(session: Session, query: Select[tuple[Application, int]]) -> list[tuple[Application, int | None]]:
    # A letter is joined from outside, so there may be none.
    return [(row, letter) for row, letter in session.execute(query)]


def _as_untold(session: Session, rows: Sequence[tuple[Application, int | None]]) -> list[Untold]:
    times = _times(session, [row.candidate_id for row, _ in rows])
    return [Untold(row.candidate_id, row.id, row.role, letter, times[row.candidate_id]) for row, letter in rows]


def _untold(states: Sequence[CandidateState], is_untold: ColumnElement[bool]) -> Select[tuple[Application, int]]:
    living = and_(Message.application_id == Application.id, Message.state.not_in(OVER_UNSENT))
    by_us = or_(Application.rejected_by.is_(None), Application.rejected_by != "candidate")
    return (
        select(Application, Message.id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(Message, living)
        .where(Application.outcome == "rejected", by_us, is_untold, Candidate.state.in_(states), ~_has_a_newer_one())
        .order_by(Application.decided_on.desc().nulls_last(), Application.id)
    )


def _has_a_newer_one() -> ColumnElement[bool]:
    """Sort as `newest_first` does, in the database."""
    other = aliased(Application)
    day, other_day = (func.coalesce(row.decided_on, row.applied_on, date.min) for row in (Application, other))
    newer = or_(other_day > day, and_(other_day == day, other.id > Application.id))
    return exists().where(other.candidate_id == Application.candidate_id, other.outcome != "open", newer)


def _times(session: Session, candidate_ids: Sequence[int]) -> dict[int, int]:
    """Count how often each was turned down by us."""
    found = applications_of(session, list(candidate_ids))
    return {owner: len([row for row in own if row.outcome == "rejected"]) for owner, own in found.items()}
