"""The outreach: one candidate and one role; its draft, proofs and answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row
from rekindle.store.dialect import Json, UtcDateTime


class Outreach(Row):
    __tablename__ = "outreaches"
    __table_args__ = (UniqueConstraint("candidate_id", "role_id"),)

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    role_id: Mapped[int] = mapped_column(ForeignKey("roles.id"), index=True)
    #: Each proof of DESIGN 1.3 by name, with the ids of the records it rests on.
    proofs: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
