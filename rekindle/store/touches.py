"""The touch: one real contact in either direction on any channel. Only what happened stands here."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, func, or_, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from rekindle.store.base import Id, Row
from rekindle.store.candidates import Candidate

#: As `rekindle.journey.events.answering` writes it.
_ANSWERED = re.compile(r"answered \w+ to the event \S+")


class Touch(Row):
    __tablename__ = "touches"
    __table_args__ = (Index("ix_touches_candidate_on", "candidate_id", "on"),)

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    on: Mapped[date]
    #: email, call, linkedin, event, meeting or reply; `direction` is in or out.
    channel: Mapped[str] = mapped_column(String(20))
    direction: Mapped[str] = mapped_column(String(5))
    summary: Mapped[str | None] = mapped_column(String(2000))
    #: The message that was this touch, if one was.
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), unique=True)


def sent_by_hand() -> ColumnElement[bool]:
    """Select mail that a recruiter sent from their own mailbox, and told us of: the day is all that is known."""
    return and_(Touch.channel == "email", Touch.direction == "out", Touch.message_id.is_(None))


def morning(day: date) -> datetime:
    """Return the instant at which mail sent by hand on a day is counted."""
    return datetime.combine(day, time(), UTC)


def wants_no_answer(channel: str, summary: str | None = None) -> bool:
    """Say the same as `asks_nothing` of a touch that has been read."""
    return channel == "event" or bool(_ANSWERED.fullmatch(summary or ""))


def asks_nothing() -> ColumnElement[bool]:
    """Select touches that want no answer: who says whether they come to an event, or came, has not written to us."""
    told = func.coalesce(Touch.summary, "").like("answered % to the event %")
    return or_(Touch.channel == "event", told)


def remember(session: Session, contacts: Iterable[tuple[int, date]]) -> None:
    """Keep the day of the last personal contact; `contacts` are candidate ids with days, in any order.

    To be called with every touch that is stored, but those of bulk mail: news to many is no contact with one.
    """
    by_day: defaultdict[date, list[int]] = defaultdict(list)
    for candidate_id, on in contacts:
        by_day[on].append(candidate_id)
    for on, ids in sorted(by_day.items()):
        earlier = or_(Candidate.last_contact_on.is_(None), Candidate.last_contact_on < on)
        session.execute(update(Candidate).where(Candidate.id.in_(sorted(ids)), earlier).values(last_contact_on=on))
