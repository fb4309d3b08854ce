"""Takes back whatever still waits for one candidate: letters not handed over yet, questions nobody has decided."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.engine import changed
from rekindle.store.messages import QUEUED, Message
from states.message import MessageState


def take_back(session: Session, candidate_id: int, reason: str, now: datetime) -> None:
    """Cancel every queued message and void every open approval; belongs in the transaction of the move.

    The candidate's own row is held by then, here as in a decision: two that hold them in different orders would each
    wait for the other.
    """
    queued = (Message.candidate_id == candidate_id, Message.state.in_(QUEUED))
    changed(session, update(Message).where(*queued).values(state=MessageState.CANCELLED, reason=reason[:500]))
    waiting = (Approval.candidate_id == candidate_id, Approval.state == ApprovalState.WAITING)
    void = {"state": ApprovalState.VOIDED, "note": reason, "decided_at": now}
    changed(session, update(Approval).where(*waiting).values(**void))
