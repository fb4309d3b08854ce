"""Gives free places to those who wait, in the order of their answers, and prepares word of it. Sends nothing."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rekindle.journey.approvals import approval
from rekindle.journey.bulk import editions, planning
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.events import notices, serving
from rekindle.journey.events.kinds import Kind
from rekindle.store.approvals import ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.editions import Edition, EditionState
from rekindle.store.events import Answer, Event, Invitation
from rekindle.store.messages import Message, become
from states.message import MessageState


def free(session: Session, event: Event) -> int | None:
    """Count the free places; None where there are as many as like. The event has to be held."""
    if event.capacity is None:
        return None
    taken = select(func.count()).select_from(Invitation)
    taken = taken.where(Invitation.event_id == event.id, Invitation.answer == Answer.YES)
    return max(0, event.capacity - (session.scalar(taken) or 0))


def waiting_list(session: Session, event_id: int) -> list[Invitation]:
    """List who waits, the earliest answer first."""
    query = select(Invitation).where(Invitation.event_id == event_id, Invitation.answer == Answer.WAITING)
    return list(session.scalars(query.order_by(Invitation.answered_at, Invitation.id)))


def move_up(session: Session, event: Event, now: datetime, frozen: Frozen) -> list[int]:
    """Give each free place to whoever has waited longest and can be told; return their candidate ids.

    The event has to be held: two who give up their places at once free two.
    """
    if event.cancelled_at or event.starts_at <= now:
        return []
    room = free(session, event)
    moved: list[int] = []
    for invitation in waiting_list(session, event.id):
        if room is not None and len(moved) >= room:
            break
        if serving.why_not(session.get_one(Candidate, invitation.candidate_id), now) is None:
            invitation.answer = Answer.YES
            moved.append(invitation.candidate_id)
    session.flush()
    if moved:
        _tell(session, event, moved, now, frozen)
    return moved


def _tell(session: Session, event: Event, moved: list[int], now: datetime, frozen: Frozen) -> None:
    """Add them to the notice that still waits for a person, who is then asked anew; else prepare another."""
    told = notices.of_event(session, event.id, Kind.PLACE)
    if told and _joins(session, told[-1], moved, now):
        editions.ask(session, told[-1], frozen, by="rekindle", now=now)
    else:
        notices.prepare(session, event, Kind.PLACE, moved, now, frozen, len(told) + 1)


def _joins(session: Session, edition: Edition, moved: list[int], now: datetime) -> bool:
    asked = approval.of_edition(session, edition.id)
    if edition.state is not EditionState.AWAITING or asked is None:
        return False
    if planning.already_planned(session, edition.id, moved):
        return False
    if not approval.close(session, asked, ApprovalState.VOIDED, now, "another place has become free"):
        # Decided in this moment: it goes as it was seen.
        return False
    notices.draft(session, edition, moved, now)
    drafted = select(Message.id).where(Message.edition_id == edition.id, Message.state == MessageState.DRAFTED)
    become(session, list(session.scalars(drafted)), MessageState.DRAFTED, MessageState.AWAITING)
    return True
