"""The touch: one real contact in either direction on any channel. Only what happened stands here."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row


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
