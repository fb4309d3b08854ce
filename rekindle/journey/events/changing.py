"""Tells those who come, or may come, that an event has changed; a change on top of one untold makes one notice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.bulk import editions
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.events import notices
from rekindle.journey.events.kinds import Kind
from rekindle.store.editions import LIVE, Edition, EditionState
from rekindle.store.events import Event
from rekindle.store.messages import MAILED, Message


def tell(session: Session, event: Event, before: Mapping[str, Any], now: datetime, frozen: Frozen) -> Edition | None:
    """Prepare the notice of a change; `before` holds what the changed fields were. None when nobody has to be told."""
    guests = notices.concerned(session, event.id, Kind.CHANGE)
    untold = {} if _has_been_told(session, event.id) else event.before
    # Who knows of the change before this one has to hear even that it was taken back.
    merged = {**untold, **before} if _has_reached_some(session, event.id) else {**before, **untold}
    _supersede(session, event.id, now)
    merged = merged if guests else {}
    # What has changed and is now again what they know is no news.
    event.before = {name: value for name, value in merged.items() if value != _now(event, name)}
    session.flush()
    if not event.before:
        return None
    return notices.prepare(session, event, Kind.CHANGE, guests, now, frozen, event.sequence)


def _has_been_told(session: Session, event_id: int) -> bool:
    """Say whether every letter of the last notice has an outcome: only then all know what it told."""
    told = notices.of_event(session, event_id, Kind.CHANGE)
    return bool(told) and told[-1].state is EditionState.DONE


def _has_reached_some(session: Session, event_id: int) -> bool:
    """Say whether a notice that is not done yet has reached somebody, or may have."""
    open_ones = [each.id for each in notices.of_event(session, event_id, Kind.CHANGE) if each.state in LIVE]
    reached = (Message.edition_id.in_(open_ones), Message.state.in_(MAILED))
    return session.scalar(select(Message.id).where(*reached).limit(1)) is not None


def _supersede(session: Session, event_id: int, now: datetime) -> None:
    for edition in notices.of_event(session, event_id, Kind.CHANGE):
        if edition.state in LIVE:
            editions.cancel(session, edition.id, reason="another change has come since", now=now)


def _now(event: Event, name: str) -> Any:
    value = getattr(event, name)
    return value.isoformat() if isinstance(value, datetime) else value
