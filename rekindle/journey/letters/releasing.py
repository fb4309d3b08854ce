"""What a decision about a letter does: lets it go, or takes it back. Belongs in the transaction of the decision."""

from datetime import datetime

from sqlalchemy.orm import Session

from rekindle.errors import LostRace
from rekindle.journey.letters.closing import close_outreach
from rekindle.store.messages import Message, become
from rekindle.store.outreaches import OutreachOutcome
from states.message import MessageState


def release(session: Session, message_id: int, now: datetime) -> None:
    """Let an approved letter go from `now` on. Raises LostRace when it does not wait any more."""
    changes = {"reason": None, "due_at": now, "released_at": now}
    if not become(session, [message_id], MessageState.AWAITING, MessageState.APPROVED, **changes):
        raise LostRace(f"message {message_id} does not wait for a decision any more")


def call_off(session: Session, message_id: int, reason: str, now: datetime, *, expired: bool) -> None:
    """Take back a letter somebody said no to, or nobody said yes to in time; its outreach ends unsent."""
    state = MessageState.EXPIRED if expired else MessageState.CANCELLED
    row = session.get_one(Message, message_id, populate_existing=True)
    if become(session, [message_id], MessageState.AWAITING, state, reason=reason[:500]):
        close_outreach(session, row, OutreachOutcome.NOT_SENT, now)
