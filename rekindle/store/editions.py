"""The edition: one run of a bulk programme (the Q4 2026 update), approved once by a person."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row, words
from rekindle.store.dialect import Json, UtcDateTime
from states.programme import Programme


class EditionState(StrEnum):
    #: Its candidates are being gone through.
    PLANNING = "planning"
    #: Planned, and a person has been asked.
    AWAITING = "awaiting"
    #: Approved: its messages may go.
    APPROVED = "approved"
    #: Stopped in the middle, by a person or because of what came back; it goes on when somebody says so.
    PAUSED = "paused"
    #: A person said no; or nobody answered in time. Nothing goes.
    DECLINED = "declined"
    EXPIRED = "expired"
    #: Every message has an outcome.
    DONE = "done"
    #: Nobody was due, or nothing was worth telling.
    EMPTY = "empty"


#: Planned, and neither over nor taken back.
LIVE = (EditionState.AWAITING, EditionState.APPROVED, EditionState.PAUSED)
#: Something is still to be done on it.
UNFINISHED = (EditionState.PLANNING, *LIVE)


class Edition(Row):
    __tablename__ = "editions"
    # Whoever plans the same period twice, at once or after a crash, finds the first one's row.
    __table_args__ = (UniqueConstraint("programme", "period"),)

    id: Mapped[Id]
    programme: Mapped[Programme] = mapped_column(words(Programme, "programme"))
    #: Such as 2026-Q4: from the scheduled time, never from now.
    period: Mapped[str] = mapped_column(String(20))
    state: Mapped[EditionState] = mapped_column(words(EditionState, "state"))
    #: The event it invites to, or tells news of.
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    #: The items on offer, by content id; each candidate gets the fitting ones.
    items: Mapped[list[int]] = mapped_column(Json)
    #: Why people were left out, counted by reason.
    left_out: Mapped[dict[str, int]] = mapped_column(Json)
    #: Paragraphs that open every letter, from the person who answers for the edition; may be empty.
    intro: Mapped[str] = mapped_column(String(4000), default="")
    #: Why it is paused, or who let it go on, in a sentence.
    note: Mapped[str | None] = mapped_column(String(500))
    #: From when on what comes back is counted: the last time somebody let it go on; None for all of it.
    counted_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When somebody was told that it is paused; who pauses it knows.
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The Prefect flow run that shows this edition, and how many forms it has offered: each is answered once.
    run_id: Mapped[str | None] = mapped_column(String(36))
    forms: Mapped[int] = mapped_column(default=0)


class LeftOut(Row):
    """A candidate an edition did not reach, and why."""

    __tablename__ = "left_out"
    __table_args__ = (UniqueConstraint("edition_id", "candidate_id"),)

    id: Mapped[Id]
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(500))
