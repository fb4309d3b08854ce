"""The note: something known about a candidate, with its source; only a sayable one may ever reach a message."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row
from rekindle.store.dialect import UtcDateTime


class Note(Row):
    __tablename__ = "notes"

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    #: strength, background, interest, preference or internal.
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(4000))
    source: Mapped[str | None] = mapped_column(String(300))
    on: Mapped[date | None]
    sayable: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
