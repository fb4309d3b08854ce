"""Who has answered to which event, and whose guests are still to be reminded, when a forecast begins. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.events import notices
from rekindle.journey.events.kinds import Kind
from rekindle.store.editions import EditionState
from rekindle.store.events import Answer, Event, Invitation


@dataclass(frozen=True, slots=True)
class Coming:
    """An event to come whose guests are still to be reminded, once."""

    event: Event
    guests: Sequence[int]


def still_to_remind(session: Session) -> list[Coming]:
    """List the events to come of which nobody has been reminded, with who said yes."""
    events = session.scalars(select(Event).where(Event.cancelled_at.is_(None)).order_by(Event.starts_at, Event.id))
    open_ones = [event for event in events if _is_open(session, event)]
    return [Coming(event, notices.concerned(session, event.id, Kind.REMIND)) for event in open_ones]


def answered(session: Session) -> set[tuple[int, int]]:
    """Return (event, candidate) of everybody who has answered: nobody asks them again."""
    known = select(Invitation.event_id, Invitation.candidate_id).where(Invitation.answer != Answer.NONE)
    return {(event_id, candidate_id) for event_id, candidate_id in session.execute(known)}


def _is_open(session: Session, event: Event) -> bool:
    return all(each.state is EditionState.EMPTY for each in notices.of_event(session, event.id, Kind.REMIND))
