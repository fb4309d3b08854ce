"""Prepares the one reminder of each event that is near, to those who said yes. Sends nothing."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.events import notices
from rekindle.journey.events.kinds import Kind
from rekindle.store.editions import Edition, EditionState
from rekindle.store.events import Event


def prepare_reminders(session: Session, now: datetime, before: timedelta, frozen: Frozen) -> list[Edition]:
    """Prepare what is due, `before` an event starts; return the editions that now wait for a person.

    An event has one reminder: it is asked about once, whatever is answered. No time before it means none.
    """
    near = (Event.cancelled_at.is_(None), Event.starts_at > now, Event.starts_at <= now + before)
    events = session.scalars(select(Event).where(*near).order_by(Event.starts_at, Event.id))
    made = [each for event in events.all() if (each := _prepare(session, event, now, frozen))]
    return [edition for edition in made if edition.state is EditionState.AWAITING]


def _prepare(session: Session, event: Event, now: datetime, frozen: Frozen) -> Edition | None:
    coming = notices.concerned(session, event.id, Kind.REMIND)
    done = [each for each in notices.of_event(session, event.id, Kind.REMIND) if each.state is not EditionState.EMPTY]
    return notices.prepare(session, event, Kind.REMIND, coming, now, frozen) if coming and not done else None
