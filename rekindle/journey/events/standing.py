"""The last look at mail about events, in the transaction that takes it: may it still go, and what may hold it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from rekindle.journey.events.kinds import CONCERNS, Kind, is_service, kind_of, last_moment, number_of
from rekindle.store.candidates import Candidate
from rekindle.store.editions import Edition
from rekindle.store.events import Answer, Event, Invitation
from rekindle.store.messages import Message
from states.candidate import CandidateState

#: So near to an event news of it does not wait for the morning.
URGENT = timedelta(days=2)
_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
# Written once: building a statement costs as much as running it, and the sender asks for every few letters.
_EVENTS = select(Event).where(Event.id.in_(_IDS)).execution_options(populate_existing=True)
_ANSWERS = select(Invitation.event_id, Invitation.candidate_id, Invitation.answer).where(
    Invitation.event_id.in_(_IDS), Invitation.candidate_id.in_(bindparam("people", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Look:
    """What holds for messages about events, by message id."""

    #: Why it must not go any more.
    against: dict[int, str]
    #: News that somebody is owed who was invited or answered: a stop holds it, the contact budget and the state do not.
    service: frozenset[int]
    #: Of these, what does not wait for the reader's morning.
    urgent: frozenset[int]
    #: From when on it does not: nothing is put off to a later hour than this.
    latest: Mapping[int, datetime]


_NOTHING = Look({}, frozenset(), frozenset(), {})


def look(session: Session, due: Sequence[tuple[Message, Candidate, Edition | None]], now: datetime) -> Look:
    """Look at messages that are about to be taken; asks the database only where some are about an event."""
    concerned = [(row, person, each) for row, person, each in due if each is not None and each.event_id is not None]
    if not concerned:
        return _NOTHING
    ids = sorted({edition.event_id for _, _, edition in concerned if edition.event_id})
    events = {event.id: event for event in session.scalars(_EVENTS, {"ids": ids})}
    told = {"ids": ids, "people": [person.id for _, person, _ in concerned]}
    answers = {(event_id, who): answer for event_id, who, answer in session.execute(_ANSWERS, told)}
    against: dict[int, str] = {}
    for row, person, edition in concerned:
        event = events[edition.event_id or 0]
        answer = answers.get((event.id, person.id), Answer.NONE)
        if reason := _why_not(edition.period, event, answer, person, now):
            against[row.id] = reason
    service = {row.id: edition for row, _, edition in concerned if is_service(edition.period)}
    latest = {each: events[edition.event_id or 0].starts_at - URGENT for each, edition in service.items()}
    urgent = {each for each, since in latest.items() if since <= now}
    return Look(against, frozenset(service), frozenset(urgent), latest)


def _why_not(period: str, event: Event, answer: Answer, person: Candidate, now: datetime) -> str | None:
    kind = kind_of(period)
    if event.cancelled_at and kind is not Kind.CANCEL:
        return "the event is cancelled"
    if event.starts_at <= now:
        return "the event would have begun by now" if event.cancelled_at else "the event has begun"
    if kind is Kind.INVITE and now >= last_moment(event, kind):
        return f"the last day to answer was {event.answer_by}"
    if kind is Kind.CHANGE and number_of(period) != event.sequence:
        return "another change has come since"
    if person.state is CandidateState.DECLINED:
        return "the candidate wants nothing more from us"
    return None if answer in CONCERNS[kind] else f"their answer is {answer} by now"
