"""Takes a person's decision and does what follows from it, in one transaction, whichever door it came through."""

from datetime import datetime

from sqlalchemy.orm import Session

from rekindle.errors import LostRace, MoveRefused, NotFound
from rekindle.journey import approval, editions
from rekindle.journey.approval import Decided, Decider, Decision
from rekindle.journey.editions import Frozen
from rekindle.journey.freezing import move_digest, people_digest
from rekindle.journey.moving import Cause, Policy, move
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.dialect import HOLD
from states.candidate import Actor, Trigger


def decide(
    session: Session,
    approval_id: int,
    decision: Decision,
    person: Decider,
    *,
    frozen: Frozen,
    policy: Policy,
    now: datetime,
    via: str,
    note: str = "",
) -> Decided:
    """Take the decision; the first one wins and takes effect, every later one is told so.

    Whatever has changed since it was asked voids the approval; an edition is then asked about anew.
    """
    asked = approval.find(session, approval_id)
    digest = _digest_now(session, asked, frozen)
    decided = approval.decide(session, approval_id, decision, person, digest=digest, now=now, via=via, note=note)
    if decided.won:
        _take_effect(session, decided.approval, policy, now)
    elif decided.approval.state is ApprovalState.VOIDED:
        _ask_anew(session, decided.approval, frozen, now)
    elif decided.approval.state is ApprovalState.EXPIRED:
        _fail_closed(session, decided.approval)
    return decided


def expire(session: Session, now: datetime) -> list[int]:
    """Close every approval nobody decided in time, and take back what waited for it; return their ids."""
    expired = [
        row
        for row in approval.overdue(session, now)
        if approval.close(session, row, ApprovalState.EXPIRED, now, "nobody decided in time")
    ]
    for row in expired:
        _fail_closed(session, row)
    return [row.id for row in expired]


def _digest_now(session: Session, asked: Approval, frozen: Frozen) -> str:
    match asked.kind:
        case ApprovalKind.EDITION:
            return editions.digest_now(session, editions.find(session, asked.edition_id or 0), frozen)
        case ApprovalKind.NURTURE:
            return people_digest(Trigger.NURTURE, asked.evidence["candidates"])
        case ApprovalKind.MOVE:
            # Held before the approval is, as a stop does: each waiting for the other, one would have to give up.
            person = session.get(Candidate, asked.candidate_id, populate_existing=True, with_for_update=HOLD)
            state = person.state if person else None
            return move_digest(asked.evidence["trigger"], asked.candidate_id or 0, state, asked.evidence["reason"])


def _take_effect(session: Session, decided: Approval, policy: Policy, now: datetime) -> None:
    approved = decided.state is ApprovalState.APPROVED
    match decided.kind:
        case ApprovalKind.EDITION if approved:
            editions.release(session, decided.edition_id or 0, now)
        case ApprovalKind.EDITION:
            editions.call_off(session, decided.edition_id or 0, expired=False, reason=f"approval {decided.id} declined")
        case ApprovalKind.NURTURE if approved:
            _nurture_all(session, decided, policy, now)
        case ApprovalKind.MOVE if approved:
            _make_move(session, decided, policy, now)


def _ask_anew(session: Session, voided: Approval, frozen: Frozen, now: datetime) -> None:
    """Ask about an edition as it is now, unless that has been done."""
    newest = approval.of_edition(session, voided.edition_id) if voided.edition_id else None
    if newest is not None and newest.id == voided.id:
        editions.ask(session, editions.find(session, newest.edition_id or 0), frozen, by="rekindle", now=now)


def _fail_closed(session: Session, expired: Approval) -> None:
    if expired.edition_id:
        reason = f"approval {expired.id} was not decided in time"
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
