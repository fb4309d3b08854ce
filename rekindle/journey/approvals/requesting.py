"""Carries out what a person of the team wants done with a candidate: moves them, or asks those who may decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, MoveRefused
from rekindle.journey.approvals import approval
from rekindle.journey.bulk.freezing import move_digest
from rekindle.journey.moving import Cause, Policy, consider, move
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.candidates import Candidate
from states.candidate import Actor, CandidateState, Trigger, named
from states.machine import NeedsApproval, Refused

#: What the candidate has to have said for a move, as a fact; `evidence` is where that can be seen.
_WORD_OF_CANDIDATE = {
    Trigger.INTERVIEW: "candidate_said_yes",
    Trigger.REST: "said_rest",
    Trigger.REOPEN: "candidate_asked_back",
}
#: The recruiter only passes on what the candidate said.
_PASSED_ON = {Trigger.REST}
_LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants: which move, why, and where the candidate's own word for it can be seen."""

    trigger: Trigger
    reason: str
    by: str
    evidence: str = ""

    @property
    def cause(self) -> Cause:
        actor = Actor.CANDIDATE if self.trigger in _PASSED_ON else Actor.RECRUITER
        return Cause(actor, self.full_reason, by=self.by)

    @property
    def full_reason(self) -> str:
        # One text, so that the evidence is frozen with the reason in what is approved.
        return f"{self.reason} (evidence: {self.evidence})" if self.evidence else self.reason

    @property
    def facts(self) -> dict[str, bool]:
        fact = _WORD_OF_CANDIDATE.get(self.trigger)
        return {fact: True} if fact and self.evidence else {}


def request(
    session: Session,
    candidate_id: int,
    wish: Wish,
    *,
    policy: Policy,
    deciders: Sequence[str],
    due: timedelta,
    now: datetime,
) -> CandidateState | Approval:
    """Make the move and return the new state; or, where a person has to agree, return the approval that waits.

    Asking twice for the same finds the approval that waits already.
    Raises MoveRefused with every reason; BadInput when the reason is no line or too long.
    """
    _check(wish)
    outcome = consider(session, candidate_id, wish.trigger, wish.cause, now=now, policy=policy, **wish.facts)
    match outcome:
        case NeedsApproval(target):
            return _waiting(session, candidate_id, wish) or _ask(
                session, candidate_id, wish, target, deciders=deciders, due=due, now=now
            )
        case Refused(reasons) if not wish.evidence and wish.trigger in _WORD_OF_CANDIDATE:
            told = "; ".join(refusal.reason for refusal in reasons)
            raise MoveRefused(
                f"candidate c-{candidate_id}: {told}; if they have, give --evidence: where it can be seen"
            )
    return move(session, candidate_id, wish.trigger, wish.cause, now=now, policy=policy, **wish.facts)


def _check(wish: Wish) -> None:
    for name, text in (("reason", wish.reason), ("evidence", wish.evidence)):
        if not text.isprintable():
            raise BadInput(f"the {name} has to be one line without control characters")
    if not wish.reason.strip() or len(wish.full_reason) > _LONGEST_REASON:
        raise BadInput(f"give a reason of at most {_LONGEST_REASON} characters, the evidence included")


def _waiting(session: Session, candidate_id: int, wish: Wish) -> Approval | None:
    digest = _digest(session, candidate_id, wish)
    return session.scalar(
        select(Approval).where(
            Approval.candidate_id == candidate_id,
            Approval.state == ApprovalState.WAITING,
            Approval.digest == digest,
        )
    )


def _ask(
    session: Session,
    candidate_id: int,
    wish: Wish,
    target: CandidateState,
    *,
    deciders: Sequence[str],
    due: timedelta,
    now: datetime,
) -> Approval:
    state = _state(session, candidate_id)
    what = approval.Ask(
        kind=ApprovalKind.MOVE,
        question=f"Move candidate c-{candidate_id} from {named(state)} to {target}?",
        digest=_digest(session, candidate_id, wish),
        evidence={
            "trigger": wish.trigger,
            "actor": wish.cause.actor,
            "reason": wish.full_reason,
            "facts": wish.facts,
        },
        candidate_id=candidate_id,
    )
    return approval.ask(session, what, by=wish.by, deciders=deciders, now=now, due=due)


def _digest(session: Session, candidate_id: int, wish: Wish) -> str:
    return move_digest(wish.trigger, candidate_id, _state(session, candidate_id), wish.full_reason)


def _state(session: Session, candidate_id: int) -> CandidateState | None:
    return session.scalar(select(Candidate.state).where(Candidate.id == candidate_id))
