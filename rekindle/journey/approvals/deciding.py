"""Takes a person's decision and does what follows from it, in one transaction, whichever door it came through."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from rekindle.errors import LostRace, MoveRefused, NotFound
from rekindle.journey.approvals import approval
from rekindle.journey.approvals.approval import Decided, Decider, Decision
from rekindle.journey.bulk import editions
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.bulk.freezing import move_digest, people_digest
from rekindle.journey.bulk.pausing import refuse_while_paused
from rekindle.journey.letters import asking, editing, releasing
from rekindle.journey.letters.standards import Standards
from rekindle.journey.letters.writing import hold_person
from rekindle.journey.moving import Cause, Policy, move
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.dialect import HOLD
from states.candidate import Actor, Trigger
from states.message import MessageState


@dataclass(frozen=True, slots=True)
class Terms:
    """What a decision is measured by: the frozen parts of editions, the standards of letters, the policy of moves."""

    frozen: Frozen
    letters: Standards

    @property
    def policy(self) -> Policy:
        return self.letters.policy


def decide(
    session: Session,
    approval_id: int,
    decision: Decision,
    person: Decider,
    *,
    terms: Terms,
    now: datetime,
    via: str,
    note: str = "",
) -> Decided:
    """Take the decision; the first one wins and takes effect, every later one is told so.

    Whatever has changed since it was asked voids the approval; an edition is then asked about anew. Raises BadInput for
    an edition that was approved and is paused.
    """
    asked = approval.find(session, approval_id)
    refuse_while_paused(session, asked)
    digest, objection = _as_it_is_now(session, asked, terms, now)
    decided = approval.decide(
        session, approval_id, decision, person, digest=digest, now=now, via=via, note=note, objection=objection
    )
    if decided.won:
        _take_effect(session, decided.approval, terms, now)
    elif decided.approval.state is ApprovalState.VOIDED:
        _ask_anew(session, decided.approval, terms, now)
    elif decided.approval.state is ApprovalState.EXPIRED:
        _fail_closed(session, decided.approval, now)
    return decided


def expire(session: Session, now: datetime) -> list[int]:
    """Close every approval nobody decided in time, and take back what waited for it; return their ids."""
    overdue = approval.overdue(session, now)
    # The candidates before their approvals, and in order: see `rekindle.journey.outbox.withdrawing`.
    for candidate_id in sorted({row.candidate_id for row in overdue if row.candidate_id}):
        hold_person(session, candidate_id)
    expired = [
        row for row in overdue if approval.close(session, row, ApprovalState.EXPIRED, now, "nobody decided in time")
    ]
    for row in expired:
        _fail_closed(session, row, now)
    return [row.id for row in expired]


def _as_it_is_now(session: Session, asked: Approval, terms: Terms, now: datetime) -> tuple[str, str]:
    """Return the digest of what was asked about, as it is now, and what else speaks against approving it."""
    if asked.kind is ApprovalKind.LETTER:
        row = editing.find(session, asked.message_id or 0)
        waits = asked.state is ApprovalState.WAITING
        return asked.digest, asking.objection(session, row, asked, terms.letters, now) if waits else ""
    return _digest_now(session, asked, terms.frozen), ""


def _digest_now(session: Session, asked: Approval, frozen: Frozen) -> str:
    match asked.kind:
        case ApprovalKind.EDITION:
            return editions.digest_now(session, editions.find(session, asked.edition_id or 0), frozen)
        case ApprovalKind.NURTURE:
            return people_digest(Trigger.NURTURE, asked.evidence["candidates"])
        case ApprovalKind.LETTER:
            return asked.digest
        case ApprovalKind.MOVE:
            # Held before the approval is, as a stop does: each waiting for the other, one would have to give up.
            person = session.get(Candidate, asked.candidate_id, populate_existing=True, with_for_update=HOLD)
            state = person.state if person else None
            return move_digest(asked.evidence["trigger"], asked.candidate_id or 0, state, asked.evidence["reason"])


def _take_effect(session: Session, decided: Approval, terms: Terms, now: datetime) -> None:
    approved = decided.state is ApprovalState.APPROVED
    match decided.kind:
        case ApprovalKind.EDITION if approved:
            editions.release(session, decided.edition_id or 0, terms.frozen, now)
        case ApprovalKind.EDITION:
            editions.call_off(session, decided.edition_id or 0, expired=False, reason=f"approval {decided.id} declined")
        case ApprovalKind.LETTER if approved:
            releasing.release(session, decided.message_id or 0, now)
        case ApprovalKind.LETTER:
            releasing.call_off(session, decided.message_id or 0, f"approval {decided.id} declined", now, expired=False)
        case ApprovalKind.NURTURE if approved:
            _nurture_all(session, decided, terms.policy, now)
        case ApprovalKind.MOVE if approved:
            _make_move(session, decided, terms.policy, now)


def _ask_anew(session: Session, voided: Approval, terms: Terms, now: datetime) -> None:
    """Ask about an edition or a letter as it is now, unless that has been done."""
    if voided.kind is ApprovalKind.LETTER:
        row = editing.find(session, voided.message_id or 0)
        if row.state is MessageState.AWAITING and approval.of_letter(session, row.id).id == voided.id:
            asking.ask_anew(session, row, voided.note or "", terms.letters, now)
        return
    newest = approval.of_edition(session, voided.edition_id) if voided.edition_id else None
    if newest is not None and newest.id == voided.id:
        edition = editions.find(session, newest.edition_id or 0)
        editions.ask(session, edition, terms.frozen, by="rekindle", now=now)


def _fail_closed(session: Session, expired: Approval, now: datetime) -> None:
    reason = f"approval {expired.id} was not decided in time"
    if expired.message_id:
        releasing.call_off(session, expired.message_id, reason, now, expired=True)
    if expired.edition_id:
        editions.call_off(session, expired.edition_id, expired=True, reason=reason)


def _nurture_all(session: Session, decided: Approval, policy: Policy, now: datetime) -> None:
    cause = Cause(Actor.SCHEDULE, "cooled off", by=decided.decided_by, approval_id=decided.id)
    for candidate_id in sorted(decided.evidence["candidates"]):
        try:
            move(session, candidate_id, Trigger.NURTURE, cause, now=now, policy=policy)
        except (MoveRefused, LostRace, NotFound):
            # Something changed for this one since it was asked; the others go on, and housekeeping asks again.
            continue


def _make_move(session: Session, decided: Approval, policy: Policy, now: datetime) -> None:
    told = decided.evidence
    cause = Cause(Actor(told["actor"]), told["reason"], by=decided.decided_by, approval_id=decided.id)
    facts = told.get("facts", {})
    move(session, decided.candidate_id or 0, Trigger(told["trigger"]), cause, now=now, policy=policy, **facts)
