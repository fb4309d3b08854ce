"""Looks at every letter that waits or was approved, and takes back what does not stand any more, with the reason."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from rekindle.journey.letters.asking import ask_anew, objection
from rekindle.journey.letters.editing import find
from rekindle.journey.letters.standards import Standards
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from states.message import MessageState

_IN_FORCE = (ApprovalState.WAITING, ApprovalState.APPROVED)
_HERE = (MessageState.AWAITING, MessageState.APPROVED, MessageState.DEFERRED)


def recheck_all(store: Store, standards: Standards, now: datetime) -> list[int]:
    """Recheck every letter that has not left, each in a transaction of its own; return those taken back."""
    with store.reading() as session:
        asked = list(session.scalars(_asked()))
    taken = []
    for approval_id in asked:
        with store.writing() as session:
            if message_id := _recheck(session, approval_id, standards, now):
                taken.append(message_id)
    return taken


def undelivered(session: Session, now: datetime) -> list[int]:
    """List the approved letters that could go."""
    due = (Message.state == MessageState.APPROVED, Message.occasion.is_not(None), Message.due_at <= now)
    return list(session.scalars(select(Message.id).where(*due).order_by(Message.id)))


def _recheck(session: Session, approval_id: int, standards: Standards, now: datetime) -> int | None:
    asked = session.get_one(Approval, approval_id)
    row = find(session, asked.message_id or 0)
    session.refresh(asked)
    if asked.state not in _IN_FORCE or row.state not in _HERE:
        return None
    reason = objection(session, row, asked, standards, now)
    if not reason:
        return None
    ask_anew(session, row, reason, standards, now)
    return row.id


def _asked() -> Select[tuple[int]]:
    return (
        select(Approval.id)
        .join(Message, Message.id == Approval.message_id)
        .where(Approval.state.in_(_IN_FORCE), Message.state.in_(_HERE))
        .order_by(Message.candidate_id, Approval.id)
    )
