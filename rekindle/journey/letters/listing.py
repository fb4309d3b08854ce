"""Finds personal letters for whoever wants to see them: with their state, their role and who is asked. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from rekindle.journey.listing import Page
from rekindle.store.approvals import Approval
from rekindle.store.messages import Message
from rekindle.store.outreaches import Outreach
from rekindle.store.roles import Role
from states.message import MessageState


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One personal letter in a list; `approval_id` is the newest that was asked about it."""

    id: int
    candidate: str
    candidate_id: int
    occasion: str
    role: str | None
    state: MessageState
    approval_id: int | None
    approval_state: str | None
    created_at: datetime
    sent_at: datetime | None
    reason: str | None


def letters(
    session: Session, *, state: MessageState | None = None, role: str | None = None, limit: int = 50
) -> Page[LetterLine]:
    """List letters, the newest first."""
    any_asked = aliased(Approval)
    of_message = select(func.max(any_asked.id)).where(any_asked.message_id == Message.id)
    asked = of_message.correlate(Message).scalar_subquery()
    query = (
        select(Message, Role.slug, Approval)
        .outerjoin(Outreach, Outreach.id == Message.outreach_id)
        .outerjoin(Role, Role.id == Outreach.role_id)
        .outerjoin(Approval, Approval.id == asked)
        .where(Message.occasion.is_not(None))
    )
    if state is not None:
        query = query.where(Message.state == state)
    if role is not None:
        query = query.where(Role.slug == role)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.execute(query.order_by(Message.id.desc()).limit(limit)).all()
    return Page([_line(row, slug, approval) for row, slug, approval in rows], total)


def _line(row: Message, slug: str | None, approval: Approval | None) -> LetterLine:
    return LetterLine(
        id=row.id,
        candidate=f"c-{row.candidate_id}",
        candidate_id=row.candidate_id,
        occasion=str(row.occasion),
        role=slug,
        state=row.state,
        approval_id=approval.id if approval else None,
        approval_state=str(approval.state) if approval else None,
        created_at=row.created_at,
        sent_at=row.sent_at,
        reason=row.reason,
    )
