"""Takes what a source holds into the content library: new items, changed ones, and why the others are left.

An item is the source's own as long as it has a key there: what somebody has changed by hand is not touched. Nor are
the words of an item that an edition carries which waits for approval or has it: that would void the approval.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.exchange.news.found import Entry, Omission
from rekindle.journey.bulk.publishing import News, differs, known_pages, overwrite
from rekindle.journey.content.carrying import carriers, named
from rekindle.store.content import Content
from rekindle.store.dialect import insert_new
from rekindle.store.sources import Source

#: A day further ahead than this is a slip of the keyboard.
_AHEAD = timedelta(days=366)
_DAYS = frozenset(("published_on", "valid_until"))


@dataclass(frozen=True, slots=True)
class Held:
    """An item that changed at its source and not here, and why."""

    item_id: int
    title: str
    why: str


@dataclass(slots=True)
class Taken:
    """What became of the entries of one source: titles of new and changed items; how many were known as they are."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    known: int = 0
    held: list[Held] = field(default_factory=list)
    left_out: list[Omission] = field(default_factory=list)


def take_in(session: Session, source: Source, entries: Iterable[Entry], now: datetime) -> Taken:
    """Store what is new, bring up to date what is the source's own; return what became of each entry."""
    step = _Step(session, source, now)
    for entry in entries:
        step.take(entry)
    session.flush()
    return step.taken


class _Step:
    """One source, in one transaction."""

    def __init__(self, session: Session, source: Source, now: datetime) -> None:
        self._session, self._source, self._now = session, source, now
        own = select(Content.source_key, Content.id).where(
            Content.source_id == source.id, Content.source_key.is_not(None)
        )
        self._by_key = {str(key): item_id for key, item_id in session.execute(own)}
        self._by_page = known_pages(session)
        self._carriers = carriers(session)
        self.taken = Taken()

    def take(self, entry: Entry) -> None:
        same_page = self._by_page(entry.url)
        item_id = self._by_key.get(entry.key, same_page)
        if item_id is None:
            self._add(entry)
            return
        row = self._session.get_one(Content, item_id)
        if row.source_id != self._source.id or row.source_key is None:
            self.taken.known += 1
        elif same_page not in (None, item_id):
            self.taken.held.append(Held(row.id, row.title, f"its new link is that of item {same_page}"))
        else:
            self._bring_up_to_date(row, entry)

    def _add(self, entry: Entry) -> None:
        item = _item(entry, self._source, entry.published_on or self._now.date())
        if why := self._unwanted(item):
            self.taken.left_out.append(Omission(entry.title, why))
            return
        columns = {
            **asdict(item),
            "source_id": self._source.id,
            "source_key": entry.key,
            "created_at": self._now,
        }
        # Somebody else may have taken in the same link in this very moment.
        statement = insert_new(self._session, Content).values(columns).returning(Content.id)
        if self._session.scalar(statement):
            self.taken.added.append(item.title)
        else:
            self.taken.known += 1

    def _unwanted(self, item: News) -> str | None:
        today = self._now.date()
        if item.valid_until and item.valid_until < today:
            return f"it is of {item.published_on} and was worth telling until {item.valid_until}"
        if item.published_on > today + _AHEAD:
            return f"it is dated {item.published_on}, more than a year ahead"
        return None

    def _bring_up_to_date(self, row: Content, entry: Entry) -> None:
        item = _item(entry, self._source, entry.published_on or row.published_on)
        if not differs(row, item):
            row.source_key = entry.key
            self.taken.known += 1
        elif (numbers := self._carriers.get(row.id)) and _words(item) != _words_of(row):
            why = f"{named(numbers)} carries it, and a change would void what was approved or is being asked"
            self.taken.held.append(Held(row.id, row.title, why))
        else:
            overwrite(row, item)
            row.source_key = entry.key
            self.taken.changed.append(item.title)


def _item(entry: Entry, source: Source, published_on: date) -> News:
    """Complete an entry with what its source says of all of its items."""
    until = published_on + timedelta(days=source.valid_days) if source.valid_days else None
    return News(
        title=entry.title,
        url=entry.url,
        summary=entry.summary,
        topics=list(entry.topics or source.topics),
        families=list(entry.families or source.families),
        language=entry.language or source.language,
        published_on=published_on,
        valid_until=entry.valid_until or until,
    )


def _words(item: News) -> dict[str, Any]:
    return {name: value for name, value in asdict(item).items() if name not in _DAYS}


def _words_of(row: Content) -> dict[str, Any]:
    return {name: getattr(row, name) for name in News.__dataclass_fields__ if name not in _DAYS}
