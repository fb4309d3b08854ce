"""Voids what was asked or approved about letters, keeping who had decided what, and says why."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.engine import changed

#: An approval in one of these can still make a letter go.
_IN_FORCE = (ApprovalState.WAITING, ApprovalState.APPROVED)
_LONGEST_NOTE = 2000


def void(session: Session, message_ids: Sequence[int], reason: str, now: datetime) -> int:
    """Void every approval of these letters that is in force; return how many there were."""
    in_force = (Approval.message_id.in_(message_ids), Approval.state.in_(_IN_FORCE))
    query = select(Approval).where(*in_force).order_by(Approval.id).execution_options(populate_existing=True)
    return sum(_void(session, row, reason, now) for row in session.scalars(query).all())


def _void(session: Session, row: Approval, reason: str, now: datetime) -> int:
    note = f"{row.note}; {reason}" if row.note else reason
    values = {"state": ApprovalState.VOIDED, "note": note[:_LONGEST_NOTE], "decided_at": row.decided_at or now}
    voided = changed(session, update(Approval).where(Approval.id == row.id, Approval.state == row.state).values(values))
    session.refresh(row)
    return voided
