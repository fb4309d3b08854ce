"""Who gets what in an edition, person by person, and why; and why the others get nothing. Reads only, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from rekindle.store.content import Content
from rekindle.store.editions import LeftOut
from rekindle.store.messages import Message, MessageItem


@dataclass(frozen=True, slots=True)
class Given:
    """An item somebody gets, and why this person."""

    item_id: int
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person and their part in an edition: a letter in this state with these items, or why there is none."""

    candidate_id: int
    letter: str | None
    items: tuple[Given, ...] = ()
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Recipients:
    """One page, in order of the candidates' ids. `total` counts all of the edition; `more`: there are others after."""

    people: list[Recipient]
    total: int
    more: bool


def recipients(session: Session, edition_id: int, limit: int, after: int = 0) -> Recipients:
    """Return the first `limit` people of an edition whose id is above `after`."""
    everybody = union(
        select(Message.candidate_id).where(Message.edition_id == edition_id),
        select(LeftOut.candidate_id).where(LeftOut.edition_id == edition_id),
    ).subquery()
    who = everybody.c.candidate_id
    total = session.scalar(select(func.count()).select_from(everybody)) or 0
    found = list(session.scalars(select(who).where(who > after).order_by(who).limit(limit + 1)))
    return Recipients(_told(session, edition_id, found[:limit]), total, len(found) > limit)


def _told(session: Session, edition_id: int, ids: Sequence[int]) -> list[Recipient]:
    written = select(Message).where(Message.edition_id == edition_id, Message.candidate_id.in_(ids))
    letters = {row.candidate_id: (row.id, str(row.state)) for row in session.scalars(written)}
    refused = select(LeftOut).where(LeftOut.edition_id == edition_id, LeftOut.candidate_id.in_(ids))
    left_out = {row.candidate_id: row.reason for row in session.scalars(refused)}
    items = _items(session, [message_id for message_id, _ in letters.values()])
    return [
        Recipient(each, letters[each][1], tuple(items.get(letters[each][0], ())))
        if each in letters
        else Recipient(each, None, left_out=left_out[each])
        for each in ids
    ]


def _items(session: Session, message_ids: Sequence[int]) -> dict[int, list[Given]]:
    query = (
        select(MessageItem.message_id, Content.id, Content.title, MessageItem.why)
        .join(Content, Content.id == MessageItem.content_id)
        .where(MessageItem.message_id.in_(message_ids))
        .order_by(MessageItem.message_id, MessageItem.position)
    )
    found: dict[int, list[Given]] = {}
    for message_id, item_id, title, why in session.execute(query):
        found.setdefault(message_id, []).append(Given(item_id, title, why))
    return found
