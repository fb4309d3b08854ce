"""The move: one change of a candidate's state. Append-only; written by journey/moving.py alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row, words
from rekindle.store.dialect import UtcDateTime
from states.candidate import Actor, CandidateState, Trigger


class MoveRow(Row):
    __tablename__ = "moves"

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    #: None: the candidate was new.
    source: Mapped[CandidateState | None] = mapped_column(words(CandidateState, "source"))
    target: Mapped[CandidateState] = mapped_column(words(CandidateState, "target"))
    trigger: Mapped[Trigger] = mapped_column(words(Trigger, "trigger"))
    actor: Mapped[Actor] = mapped_column(words(Actor, "actor"))
    #: The person behind a recruiter's move, by address; or the source of an import.
    by: Mapped[str | None] = mapped_column(String(320))
    reason: Mapped[str] = mapped_column(String(2000))
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approvals.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
