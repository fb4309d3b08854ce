"""Which events have somebody to invite still, and which edition a period names. Reads only."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import NotFound
from rekindle.journey.events.inviting import too_late
from rekindle.journey.events.kinds import Kind, kind_of, period
from rekindle.store.editions import Edition, EditionState
from rekindle.store.events import Event
from states.programme import Programme

#: Planned, but nobody was found: somebody may be tomorrow.
_OPEN = (EditionState.PLANNING, EditionState.EMPTY)


def due_invitations(session: Session, now: datetime, notice: timedelta) -> list[Event]:
    """List the events whose invitation is not planned and still can be, soonest first."""
    coming = select(Event).where(Event.cancelled_at.is_(None), Event.starts_at > now)
    events = session.scalars(coming.order_by(Event.starts_at, Event.id)).all()
    return [event for event in events if not too_late(event, now, notice) and not is_planned(session, event.id)]


def is_planned(session: Session, event_id: int) -> bool:
    """Say whether the invitation to an event has been planned to the end, and somebody is to get it."""
    own = (Edition.programme == Programme.EVENT_INVITE, Edition.period == period(event_id, Kind.INVITE))
    return session.scalar(select(Edition.id).where(*own, Edition.state.not_in(_OPEN))) is not None


def is_unplanned_invitation(edition: Edition) -> bool:
    """Say whether this is an invitation whose planning somebody has begun and not ended."""
    return edition.state is EditionState.PLANNING and kind_of(edition.period) is Kind.INVITE


def edition_of(session: Session, named: str) -> Edition:
    """Return the edition of a period such as `7-change-2`. Raises NotFound."""
    own = (Edition.programme == Programme.EVENT_INVITE, Edition.period == named)
    edition = session.scalar(select(Edition).where(*own))
    if edition is None:
        raise NotFound(f"there is no edition of event-invite {named}; `rekindle editions list` shows those there are")
    return edition
