"""The interviews a candidate is in: since when, about which role, when we last spoke. Reads only."""

from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.store.applications import Application
from rekindle.store.messages import MAILED, Message
from rekindle.store.moves import MoveRow
from rekindle.store.outreaches import Outreach, OutreachOutcome
from rekindle.store.roles import Role
from rekindle.store.touches import Touch
from states.candidate import Trigger


def ends_interviews(session: Session, letter: Message) -> bool:
    """Say whether a rejection letter is about the interviews its candidate is in, and not about what was before."""
    row = session.get(Application, letter.application_id) if letter.application_id else None
    return row is not None and ended_with(session, row)


def ended_with(session: Session, row: Application) -> bool:
    """Say whether an application was decided since they began."""
    began = interviews_began(session, row.candidate_id)
    return began is not None and row.decided_on is not None and row.decided_on >= began


def interviews_began(session: Session, candidate_id: int) -> date | None:
    """Return the day they said yes and the interviews began, the last time that happened."""
    mine = (MoveRow.candidate_id == candidate_id, MoveRow.trigger == Trigger.INTERVIEW)
    at = session.scalar(select(MoveRow.at).where(*mine).order_by(MoveRow.id.desc()).limit(1))
    return at.date() if at else None


def last_talk(session: Session, candidate_id: int, began: date | None) -> date | None:
    """Return the last day of the interviews that is on record; at least they began."""
    spoken = (Touch.candidate_id == candidate_id, Touch.channel.in_(("call", "meeting")))
    last = session.scalar(select(func.max(Touch.on)).where(*spoken))
    return max(filter(None, (last, began)), default=None)


def role_of_interviews(session: Session, candidate_id: int) -> Role:
    """Return the role whose letter they said yes to. Raises BadInput when they came of their own accord."""
    mailed = exists().where(Message.outreach_id == Outreach.id, Message.state.in_(MAILED))
    query = (
        select(Role)
        .join(Outreach, Outreach.role_id == Role.id)
        .where(Outreach.candidate_id == candidate_id, Outreach.outcome == OutreachOutcome.INTERESTED, mailed)
        .order_by(Outreach.closed_at.desc(), Outreach.id.desc())
    )
    found = session.scalar(query.limit(1))
    if found is None:
        raise BadInput(f"no role is on record for which c-{candidate_id} interviews: import the application instead")
    return found
