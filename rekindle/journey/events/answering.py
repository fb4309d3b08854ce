"""Takes an answer to an invitation, as a person of the team heard it: places in the order of answers, then a list.

The event's row is held: two who answer at once do not both get the last place.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.events import places
from rekindle.journey.events.keeping import find_event
from rekindle.store.dialect import insert_new
from rekindle.store.editions import Edition
from rekindle.store.engine import changed
from rekindle.store.events import Answer, Event, Invitation
from rekindle.store.messages import QUEUED, Message
from rekindle.store.touches import Touch, remember
from states.message import MessageState

#: What people say; waiting is what becomes of a yes.
SAID = (Answer.YES, Answer.NO, Answer.MAYBE)


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer. `position` is the place on the waiting list; `moved_up` are candidate ids."""

    invitation: Invitation
    new: bool
    position: int | None
    moved_up: list[int]


def answer(
    session: Session,
    slug: str,
    candidate_id: int,
    said: Answer,
    now: datetime,
    frozen: Frozen,
    on: date | None = None,
) -> Answered:
    """Take the answer of one candidate, given on `on` (a day in the event's zone) or just now.

    - a yes to a full event waits, in the order of answers
    - whoever gives up a place lets the next one move up
    - after the deadline only a no is taken; once the event has begun, or is cancelled, nothing is: BadInput
    """
    event = find_event(session, slug, hold=True)
    today = now.astimezone(ZoneInfo(event.timezone)).date()
    day = on or today
    _refuse(event, said, day, today, now)
    invitation = invitation_of(session, event.id, candidate_id, now)
    old = invitation.answer
    new = _becomes(session, event, old, said)
    if new is not old:
        invitation.answer, invitation.answered_at = new, now if day == today else _noon(day, event)
        _touch(session, event, candidate_id, said, day)
        session.flush()
    if new is Answer.NO:
        _take_back(session, event.id, candidate_id)
    gave_up = old is Answer.YES and new is not Answer.YES
    moved_up = places.move_up(session, event, now, frozen) if gave_up or new is Answer.WAITING else []
    return Answered(invitation, new is not old, _position(session, invitation), moved_up)


def _refuse(event: Event, said: Answer, day: date, today: date, now: datetime) -> None:
    if said not in SAID:
        raise BadInput(f"an answer is {', '.join(SAID)}")
    if event.cancelled_at:
        raise BadInput(f"{event.slug} was cancelled on {event.cancelled_at:%Y-%m-%d}: there is nothing to answer")
    if event.starts_at <= now:
        raise BadInput(f"{event.slug} has begun: tell who came with `rekindle events attended {event.slug}`")
    if day > today:
        raise BadInput("the day of the answer is still to come")
    # A place that is given up late is still one for somebody who waits.
    if day > event.answer_by and said is not Answer.NO:
        raise BadInput(f"the last day to answer {event.slug} was {event.answer_by}; a later no is still taken")


def _becomes(session: Session, event: Event, old: Answer, said: Answer) -> Answer:
    if said is not Answer.YES or old is Answer.YES:
        return said
    if event.capacity is None:
        return Answer.YES
    # Whoever waits already comes first, also where a place has become free unnoticed.
    return Answer.WAITING if places.free(session, event) == 0 or places.waiting_list(session, event.id) else Answer.YES


def invitation_of(session: Session, event_id: int, candidate_id: int, now: datetime) -> Invitation:
    """Return somebody's invitation, also that of one who was asked in person and by no letter of ours."""
    whose = {"event_id": event_id, "candidate_id": candidate_id}
    session.execute(insert_new(session, Invitation), {**whose, "answer": Answer.NONE, "created_at": now})
    query = select(Invitation).filter_by(**whose).execution_options(populate_existing=True)
    return session.scalars(query).one()


def _noon(day: date, event: Event) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(event.timezone))


def _touch(session: Session, event: Event, candidate_id: int, said: Answer, day: date) -> None:
    summary = f"answered {said} to the event {event.slug}"
    session.add(Touch(candidate_id=candidate_id, on=day, channel="reply", direction="in", summary=summary))
    remember(session, [(candidate_id, day)])


def _take_back(session: Session, event_id: int, candidate_id: int) -> None:
    """Cancel what still waits for them about an event they do not come to."""
    about = select(Edition.id).where(Edition.event_id == event_id)
    own = (Message.candidate_id == candidate_id, Message.edition_id.in_(about), Message.state.in_(QUEUED))
    said_no = {"state": MessageState.CANCELLED, "reason": "they answered no"}
    changed(session, update(Message).where(*own).values(said_no))


def _position(session: Session, invitation: Invitation) -> int | None:
    if invitation.answer is not Answer.WAITING:
        return None
    return [each.id for each in places.waiting_list(session, invitation.event_id)].index(invitation.id) + 1
