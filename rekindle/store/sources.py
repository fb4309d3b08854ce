"""The source: where content items are pulled from, and how far the last pull came."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, false
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row, words
from rekindle.store.dialect import Json, UtcDateTime


class SourceKind(StrEnum):
    #: RSS or Atom, by its address.
    FEED = "feed"
    #: Markdown files with front matter, by their folder.
    FOLDER = "folder"


class Source(Row):
    __tablename__ = "sources"

    id: Mapped[Id]
    kind: Mapped[SourceKind] = mapped_column(words(SourceKind, "kind"))
    place: Mapped[str] = mapped_column(String(1000), unique=True)
    #: What its items are taken for where they do not say it themselves.
    topics: Mapped[list[str]] = mapped_column(Json)
    families: Mapped[list[str]] = mapped_column(Json)
    language: Mapped[str] = mapped_column(String(16), default="en")
    #: For so many days after its day an item is worth telling; None: for ever.
    valid_days: Mapped[int | None]
    #: Whether the host of a feed may lie inside a private network: a colleague said so by name.
    may_be_private: Mapped[bool] = mapped_column(server_default=false())
    #: What the server wants to be asked with, so that nothing is read twice (RFC 9110 section 13).
    etag: Mapped[str | None] = mapped_column(String(300))
    modified: Mapped[str | None] = mapped_column(String(100))
    pulled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: What went wrong the last time, in a sentence.
    problem: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
