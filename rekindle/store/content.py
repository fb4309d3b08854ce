"""The content item: something worth telling, which an update may carry."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from rekindle.store.base import Id, Row
from rekindle.store.dialect import Json, UtcDateTime


class Content(Row):
    __tablename__ = "content"

    id: Mapped[Id]
    title: Mapped[str] = mapped_column(String(300))
    url: Mapped[str] = mapped_column(String(1000), unique=True)
    summary: Mapped[str] = mapped_column(String(2000))
    topics: Mapped[list[str]] = mapped_column(Json)
    families: Mapped[list[str]] = mapped_column(Json)
    language: Mapped[str] = mapped_column(String(16), default="en")
    published_on: Mapped[date]
    valid_until: Mapped[date | None]
    #: Where it was pulled from, and what that place calls it; no key for what somebody typed in, or has changed or
    #: retired by hand since: then it is theirs, and no pull touches it.
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"))
    source_key: Mapped[str | None] = mapped_column(String(1000))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


def items_valid_on(session: Session, day: date) -> list[Content]:
    """List what may still be sent on `day`, newest first."""
    valid = or_(Content.valid_until.is_(None), Content.valid_until >= day)
    query = select(Content).where(Content.published_on <= day, valid)
    return list(session.scalars(query.order_by(Content.published_on.desc(), Content.id)))
