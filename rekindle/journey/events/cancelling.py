"""Cancels an event: what has not left about it never will, and whoever was told of it is told that it is off."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.bulk import editions, planning
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.events import notices
from rekindle.journey.events.keeping import find_event
from rekindle.journey.events.kinds import Kind
from rekindle.store.editions import LIVE, Edition, EditionState
from rekindle.store.engine import changed
from rekindle.store.events import Answer, Event, Invitation
from rekindle.store.messages import MAILED, Message
from states.message import MessageState

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Cancelled:
    """How many letters will not go, and the notice that is asked about; None when nobody knew of the event."""

    event: Event
    taken_back: int
    notice: Edition | None


def cancel(session: Session, slug: str, because: str, now: datetime, frozen: Frozen) -> Cancelled:
    """Cancel an event, telling why in a sentence that guests read. Raises BadInput when it is over or cancelled."""
    event = find_event(session, slug, hold=True)
    if event.cancelled_at:
        raise BadInput(f"{slug} was cancelled on {event.cancelled_at:%Y-%m-%d}: {event.cancelled_because}")
    if event.starts_at <= now:
        raise BadInput(f"{slug} has begun: it cannot be cancelled any more")
    event.cancelled_because = _sentence(because)
    event.cancelled_at = now
    # A calendar takes a cancellation only when it is newer than what it holds (RFC 5546 section 3.2.5).
    event.sequence += 1
    session.flush()
    taken_back = sum(_call_off(session, edition, now) for edition in notices.of_event(session, event.id))
    told = _who_knows(session, event.id)
    notice = notices.prepare(session, event, Kind.CANCEL, told, now, frozen) if told else None
    return Cancelled(event, taken_back, notice)


def _sentence(because: str) -> str:
    words = " ".join(because.split())
    if not words or len(words) > _LONGEST or not words.isprintable():
        raise BadInput(f"say why in a sentence of at most {_LONGEST} characters: guests read it")
    return words


def _call_off(session: Session, edition: Edition, now: datetime) -> int:
    reason = "the event is cancelled"
    if edition.state in LIVE:
        return editions.cancel(session, edition.id, reason=reason, now=now)
    if not planning.hold_planning(session, edition.id):
        return 0
    changed(session, update(Edition).where(Edition.id == edition.id).values(state=EditionState.DECLINED))
    drafted = (Message.edition_id == edition.id, Message.state == MessageState.DRAFTED)
    return changed(session, update(Message).where(*drafted).values(state=MessageState.CANCELLED, reason=reason))


def _who_knows(session: Session, event_id: int) -> list[int]:
    """List whom a letter about it may have reached, or who answered; but not those who said no."""
    about = select(Edition.id).where(Edition.event_id == event_id)
    mailed = select(Message.candidate_id).where(Message.edition_id.in_(about), Message.state.in_(MAILED))
    knows = or_(Invitation.candidate_id.in_(mailed), Invitation.answer != Answer.NONE)
    query = select(Invitation.candidate_id).where(
        Invitation.event_id == event_id, knows, Invitation.answer != Answer.NO
    )
    return list(session.scalars(query.order_by(Invitation.candidate_id)))
