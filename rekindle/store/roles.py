"""The role: an opening, with the process a candidate would go through."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row, Short
from rekindle.store.dialect import Json, UtcDateTime


class Role(Row):
    __tablename__ = "roles"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    title: Mapped[Short]
    family: Mapped[str] = mapped_column(String(100))
    level: Mapped[str] = mapped_column(String(50))
    team: Mapped[str | None] = mapped_column(String(200))
    location: Mapped[str | None] = mapped_column(String(200))
    skills: Mapped[list[str]] = mapped_column(Json)
    hiring_manager: Mapped[Short]
    whats_in_it: Mapped[str] = mapped_column(String(2000))
    #: {"kind": "streamlined" | "full", "because": str, "steps": [{"name": str, "minutes": int}]}
    process: Mapped[dict[str, Any]] = mapped_column(Json)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Who was hired, if that is known, or why it was closed.
    closing: Mapped[str | None] = mapped_column(String(500))
    #: The Prefect flow run that shows its letters.
    run_id: Mapped[str | None] = mapped_column(String(36))
