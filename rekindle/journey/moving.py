"""The only writer of `Candidate.state`: asks the machine, compares and sets, keeps the move, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rekindle.errors import LostRace, MoveRefused, NotFound
from rekindle.journey.letters.closing import close_outreaches_of
from rekindle.journey.outbox.withdrawing import take_back
from rekindle.store.bulk import insert_all
from rekindle.store.candidates import Candidate
from rekindle.store.engine import changed
from rekindle.store.facts import Limits, facts_of
from rekindle.store.moves import MoveRow
from rekindle.store.outreaches import OutreachOutcome
from states.candidate import Actor, CandidateState, Trigger, named
from states.machine import Allowed, NeedsApproval, Outcome, Refused, decide

#: The moves that end an outreach, and how it ended.
_ENDS: Mapping[Trigger, Callable[[Mapping[str, Any]], OutreachOutcome]] = {
    Trigger.REST: lambda told: OutreachOutcome.NOT_NOW if told.get("said_rest") else OutreachOutcome.NO_ANSWER,
    Trigger.INTERVIEW: lambda _told: OutreachOutcome.INTERESTED,
    Trigger.DECLINE: lambda _told: OutreachOutcome.STOPPED,
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What a team's settings add to the table: limits for the guards, and which moves wait for a person."""

    limits: Limits
    needs_approval: frozenset[Trigger]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a move is made: whose hand, which person or file, in which words, with which approval."""

    actor: Actor
    reason: str
    by: str | None = None
    approval_id: int | None = None


def consider(
    session: Session,
    candidate_id: int,
    trigger: Trigger,
    cause: Cause,
    *,
    now: datetime,
    policy: Policy,
    **told: Any,
) -> Outcome:
    """Say what would become of a move, changing nothing. `told` are facts about this occasion, by name."""
    return _judge(session, candidate_id, _state_of(session, candidate_id), trigger, cause, now, policy, told)


def move(
    session: Session,
    candidate_id: int,
    trigger: Trigger,
    cause: Cause,
    *,
    now: datetime,
    policy: Policy,
    **told: Any,
) -> CandidateState:
    """Make one move. Raises MoveRefused with every reason, or LostRace when somebody else was first."""
    state = _state_of(session, candidate_id)
    outcome = _judge(session, candidate_id, state, trigger, cause, now, policy, told)
    match outcome:
        case Refused(reasons):
            raise MoveRefused(f"candidate c-{candidate_id}: " + "; ".join(reason.reason for reason in reasons))
        case NeedsApproval():
            raise MoveRefused(f"candidate c-{candidate_id}: {trigger} waits for a person's approval")
        case Allowed(target):
            _write(session, candidate_id, state, target, trigger, cause, now)
            if outcome_of := _ENDS.get(trigger):
                close_outreaches_of(session, candidate_id, outcome_of(told), now)
            if trigger is Trigger.DECLINE:
                take_back(session, candidate_id, cause.reason, now)
            return target


def admit_new(session: Session, ids: Sequence[int], cause: Cause, now: datetime) -> None:
    """Admit candidates whose rows this transaction has just inserted; whoever has a state already is left alone.

    The importer has asked the machine for each (`rekindle.journey.intake.classify`); this writes them in one go.
    """
    fresh = list(session.scalars(select(Candidate.id).where(Candidate.id.in_(ids), Candidate.state.is_(None))))
    if not fresh:
        return
    session.execute(
        update(Candidate).where(Candidate.id.in_(fresh)).values(state=CandidateState.REJECTED_WARM),
        execution_options={"synchronize_session": False},
    )
    row = {
        "source": None,
        "target": CandidateState.REJECTED_WARM,
        "trigger": Trigger.ADMIT,
        **_why(cause, now),
    }
    insert_all(session, MoveRow, ({"candidate_id": candidate_id, **row} for candidate_id in fresh))


def _state_of(session: Session, candidate_id: int) -> CandidateState | None:
    found = session.execute(select(Candidate.state).where(Candidate.id == candidate_id)).one_or_none()
    if found is None:
        raise NotFound(f"no candidate c-{candidate_id} is stored")
    state: CandidateState | None = found[0]
    return state


def _judge(
    session: Session,
    candidate_id: int,
    state: CandidateState | None,
    trigger: Trigger,
    cause: Cause,
    now: datetime,
    policy: Policy,
    told: dict[str, Any],
) -> Outcome:
    facts = replace(facts_of(session, [candidate_id], now, policy.limits)[candidate_id], **told)
    approved = cause.approval_id is not None
    return decide(state, trigger, cause.actor, facts, needs_approval=policy.needs_approval, approved=approved)


def _write(
    session: Session,
    candidate_id: int,
    old: CandidateState | None,
    new: CandidateState,
    trigger: Trigger,
    cause: Cause,
    now: datetime,
) -> None:
    unchanged = Candidate.state.is_(None) if old is None else Candidate.state == old
    statement = update(Candidate).where(Candidate.id == candidate_id, unchanged).values(state=new)
    if not changed(session, statement):
        current = named(_state_of(session, candidate_id))
        raise LostRace(f"candidate c-{candidate_id} is {current} meanwhile: {trigger} was not made")
    session.add(MoveRow(candidate_id=candidate_id, source=old, target=new, trigger=trigger, **_why(cause, now)))
    session.flush()


def _why(cause: Cause, now: datetime) -> dict[str, Any]:
    return {
        "actor": cause.actor,
        "by": cause.by,
        "reason": cause.reason,
        "approval_id": cause.approval_id,
        "at": now,
    }
