"""The delegation: who decides in somebody's place while they are away."""

from datetime import date, datetime

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from rekindle.store.base import Id, Row
from rekindle.store.dialect import UtcDateTime


class Delegation(Row):
    """From `since` to `until`, both included, on the team's calendar. A later row for the same person wins."""

    __tablename__ = "delegations"
    __table_args__ = (Index("ix_delegations_person_until", "person", "until"),)

    id: Mapped[Id]
    person: Mapped[str] = mapped_column(String(320))
    delegate: Mapped[str] = mapped_column(String(320))
    since: Mapped[date]
    until: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


def delegate_of(session: Session, person: str, day: date) -> str | None:
    """Return who stands in for `person` on `day`."""
    holds = (Delegation.person == person, Delegation.since <= day, Delegation.until >= day)
    return session.scalar(select(Delegation.delegate).where(*holds).order_by(Delegation.id.desc()).limit(1))


def stood_in_for(session: Session, delegate: str, day: date) -> list[str]:
    """Return those for whom `delegate` decides on `day`."""
    holds = (Delegation.delegate == delegate, Delegation.since <= day, Delegation.until >= day)
    absent = session.scalars(select(Delegation.person).where(*holds).distinct()).all()
    return [person for person in absent if delegate_of(session, person, day) == delegate]
