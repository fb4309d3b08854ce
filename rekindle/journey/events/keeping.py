"""Keeps events: takes one in from its file, and changes one. Who said they come is told of a change that matters.

Plans no invitation and sends nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound
from rekindle.exchange.events import EventRecord
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.events import changing, inviting, places
from rekindle.store.dialect import HOLD
from rekindle.store.editions import Edition
from rekindle.store.events import Event

#: What a calendar shows: a change of it raises the sequence, and those who come are told.
TOLD = ("title", "starts_at", "ends_at", "timezone", "place", "link")
_AUDIENCE = ("families", "cities", "interests", "language")
_LISTS = frozenset(("topics", "families", "cities", "interests"))


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a changed file: the fields that differ, the notice prepared, who moved up."""

    event: Event
    fields: tuple[str, ...]
    notice: Edition | None
    moved_up: list[int]


def find_event(session: Session, slug: str, *, hold: bool = False) -> Event:
    """Return one event; `hold` keeps others from changing it, or answering, until the transaction ends.

    Raises NotFound.
    """
    query = select(Event).where(Event.slug == slug.strip().lower()).execution_options(populate_existing=True)
    event = session.scalar(query.with_for_update(key_share=HOLD["key_share"]) if hold else query)
    if event is None:
        raise NotFound(f"there is no event {slug}; `rekindle events list` shows those there are")
    return event


def add(session: Session, record: EventRecord, now: datetime) -> tuple[Event, bool]:
    """Keep a new event; return it, and whether it is new: the same file again changes nothing.

    Raises BadInput for one that has begun, whose answers are over, or that is there in other words.
    """
    known = session.scalar(select(Event).where(Event.slug == record.slug))
    if known is not None:
        if _differing(known, record):
            raise BadInput(f"event {record.slug} is there: `rekindle events change {record.slug} FILE` changes it")
        return known, False
    _refuse_what_is_over(record, now, still_to_answer=True)
    event = Event(**_columns(record), created_at=now, before={}, sequence=0)
    session.add(event)
    session.flush()
    return event, True


def change(session: Session, slug: str, record: EventRecord, now: datetime, frozen: Frozen) -> Changed:
    """Bring an event up to date. Letters that were approved before are void: what they tell has changed.

    Who said yes or maybe, or waits, gets a notice where time, place, link or title differ; more places let those who
    wait move up. Raises BadInput for what cannot change any more.
    """
    event = find_event(session, slug, hold=True)
    _refuse_change(event, record, now)
    fields = _differing(event, record)
    _refuse_what_is_over(record, now, still_to_answer="answer_by" in fields)
    if set(fields) & set(_AUDIENCE):
        inviting.choose_again(session, event, now)
    before = {name: _as_json(getattr(event, name)) for name in fields if name in TOLD}
    for name, value in _columns(record).items():
        if name in fields:
            setattr(event, name, value)
    if before:
        event.sequence += 1
    session.flush()
    notice = changing.tell(session, event, before, now, frozen) if before else None
    moved_up = places.move_up(session, event, now, frozen)
    return Changed(event, fields, notice, moved_up)


def _refuse_change(event: Event, record: EventRecord, now: datetime) -> None:
    if record.slug != event.slug:
        raise BadInput(f"the file is about {record.slug}, not {event.slug}: a slug never changes")
    if event.cancelled_at:
        raise BadInput(f"{event.slug} was cancelled on {event.cancelled_at:%Y-%m-%d}: add it anew under another slug")
    if event.starts_at <= now:
        raise BadInput(f"{event.slug} has begun: what was cannot be changed")


def _refuse_what_is_over(record: EventRecord, now: datetime, *, still_to_answer: bool) -> None:
    if record.starts_at <= now:
        raise BadInput(f"{record.slug} starts at {record.starts_at:%Y-%m-%d %H:%M} UTC, which is over")
    if still_to_answer and record.answer_by < now.astimezone(ZoneInfo(record.timezone)).date():
        raise BadInput(f"answer_by is {record.answer_by}, which is over: nobody could answer {record.slug} any more")


def _columns(record: EventRecord) -> Mapping[str, Any]:
    names = (name for name in EventRecord.__slots__)
    return {name: list(value) if name in _LISTS else value for name in names for value in [getattr(record, name)]}


def _differing(event: Event, record: EventRecord) -> tuple[str, ...]:
    return tuple(name for name, value in _columns(record).items() if getattr(event, name) != value)


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
