"""What the content library holds: where each item is from, how many have had it; and taking one out of use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound
from rekindle.journey import listing
from rekindle.journey.content.carrying import carriers
from rekindle.journey.listing import Page
from rekindle.store.content import Content
from rekindle.store.messages import MAILED, Message, MessageItem
from rekindle.store.sources import Source


@dataclass(frozen=True, slots=True)
class Shelved:
    """An item as the library shows it. `got` counts the people whom it reached, or may have reached."""

    item: Content
    source: Source | None
    got: int
    is_valid: bool
    is_over: bool


def shelf(session: Session, today: date, limit: int) -> Page[Shelved]:
    """List the library, newest first."""
    page = listing.content(session, limit)
    return Page(_shelved(session, page.lines, today), page.total)


def one(session: Session, number: int, today: date) -> tuple[Shelved, list[int]]:
    """Return one item, and the editions not yet done that carry it. Raises NotFound."""
    return _shelved(session, [_find(session, number)], today)[0], carriers(session, {number}).get(number, [])


def retire(session: Session, number: int, today: date) -> list[int]:
    """Let an item's validity end yesterday, whatever its source says from now on; return the editions that carry it.

    Those stay as they are: what was approved is sent. Raises NotFound, and BadInput for what is over already.
    """
    row, yesterday = _find(session, number), today - timedelta(days=1)
    if row.valid_until is not None and row.valid_until <= yesterday:
        raise BadInput(f"item {number} is out of use since {row.valid_until}")
    row.valid_until = yesterday
    # Its own from now on: a pull would take it in anew.
    row.source_key = None
    session.flush()
    return carriers(session, {number}).get(number, [])


def _find(session: Session, number: int) -> Content:
    row = session.get(Content, number)
    if row is None:
        raise NotFound(f"there is no item {number}: `rekindle content list` shows them")
    return row


def _shelved(session: Session, items: Sequence[Content], today: date) -> list[Shelved]:
    got = _got(session, [item.id for item in items])
    wanted = {item.source_id for item in items if item.source_id}
    sources = {source.id: source for source in session.scalars(select(Source).where(Source.id.in_(wanted)))}
    return [_one(item, sources.get(item.source_id or 0), got.get(item.id, 0), today) for item in items]


def _one(item: Content, source: Source | None, got: int, today: date) -> Shelved:
    is_over = item.valid_until is not None and item.valid_until < today
    return Shelved(item, source, got, is_valid=item.published_on <= today and not is_over, is_over=is_over)


def _got(session: Session, ids: Sequence[int]) -> dict[int, int]:
    people = func.count(func.distinct(Message.candidate_id))
    query = (
        select(MessageItem.content_id, people)
        .join(Message, Message.id == MessageItem.message_id)
        .where(MessageItem.content_id.in_(ids), Message.state.in_(MAILED))
        .group_by(MessageItem.content_id)
    )
    return {item_id: count for item_id, count in session.execute(query)}  # noqa: C416 - rows, not pairs
