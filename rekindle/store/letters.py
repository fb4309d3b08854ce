"""The letter: the words of a personal message, a row for each version; the newest is what goes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from rekindle.store.base import Id, Row
from rekindle.store.dialect import Json, UtcDateTime

#: Who wrote a version that no person has touched.
REKINDLE = "rekindle"


class Letter(Row):
    """One version. Never changed: an approval says which one was seen."""

    __tablename__ = "letters"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    #: The address of whoever wrote these words, or `rekindle`.
    author: Mapped[str] = mapped_column(String(320))
    #: The address of whoever signs, one of the team's people.
    signer: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(500))
    #: Plain text: paragraphs with empty lines between them.
    body: Mapped[str] = mapped_column(Text)
    #: Each proof by name, with the ids of the records it rests on.
    proofs: Mapped[dict[str, Any]] = mapped_column(Json)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


# Written once: building a statement costs as much as running it, and the sender asks for every few letters.
_NEWEST = select(Letter).where(
    Letter.id.in_(
        select(func.max(Letter.id))
        .where(Letter.message_id.in_(bindparam("ids", expanding=True)))
        .group_by(Letter.message_id)
        .scalar_subquery()
    )
)


def letters_of(session: Session, message_ids: Sequence[int]) -> dict[int, Letter]:
    """Return message id -> its newest version, for those that have one."""
    return {row.message_id: row for row in session.scalars(_NEWEST, {"ids": list(message_ids)})}
