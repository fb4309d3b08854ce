"""The task: something only a person can do for a candidate. Never automated; done, it may become a touch."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row, words
from rekindle.store.dialect import UtcDateTime


class TaskKind(StrEnum):
    #: Ask them on LinkedIn to connect, by hand.
    LINKEDIN_CONNECT = "linkedin-connect"
    #: Look at what they write there, and answer where there is something to say.
    LINKEDIN_ENGAGE = "linkedin-engage"
    #: Call them: a second rejection is told in person first.
    CALL = "call"
    #: Something was promised to them, and now it falls due.
    PROMISE = "promise"
    #: They answered, and somebody owes them a word.
    REPLY = "reply"


class Task(Row):
    __tablename__ = "tasks"
    __table_args__ = (Index("ix_tasks_assignee_open", "assignee", "done_at", "due_on"),)

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    kind: Mapped[TaskKind] = mapped_column(words(TaskKind, "kind"))
    #: What it is about, such as `promise:a-7:r-3`: however often it is found, there is one task.
    key: Mapped[str] = mapped_column(String(200), unique=True)
    #: The address of whoever does it; it moves on when that person leaves.
    assignee: Mapped[str] = mapped_column(String(320))
    #: Why, in a sentence without names.
    reason: Mapped[str] = mapped_column(String(500))
    link: Mapped[str | None] = mapped_column(String(1000))
    due_on: Mapped[date]
    snoozed_until: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When it was done, or dropped because its reason was gone; `dropped` says which.
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(String(320))
    dropped: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(String(2000))
    #: The contact it became.
    touch_id: Mapped[int | None] = mapped_column(ForeignKey("touches.id"))


class Digest(Row):
    """The weekly mail to one of the team's people: sent once a week, whatever is started twice."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("person", "week"),)

    id: Mapped[Id]
    person: Mapped[str] = mapped_column(String(320))
    #: Such as 2026-W42 (ISO 8601).
    week: Mapped[str] = mapped_column(String(10))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
