"""Mail that waits or is on its way when a forecast begins: taken as approved, it goes as soon as it may."""

from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from rekindle.journey.forecast.walking import Mail, Walk
from rekindle.store.editions import Edition, EditionState
from rekindle.store.messages import Message
from states.message import MessageState, Occasion

_WAITING = (MessageState.AWAITING, MessageState.APPROVED, MessageState.DEFERRED)


def send_what_waits(session: Session, walk: Walk, now: datetime) -> None:
    """Put it on its way: an edition that waits is spread from now on, all else goes when it is due."""
    waiting: dict[int, list[Message]] = {}
    for row, state in session.execute(_rows()):
        if state is EditionState.AWAITING:
            waiting.setdefault(row.edition_id, []).append(row)
        else:
            walk.send(_mail(row, now), max(row.due_at, now))
    for rows in waiting.values():
        instants = walk.dealt([walk.people[row.candidate_id] for row in rows], now)
        for row, at in zip(rows, instants, strict=True):
            walk.send(_mail(row, at), at)


def _rows() -> Select[tuple[Message, EditionState]]:
    lives = or_(Message.edition_id.is_(None), Edition.state.in_((EditionState.AWAITING, EditionState.APPROVED)))
    # What belongs to a role has a story of its own, which only people can tell.
    plain = or_(Message.occasion.is_(None), Message.occasion == Occasion.CHECK_IN)
    return (
        select(Message, Edition.state)
        .outerjoin(Edition, Edition.id == Message.edition_id)
        .where(Message.state.in_(_WAITING), lives, plain)
        .order_by(Message.due_at, Message.id)
    )


def _mail(row: Message, now: datetime) -> Mail:
    why = "it waits for approval" if row.state is MessageState.AWAITING else "it is approved, and on its way"
    released_at = now if row.state is MessageState.AWAITING else row.released_at or row.created_at
    return Mail(row.candidate_id, row.programme, why, released_at, personal=row.occasion is not None)
