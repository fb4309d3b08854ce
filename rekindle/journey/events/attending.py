"""Writes down who came to an event: a touch for each, for somebody was there and met them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.events.answering import invitation_of
from rekindle.journey.events.keeping import find_event
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.events import Event
from rekindle.store.messages import Message
from rekindle.store.touches import Touch, remember


@dataclass(frozen=True, slots=True)
class Attended:
    """How many were written down, and for how many it was known before."""

    new: int
    known: int


def attended(session: Session, slug: str, candidate_ids: Sequence[int], now: datetime, *, came: bool) -> Attended:
    """Write down that these candidates came, or did not; telling it again changes nothing.

    Whoever came unasked is taken as well. Raises BadInput before the event has begun, or when it was cancelled.
    """
    event = find_event(session, slug, hold=True)
    if event.cancelled_at:
        raise BadInput(f"{slug} was cancelled on {event.cancelled_at:%Y-%m-%d}: nobody came")
    if event.starts_at > now:
        raise BadInput(f"{slug} has not begun: it starts at {event.starts_at:%Y-%m-%d %H:%M} UTC")
    new = 0
    for candidate_id in sorted(set(candidate_ids)):
        invitation = invitation_of(session, event.id, candidate_id, now)
        if invitation.attended is came:
            continue
        if came:
            _met(session, event, candidate_id)
        elif invitation.attended:
            _not_met(session, event, candidate_id)
        invitation.attended = came
        new += 1
    session.flush()
    return Attended(new, len(set(candidate_ids)) - new)


def _met(session: Session, event: Event, candidate_id: int) -> None:
    session.add(Touch(candidate_id=candidate_id, **_touch(event)))
    session.flush()
    remember(session, [(candidate_id, _day(event))])


def _not_met(session: Session, event: Event, candidate_id: int) -> None:
    """Take back what was told by mistake: the ledger holds only what happened."""
    session.execute(delete(Touch).where(Touch.candidate_id == candidate_id).filter_by(**_touch(event)))
    person = session.get_one(Candidate, candidate_id)
    if person.last_contact_on == _day(event):
        person.last_contact_on = _last_contact(session, person)


def _last_contact(session: Session, person: Candidate) -> date:
    personal = or_(Touch.message_id.is_(None), Message.occasion.is_not(None))
    touched = select(func.max(Touch.on)).outerjoin(Message, Message.id == Touch.message_id)
    decided = select(func.max(Application.decided_on)).where(Application.candidate_id == person.id)
    days = [session.scalar(touched.where(Touch.candidate_id == person.id, personal)), session.scalar(decided)]
    return max(filter(None, days), default=person.created_at.date())


def _touch(event: Event) -> dict[str, object]:
    return {"on": _day(event), "channel": "event", "direction": "in", "summary": f"came to the event {event.slug}"}


def _day(event: Event) -> date:
    return event.starts_at.astimezone(ZoneInfo(event.timezone)).date()
