"""The approval: a request that a named person decides, and the one-time codes with which Prefect's form may answer."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from rekindle.store.base import Id, Row, words
from rekindle.store.dialect import Json, UtcDateTime


class ApprovalState(StrEnum):
    #: Somebody has to decide; deferred ones wait here too, until `not_before`.
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    #: Nobody decided in time: fails closed.
    EXPIRED = "expired"
    #: What was to be approved has changed since it was asked.
    VOIDED = "voided"


class ApprovalKind(StrEnum):
    EDITION = "edition"
    #: Several candidates into nurturing at once.
    NURTURE = "nurture"
    #: One candidate's move that waits for a person.
    MOVE = "move"
    #: One personal letter, word for word.
    LETTER = "letter"


class Approval(Row):
    __tablename__ = "approvals"
    __table_args__ = (Index("ix_approvals_state_due", "state", "due_at"),)

    id: Mapped[Id]
    kind: Mapped[ApprovalKind] = mapped_column(words(ApprovalKind, "kind"))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"), index=True)
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    #: One sentence without names: what is asked.
    question: Mapped[str] = mapped_column(String(500))
    #: SHA-256 of exactly what was shown; whatever differs is not approved.
    digest: Mapped[str] = mapped_column(String(64))
    #: The ids of the records it rests on, by kind.
    evidence: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[ApprovalState] = mapped_column(words(ApprovalState, "state"))
    asked_by: Mapped[str] = mapped_column(String(320))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The person roles that may decide.
    deciders: Mapped[list[str]] = mapped_column(Json)
    #: Whom it is meant for, by address; whoever stands in for them is reminded in their place. None: all deciders.
    assignee: Mapped[str | None] = mapped_column(String(320))
    #: Who may not approve it, because they wrote or asked for it and four eyes are wanted.
    barred: Mapped[str | None] = mapped_column(String(320))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(320))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: cli, web or prefect.
    via: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(String(2000))
    #: Answers in Prefect's form with a code that was none.
    wrong_codes: Mapped[int] = mapped_column(default=0)


class ApprovalCode(Row):
    """A one-time code bound to person, approval and digest. Only its hash is kept."""

    __tablename__ = "approval_codes"

    id: Mapped[Id]
    approval_id: Mapped[int] = mapped_column(ForeignKey("approvals.id", ondelete="CASCADE"), index=True)
    person: Mapped[str] = mapped_column(String(320))
    digest: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
