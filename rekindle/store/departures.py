"""Who of the team has left and who took over, and which candidates have been told."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row
from rekindle.store.dialect import UtcDateTime


class Departure(Row):
    __tablename__ = "departures"

    person: Mapped[str] = mapped_column(String(320), primary_key=True)
    successor: Mapped[str] = mapped_column(String(320))
    left_on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(String(320))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Introduction(Row):
    """A successor has been introduced to a candidate, by the message that did it: once is enough."""

    __tablename__ = "introductions"
    __table_args__ = (UniqueConstraint("candidate_id", "successor"),)

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    successor: Mapped[str] = mapped_column(String(320))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
