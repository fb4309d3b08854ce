"""The application: one past candidacy, and how it ended."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Boolean, ForeignKey, Index, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from rekindle.store.base import Id, Row


class Application(Row):
    __tablename__ = "applications"
    # Who has been considered for this kind of work: a role asks for one family.
    __table_args__ = (Index("ix_applications_family_candidate", "family", "candidate_id"),)

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(300))
    family: Mapped[str | None] = mapped_column(String(100))
    level: Mapped[str | None] = mapped_column(String(50))
    team: Mapped[str | None] = mapped_column(String(200))
    last_stage: Mapped[str | None] = mapped_column(String(200))
    finalist: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
    applied_on: Mapped[date | None]
    last_interview_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    #: rejected, withdrew, hired or open; and by whom: company or candidate.
    outcome: Mapped[str] = mapped_column(String(20))
    rejected_by: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(2000))
    reason_sayable: Mapped[bool] = mapped_column(default=False)
    #: How the person was told: personal, generic or none; unknown when the import does not say.
    rejection: Mapped[str | None] = mapped_column(String(20))
    promise: Mapped[str | None] = mapped_column(String(2000))


#: Written once: building a statement costs as much as running it.
_OF = select(Application).where(Application.candidate_id.in_(bindparam("ids", expanding=True)))


def applications_of(session: Session, ids: list[int]) -> dict[int, list[Application]]:
    """Return candidate id -> applications, newest decision first, for a page of candidates in one query."""
    found: dict[int, list[Application]] = {}
    for row in session.scalars(_OF, {"ids": ids}):
        found.setdefault(row.candidate_id, []).append(row)
    return {candidate_id: newest_first(own) for candidate_id, own in found.items()}


def newest_first(applications: Iterable[Application]) -> list[Application]:
    """Sort by when they were decided, newest first."""
    return sorted(applications, key=lambda row: (row.decided_on or row.applied_on or date.min, row.id), reverse=True)
