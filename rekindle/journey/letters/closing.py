"""Ends outreaches: one whose letter never went, all of one candidate, or the letters of a role that was closed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from rekindle.journey.letters.voiding import void
from rekindle.store.candidates import Candidate
from rekindle.store.engine import changed
from rekindle.store.messages import MAILED, QUEUED, Message
from rekindle.store.outreaches import Outreach, OutreachOutcome
from states.message import MessageState, Occasion


def close_outreach(session: Session, row: Message, outcome: OutreachOutcome, now: datetime) -> None:
    """End the outreach of a first letter that never went. A follow-up that is not sent ends nothing."""
    if row.occasion is Occasion.RE_ENGAGEMENT and row.outreach_id is not None:
        _close(session, [row.outreach_id], outcome, now)


def close_outreaches_of(session: Session, candidate_id: int, outcome: OutreachOutcome, now: datetime) -> int:
    """End every open outreach to a candidate: they answered, or the time for it is over.

    One whose letter has not left ends with that letter; only a stop ends it at once.
    """
    mine = select(Outreach.id).where(Outreach.candidate_id == candidate_id, Outreach.closed_at.is_(None))
    if outcome is not OutreachOutcome.STOPPED:
        mine = mine.where(exists().where(Message.outreach_id == Outreach.id, Message.state.in_(MAILED)))
    return _close(session, list(session.scalars(mine)), outcome, now)


def take_back_letters_of_role(session: Session, role_id: int, reason: str, now: datetime) -> int:
    """Cancel every letter about a role that has not left, void what was asked about it; return how many letters.

    Who has had a letter keeps the time to answer: that outreach goes on until they do, or the time is over.
    """
    about = select(Outreach.id).where(Outreach.role_id == role_id).scalar_subquery()
    queued = (Message.outreach_id.in_(about), Message.state.in_(QUEUED))
    # The candidates first and in order, as everybody who decides or stops does: two never wait for each other.
    people = list(session.scalars(select(Message.candidate_id).where(*queued).distinct()))
    session.scalars(
        select(Candidate.id).where(Candidate.id.in_(people)).order_by(Candidate.id).with_for_update(key_share=True)
    )
    rows = session.execute(select(Message.id, Message.outreach_id, Message.occasion).where(*queued)).all()
    ids = [row.id for row in rows]
    void(session, ids, reason, now)
    taken = changed(
        session,
        update(Message).where(Message.id.in_(ids), *queued).values(state=MessageState.CANCELLED, reason=reason[:500]),
    )
    unsent = [row.outreach_id for row in rows if row.occasion is Occasion.RE_ENGAGEMENT]
    _close(session, unsent, OutreachOutcome.ROLE_CLOSED, now)
    return taken


def _close(session: Session, ids: Sequence[int], outcome: OutreachOutcome, now: datetime) -> int:
    still_open = (Outreach.id.in_(ids), Outreach.closed_at.is_(None))
    return changed(session, update(Outreach).where(*still_open).values(closed_at=now, outcome=outcome))
