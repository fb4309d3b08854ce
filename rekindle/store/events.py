"""The event: something to come to; and the invitation of one candidate to it, with what they answered."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row, words
from rekindle.store.dialect import Json, UtcDateTime


class Event(Row):
    __tablename__ = "events"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(String(2000))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The zone the event takes place in: what its times are told in.
    timezone: Mapped[str] = mapped_column(String(64))
    place: Mapped[str | None] = mapped_column(String(300))
    link: Mapped[str | None] = mapped_column(String(1000))
    language: Mapped[str] = mapped_column(String(16), default="en")
    topics: Mapped[list[str]] = mapped_column(Json)
    #: Who is invited: all that is listed narrows; an empty list asks nothing.
    families: Mapped[list[str]] = mapped_column(Json)
    cities: Mapped[list[str]] = mapped_column(Json)
    interests: Mapped[list[str]] = mapped_column(Json)
    #: How many can come; None for as many as like.
    capacity: Mapped[int | None]
    #: The last day to answer, in the event's zone.
    answer_by: Mapped[date]
    #: Who invites and signs, one of the team's people.
    host: Mapped[str] = mapped_column(String(320))
    #: Counts the changes that calendars have to learn of (RFC 5545 section 3.8.7.4).
    sequence: Mapped[int] = mapped_column(default=0)
    #: What the guests were last told, of what has changed since: what a change notice compares with.
    before: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Why, as the guests are told.
    cancelled_because: Mapped[str | None] = mapped_column(String(500))


class Answer(StrEnum):
    #: Nothing yet. Silence is no answer, and asks for none.
    NONE = "none"
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
    #: They said yes, and it is full: they move up in the order of their answers.
    WAITING = "waiting"


class Invitation(Row):
    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("event_id", "candidate_id"),
        Index("ix_invitations_event_answer", "event_id", "answer", "answered_at"),
    )

    id: Mapped[Id]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    answer: Mapped[Answer] = mapped_column(words(Answer, "answer"), default=Answer.NONE)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Whether they came; None until somebody who was there has told.
    attended: Mapped[bool | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
