"""Pulls news from every source: asks, reads, takes in. One that fails says so and keeps no other from being pulled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.exchange.news.feeds import PATIENCE, read_feed
from rekindle.exchange.news.fetching import Answer, Ask, Bounds, Failure, fetch
from rekindle.exchange.news.folder import read_folder
from rekindle.exchange.news.found import Found, Unreadable
from rekindle.journey.content.sources import find
from rekindle.journey.content.taking_in import Taken, take_in
from rekindle.store.dialect import HOLD
from rekindle.store.engine import Store
from rekindle.store.sources import Source, SourceKind

#: How many feeds are asked side by side: so many answers are in memory at once.
_AT_ONCE = 6
_LONGEST_PROBLEM = 500


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came of one source. `failed`: nothing could be read; `problem` says why, or what else is wrong with it."""

    source_id: int
    place: str
    taken: Taken = field(default_factory=Taken)
    is_unchanged: bool = False
    failed: bool = False
    problem: str | None = None


def pull(
    store: Store,
    now: datetime,
    number: int | None = None,
    *,
    dry_run: bool = False,
    bounds: Bounds | None = None,
    patience: float = PATIENCE,
) -> Iterator[Pulled]:
    """Pull every source, or the one called `number`; give what came of each. A dry run does the same and keeps nothing.

    Raises NotFound for a number that is no source's.
    """
    with store.reading() as session:
        wanted = [find(session, number)] if number else list(session.scalars(select(Source).order_by(Source.id)))
    for source, brought in _all_brought(wanted, bounds, patience):
        with store.rehearsing() if dry_run else store.writing() as session:
            done = _kept(session, source, brought, now)
        yield done


@dataclass(frozen=True, slots=True)
class _Brought:
    """What a source said: something to take in, or nothing new, or why nothing came."""

    found: Found | None = None
    answer: Answer | None = None
    failure: str | None = None


def _all_brought(
    sources: Sequence[Source], bounds: Bounds | None, patience: float
) -> Iterator[tuple[Source, _Brought]]:
    """Ask the sources and read what they say: nothing of it waits for the database, or keeps it waiting."""
    feeds = [each for each in sources if each.kind is SourceKind.FEED]
    for folder in (each for each in sources if each.kind is SourceKind.FOLDER):
        yield folder, _from_folder(folder)
    for first in range(0, len(feeds), _AT_ONCE):
        some = feeds[first : first + _AT_ONCE]
        for source, answer in zip(some, fetch(list(map(_ask, some)), bounds), strict=True):
            yield source, _from_feed(answer, patience)


def _ask(source: Source) -> Ask:
    return Ask(source.place, source.etag, source.modified, source.may_be_private)


def _from_folder(source: Source) -> _Brought:
    try:
        return _Brought(read_folder(Path(source.place)))
    except Unreadable as error:
        return _Brought(failure=str(error))


def _from_feed(answer: Answer | Failure, patience: float) -> _Brought:
    if isinstance(answer, Failure):
        return _Brought(failure=answer.why)
    if answer.body is None:
        return _Brought(answer=answer)
    try:
        return _Brought(read_feed(answer.body, answer.content_type, answer.address, patience), answer)
    except Unreadable as error:
        return _Brought(failure=str(error))


def _kept(session: Session, source: Source, brought: _Brought, now: datetime) -> Pulled:
    """Store what a source brought, and how it is with it, in one transaction. Two pulls at once take turns."""
    row = session.get(Source, source.id, populate_existing=True, with_for_update=HOLD)
    if row is None:
        return Pulled(source.id, source.place, failed=True, problem="it was removed in this moment")
    row.pulled_at = now
    if brought.failure:
        row.problem = brought.failure[:_LONGEST_PROBLEM]
        return Pulled(row.id, row.place, failed=True, problem=brought.failure)
    found, answer = brought.found, brought.answer
    taken = take_in(session, row, found.entries, now) if found else Taken()
    taken.left_out[:0] = found.left_out if found else ()
    if found:
        _remember(row, answer, whole=not (found.remark or taken.held))
    said = filter(None, [found.remark if found else None, _moved(answer)])
    row.problem = "; ".join(said)[:_LONGEST_PROBLEM] or None
    return Pulled(row.id, row.place, taken, is_unchanged=found is None, problem=row.problem)


def _moved(answer: Answer | None) -> str | None:
    to = answer.moved_to if answer else None
    return f"it has moved for good; add its new address as a source: {to}" if to else None


def _remember(row: Source, answer: Answer | None, *, whole: bool) -> None:
    """Keep what the server wants to be asked with; not when it has to be read once more though it has not changed."""
    row.etag = answer.etag if answer and whole else None
    row.modified = answer.modified if answer and whole else None
