"""Finds what people want to see of events: each with its counts, and who answered, waits and came. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rekindle.journey.bulk.editions import tally
from rekindle.journey.events.kinds import Kind, kind_of, period
from rekindle.journey.events.places import waiting_list
from rekindle.store.candidates import Candidate
from rekindle.store.editions import Edition
from rekindle.store.events import Answer, Event, Invitation
from rekindle.store.messages import Message
from states.programme import Programme


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event in a list; `answers` counts the invitations by what was answered."""

    slug: str
    title: str
    starts_at: datetime
    timezone: str
    where: str
    capacity: int | None
    answer_by: date
    answers: dict[str, int]
    came: int
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class GuestLine:
    """One invitation. `letter` is what became of the invitation's mail; None for whoever was asked in person."""

    candidate: str
    name: str
    letter: str | None
    answer: str
    answered_at: datetime | None
    waiting: int | None
    came: bool | None


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition of mail about an event."""

    id: int
    kind: str
    period: str
    state: str
    letters: dict[str, int]
    left_out: dict[str, int]


def events(session: Session, now: datetime, limit: int, *, everything: bool) -> tuple[list[EventLine], int]:
    """List events, soonest first, and how many there are; `everything`: also those that are over or cancelled."""
    query = select(Event).order_by(Event.starts_at, Event.id)
    if not everything:
        query = query.where(Event.ends_at > now, Event.cancelled_at.is_(None))
    rows = list(session.scalars(query))
    return [line(session, row) for row in rows[:limit]], len(rows)


def line(session: Session, event: Event) -> EventLine:
    """Return one event with its counts."""
    own = select(Invitation.answer, func.count()).where(Invitation.event_id == event.id).group_by(Invitation.answer)
    counts = {str(answer): count for answer, count in session.execute(own)}
    came = select(func.count()).select_from(Invitation)
    came = came.where(Invitation.event_id == event.id, Invitation.attended.is_(True))
    return EventLine(
        event.slug,
        event.title,
        event.starts_at,
        event.timezone,
        event.place or event.link or "",
        event.capacity,
        event.answer_by,
        {str(answer): counts[answer] for answer in Answer if answer in counts},
        session.scalar(came) or 0,
        event.cancelled_at,
    )


def guests(session: Session, event: Event, limit: int, answer: Answer | None = None) -> tuple[list[GuestLine], int]:
    """List who was invited or answered, by candidate, and how many there are; those who wait, in their order."""
    invite = select(Edition.id).where(
        Edition.programme == Programme.EVENT_INVITE, Edition.period == period(event.id, Kind.INVITE)
    )
    order = {each.id: position for position, each in enumerate(waiting_list(session, event.id), start=1)}
    query = (
        select(Invitation, Candidate, Message.state)
        .join(Candidate, Candidate.id == Invitation.candidate_id)
        .outerjoin(Message, (Message.candidate_id == Candidate.id) & Message.edition_id.in_(invite))
        .where(Invitation.event_id == event.id)
        .order_by(Invitation.candidate_id)
    )
    if answer:
        query = query.where(Invitation.answer == answer)
    found = [
        GuestLine(
            f"c-{person.id}",
            f"{person.given_name} {person.family_name}".strip(),
            str(state) if state else None,
            str(invitation.answer),
            invitation.answered_at,
            order.get(invitation.id),
            invitation.attended,
        )
        for invitation, person, state in session.execute(query)
    ]
    if answer is Answer.WAITING:
        found.sort(key=lambda each: each.waiting or 0)
    return found[:limit], len(found)


def editions(session: Session, event: Event) -> list[EditionLine]:
    """List the mail about an event, oldest first."""
    rows = session.scalars(select(Edition).where(Edition.event_id == event.id).order_by(Edition.id))
    return [
        EditionLine(row.id, str(kind_of(row.period)), row.period, str(row.state), tally(session, row.id), row.left_out)
        for row in rows
    ]
