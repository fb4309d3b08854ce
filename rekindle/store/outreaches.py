"""The outreach: one candidate and one role; its draft, proofs and answer."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from rekindle.store.base import Id, Row, words
from rekindle.store.dialect import Json, UtcDateTime


class OutreachOutcome(StrEnum):
    """How an outreach ended."""

    #: They want to talk, or are talking: the interviews began.
    INTERESTED = "interested"
    #: They said "not now" or "keep me posted".
    NOT_NOW = "not-now"
    #: The time for an answer was over; silence is peace.
    NO_ANSWER = "no-answer"
    #: They want nothing more from us.
    STOPPED = "stopped"
    #: We said no to the letter, or nobody decided in time: they never heard of it.
    NOT_SENT = "not-sent"
    #: The role was closed before they answered.
    ROLE_CLOSED = "role-closed"

    @property
    def reached_them(self) -> bool:
        """Whether the person has had a letter about the role: then there is no second one about it."""
        return self not in {OutreachOutcome.NOT_SENT, OutreachOutcome.ROLE_CLOSED}


class Outreach(Row):
    __tablename__ = "outreaches"
    __table_args__ = (UniqueConstraint("candidate_id", "role_id"),)

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    role_id: Mapped[int] = mapped_column(ForeignKey("roles.id"), index=True)
    #: What spoke for it on the shortlist, by name, with the ids of the records it rests on.
    proofs: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: How it ended; None while it is open.
    outcome: Mapped[OutreachOutcome | None] = mapped_column(words(OutreachOutcome, "outcome"))


def outreach_open(session: Session, candidate_ids: Sequence[int]) -> set[int]:
    """Return those to whom a letter about a role is out and unanswered, on its way, or on the desk."""
    theirs = (Outreach.candidate_id.in_(candidate_ids), Outreach.closed_at.is_(None))
    return set(session.scalars(select(Outreach.candidate_id).where(*theirs)))
