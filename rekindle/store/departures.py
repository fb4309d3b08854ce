"""Who of the team has left and who took over, and which candidates have been told."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from rekindle.store.base import Id, Row
from rekindle.store.dialect import UtcDateTime, insert_new
from rekindle.store.messages import MAILED, Message

#: Who has left, each with who took over, both by address.
Gone = tuple[tuple[str, str], ...]


class Departure(Row):
    __tablename__ = "departures"

    person: Mapped[str] = mapped_column(String(320), primary_key=True)
    successor: Mapped[str] = mapped_column(String(320))
    left_on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(String(320))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Introduction(Row):
    """A successor is introduced to a candidate by a message: once is enough, if that message has left.

    Written with the taking of the message, so that whatever becomes of its sender, nobody is introduced twice.
    """

    __tablename__ = "introductions"
    __table_args__ = (UniqueConstraint("candidate_id", "successor"),)

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    successor: Mapped[str] = mapped_column(String(320))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))


# Written once: building a statement costs as much as running it, and the sender asks for every few letters.
_LEFT = (
    select(Departure.person, Departure.successor)
    .where(Departure.left_on <= bindparam("day"))
    .order_by(Departure.person)
)
_INTRODUCED = (
    select(Introduction.candidate_id, Introduction.successor)
    .join(Message, Message.id == Introduction.message_id)
    .where(Introduction.candidate_id.in_(bindparam("ids", expanding=True)), Message.state.in_(MAILED))
)


def departed(session: Session, day: date) -> Gone:
    """Return who has left by `day`, by the records, and who took over."""
    return tuple((person, successor) for person, successor in session.execute(_LEFT, {"day": day}))


def introduced(session: Session, candidate_ids: Collection[int], besides: int | None = None) -> dict[int, set[str]]:
    """Return candidate id -> the successors they know by a mail of ours, whatever the message `besides` says."""
    query = _INTRODUCED if besides is None else _INTRODUCED.where(Introduction.message_id != besides)
    found: dict[int, set[str]] = {}
    for candidate_id, successor in session.execute(query, {"ids": list(candidate_ids)}):
        found.setdefault(candidate_id, set()).add(successor)
    return found


def note_introductions(session: Session, told: Iterable[tuple[int, int, str]]) -> None:
    """Keep which messages introduce whom: candidate id, message id, successor. The messages are `sending` already.

    What a message was to say that never left is forgotten; somebody who was introduced before stays so.
    """
    rows = [{"candidate_id": who, "message_id": message_id, "successor": whom} for who, message_id, whom in told]
    if not rows:
        return
    unsent = select(Message.id).where(Message.id == Introduction.message_id, Message.state.not_in(MAILED))
    theirs = Introduction.candidate_id.in_([row["candidate_id"] for row in rows])
    session.execute(
        delete(Introduction).where(theirs, unsent.exists()), execution_options={"synchronize_session": False}
    )
    session.execute(insert_new(session, Introduction), rows)
