"""The message: one email to one candidate, from draft to outcome. This table is the outbox and the ledger."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from rekindle.store.base import Id, Row, words
from rekindle.store.dialect import UtcDateTime
from rekindle.store.engine import changed
from states.message import MessageState, Occasion, may_become
from states.programme import Programme

#: Not yet handed to a mail server: what a stop cancels.
QUEUED = (MessageState.DRAFTED, MessageState.AWAITING, MessageState.APPROVED, MessageState.DEFERRED)
#: Reached the person, or may have.
MAILED = (MessageState.SENDING, MessageState.SENT, MessageState.BOUNCED, MessageState.UNCONFIRMED)

#: Somebody is asked about it, or it is on its way.
UNDER_WAY = (
    MessageState.AWAITING,
    MessageState.APPROVED,
    MessageState.DEFERRED,
    MessageState.SENDING,
    MessageState.UNCONFIRMED,
)
#: Never reached anybody, and never will.
OVER_UNSENT = (MessageState.CANCELLED, MessageState.EXPIRED, MessageState.FAILED)


def _one_living(name: str, *columns: str) -> Index:
    """One message that may still reach somebody; bulk mail, which has no such columns, is not in the index at all."""
    living = text(f"{columns[0]} IS NOT NULL AND state NOT IN ('cancelled', 'expired', 'failed')")
    return Index(name, *columns, unique=True, sqlite_where=living, postgresql_where=living)


def _one_on_its_way() -> Index:
    over = "'cancelled', 'expired', 'failed', 'sent', 'bounced'"
    here = text(f"occasion = 'check-in' AND state NOT IN ({over})")
    return Index("ix_messages_check_in", "candidate_id", unique=True, sqlite_where=here, postgresql_where=here)


class Message(Row):
    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("edition_id", "candidate_id"),
        # What may go now, oldest first; and what one person has had.
        Index("ix_messages_state_due", "state", "due_at", "id"),
        Index("ix_messages_candidate_sending", "candidate_id", "sending_at"),
        # One living letter for each occasion, however many draft at once.
        _one_living("ix_messages_outreach_occasion", "outreach_id", "occasion"),
        _one_living("ix_messages_application", "application_id"),
        # One check-in on its way to a person; the next one comes months after it has arrived.
        _one_on_its_way(),
    )

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    programme: Mapped[Programme] = mapped_column(words(Programme, "programme"))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"))
    outreach_id: Mapped[int | None] = mapped_column(ForeignKey("outreaches.id"))
    #: Why a personal letter is written; None for bulk mail.
    occasion: Mapped[Occasion | None] = mapped_column(words(Occasion, "occasion"))
    #: The application a rejection letter closes.
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"))
    state: Mapped[MessageState] = mapped_column(words(MessageState, "state"))
    #: The left part of Message-ID: the same for every attempt, so that a receiver can tell a repeat.
    key: Mapped[str] = mapped_column(String(24), unique=True)
    #: Not before this; a deferred message waits here.
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When it was let go; from here its age is counted, however often it was put off.
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    #: Why it is in its state, in a sentence without addresses.
    reason: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sending_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MessageItem(Row):
    """A content item a message carries, and why this person gets it."""

    __tablename__ = "message_items"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("content.id"), primary_key=True)
    position: Mapped[int]
    why: Mapped[str] = mapped_column(String(300))


def become(session: Session, ids: list[int], old: MessageState, new: MessageState, **changes: object) -> int:
    """Compare-and-set the state of messages; return how many still were in `old`.

    Raises ValueError for a step that states/message.py does not list.
    """
    if not may_become(old, new):
        raise ValueError(f"a message cannot go from {old} to {new}")
    statement = update(Message).where(Message.id.in_(ids), Message.state == old).values(state=new, **changes)
    return changed(session, statement)
