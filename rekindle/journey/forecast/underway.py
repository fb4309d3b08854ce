"""Mail that waits or is on its way when a forecast begins: taken as approved, it goes as soon as it may."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from rekindle.journey.events.kinds import is_service, kind_of, last_moment
from rekindle.journey.events.standing import URGENT
from rekindle.journey.forecast.walking import Mail, Walk
from rekindle.store.editions import Edition, EditionState
from rekindle.store.events import Event
from rekindle.store.messages import Message
from states.message import MessageState, Occasion

_WAITING = (MessageState.AWAITING, MessageState.APPROVED, MessageState.DEFERRED)


def send_what_waits(session: Session, walk: Walk, now: datetime) -> None:
    """Put it on its way: an edition that waits is spread from now on, all else goes when it is due."""
    waiting: dict[int, list[Mail]] = {}
    events = {event.id: event for event in session.scalars(select(Event))}
    for row, edition in session.execute(_rows()):
        event = events.get(edition.event_id or 0) if edition else None
        mail = _mail(row, edition, event, now)
        if edition and edition.state is EditionState.AWAITING and not mail.is_owed:
            waiting.setdefault(edition.id, []).append(mail)
        else:
            walk.send(mail, max(row.due_at, now))
    for mails in waiting.values():
        instants = walk.dealt([walk.people[mail.candidate_id] for mail in mails], now)
        for mail, at in zip(mails, instants, strict=True):
            walk.send(replace(mail, released_at=at), at)


def _rows() -> Select[tuple[Message, Edition]]:
    lives = or_(Message.edition_id.is_(None), Edition.state.in_((EditionState.AWAITING, EditionState.APPROVED)))
    # What belongs to a role has a story of its own, which only people can tell.
    plain = or_(Message.occasion.is_(None), Message.occasion == Occasion.CHECK_IN)
    return (
        select(Message, Edition)
        .outerjoin(Edition, Edition.id == Message.edition_id)
        .where(Message.state.in_(_WAITING), lives, plain)
        .order_by(Message.due_at, Message.id)
    )


def _mail(row: Message, edition: Edition | None, event: Event | None, now: datetime) -> Mail:
    is_owed = edition is not None and event is not None and is_service(edition.period)
    why = "it waits for approval" if row.state is MessageState.AWAITING else "it is approved, and on its way"
    return Mail(
        row.candidate_id,
        row.programme,
        why,
        released_at=now if row.state is MessageState.AWAITING else row.released_at or row.created_at,
        personal=row.occasion is not None,
        is_owed=is_owed,
        urgent_from=event.starts_at - URGENT if event and is_owed else None,
        not_after=last_moment(event, kind_of(edition.period)) if edition and event else None,
    )
