"""The last look at a personal letter, in the transaction that takes it: what was seen is what is sent, or nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from rekindle.journey.letters.asking import approved, ask_anew, objection
from rekindle.journey.letters.closing import close_outreach
from rekindle.journey.letters.standards import Standards
from rekindle.journey.letters.voiding import void
from rekindle.store.messages import Message, become
from rekindle.store.outreaches import OutreachOutcome
from states.message import MessageState

_TOO_LATE = "too late: it was let go long ago"


def may_go(session: Session, row: Message, standards: Standards, now: datetime) -> bool:
    """Say whether a letter may be handed over now.

    - no approval of exactly these words, to this person, on these records: it is taken back, and asked about anew
    - let go too long ago: it expires
    """
    if now - (row.released_at or row.created_at) > standards.stale_after:
        void(session, [row.id], _TOO_LATE, now)
        become(session, [row.id], row.state, MessageState.EXPIRED, reason=_TOO_LATE)
        close_outreach(session, row, OutreachOutcome.NOT_SENT, now)
        return False
    asked = approved(session, row.id)
    reason = objection(session, row, asked, standards, now) if asked else "nobody has approved it"
    if reason:
        ask_anew(session, row, reason, standards, now)
    return not reason
