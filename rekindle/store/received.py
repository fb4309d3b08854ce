"""The received mail: what came in, what it was read as, and whether a person still has to look at it.

Its bytes are kept only while a person may need them; names and letters stay in this table and in no log.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row, words
from rekindle.store.dialect import UtcDateTime
from states.received import AnswerKind, MailKind, MatchedBy, Severity


def _waiting(*columns: str) -> Index:
    """Those that wait for a person: few, whatever has come in over the years."""
    here = text("settled_at IS NULL")
    return Index("ix_received_waiting", *columns, sqlite_where=here, postgresql_where=here)


class Received(Row):
    __tablename__ = "received"
    __table_args__ = (_waiting("candidate_id", "kind"), Index("ix_received_candidate", "candidate_id", "arrived_at"))

    id: Mapped[Id]
    #: SHA-256 of its bytes: the same mail again, from whatever mailbox, is nothing to do.
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    #: The mailbox it came from, by its name in the settings; `file` for one handed over by a person.
    mailbox: Mapped[str] = mapped_column(String(100))
    arrived_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[MailKind] = mapped_column(words(MailKind, "kind"))
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    #: The message of ours it speaks of.
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    matched_by: Mapped[MatchedBy | None] = mapped_column(words(MatchedBy, "matched_by"))
    #: Of a bounce: how it is meant, and the status it gave (RFC 3463).
    severity: Mapped[Severity | None] = mapped_column(words(Severity, "severity"))
    status: Mapped[str | None] = mapped_column(String(16))
    #: Of a reply: what it seems to say, until when they want peace, and the words that rests on.
    answer: Mapped[AnswerKind | None] = mapped_column(words(AnswerKind, "answer"))
    answer_until: Mapped[date | None]
    answer_quote: Mapped[str | None] = mapped_column(String(500))
    subject: Mapped[str | None] = mapped_column(String(500))
    #: What the person wrote, without what they quoted.
    text: Mapped[str | None] = mapped_column(Text)
    #: Of an auto-reply: back on this day; they do not work there any more.
    away_until: Mapped[date | None]
    moved_on: Mapped[bool] = mapped_column(server_default=false())
    #: Its first bytes, for whoever has to look at it; None once nobody does.
    raw: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: How many bytes it had.
    size: Mapped[int]
    #: When it was dealt with, by Rekindle or a person, and what was done; None while it waits for a person.
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(320))
    outcome: Mapped[str | None] = mapped_column(String(500))


class MailboxMark(Row):
    """How far a mailbox has been read: IMAP's numbers hold within one UIDVALIDITY (RFC 3501 2.3.1.1)."""

    __tablename__ = "mailbox_marks"

    mailbox: Mapped[str] = mapped_column(String(100), primary_key=True)
    uid_validity: Mapped[int] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
