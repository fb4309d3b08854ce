"""Takes a letter back to the desk when what was approved is not what there is any more, and says why."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.letters.closing import close_outreach
from rekindle.journey.letters.voiding import void
from rekindle.journey.letters.writing import hold_person
from rekindle.store.messages import QUEUED, Message, become
from rekindle.store.outreaches import OutreachOutcome
from states.message import MessageState, Occasion

#: What a letter passes through on its way back, from each state it can be held in.
_BACK = {
    MessageState.AWAITING: (MessageState.DRAFTED,),
    MessageState.APPROVED: (MessageState.AWAITING, MessageState.DRAFTED),
    MessageState.DEFERRED: (MessageState.AWAITING, MessageState.DRAFTED),
}


def hold(session: Session, row: Message, reason: str, now: datetime) -> bool:
    """Put a letter back on the desk, its approval void. False when it has left meanwhile, or is over."""
    if not (steps := _BACK.get(row.state)):
        return False
    void(session, [row.id], reason, now)
    old, done = row.state, True
    for new in steps:
        done = done and bool(become(session, [row.id], old, new, reason=reason[:500]))
        old = new
    session.refresh(row)
    return done


def hold_all(session: Session, candidate_id: int, reason: str, now: datetime) -> int:
    """Put every letter to a candidate that has not left back on the desk; return how many."""
    hold_person(session, candidate_id)
    mine = (Message.candidate_id == candidate_id, Message.occasion.is_not(None), Message.state.in_(_BACK))
    return sum(hold(session, row, reason, now) for row in session.scalars(select(Message).where(*mine)).all())


def make_way(session: Session, candidate_id: int, reason: str, now: datetime) -> int:
    """Take back every check-in to a candidate that has not left: what is written for a reason of its own comes first.

    The candidate is held already. Returns how many there were.
    """
    theirs = (Message.candidate_id == candidate_id, Message.occasion == Occasion.CHECK_IN, Message.state.in_(QUEUED))
    rows = session.scalars(select(Message).where(*theirs).execution_options(populate_existing=True)).all()
    return sum(drop(session, row, reason, now) for row in rows)


def drop(session: Session, row: Message, reason: str, now: datetime) -> bool:
    """Take a letter back for good; its outreach ends unsent. False when it has left meanwhile, or is over."""
    if row.state not in QUEUED:
        return False
    void(session, [row.id], reason, now)
    done = bool(become(session, [row.id], row.state, MessageState.CANCELLED, reason=reason[:500]))
    session.refresh(row)
    if done:
        close_outreach(session, row, OutreachOutcome.NOT_SENT, now)
    return done
