"""Everything on record about one candidate, in the order it happened. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.store.applications import Application, applications_of
from rekindle.store.messages import Message
from rekindle.store.moves import MoveRow
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from states.candidate import named


@dataclass(frozen=True, slots=True)
class Event:
    """One thing on record. `sayable` is None where the question does not arise."""

    on: date
    kind: str
    text: str
    sayable: bool | None = None


def timeline(session: Session, candidate_id: int) -> list[Event]:
    """Return applications, notes, touches, moves and messages, oldest first."""
    events = [
        *_applications(session, candidate_id),
        *(_note(row) for row in session.scalars(select(Note).where(Note.candidate_id == candidate_id))),
        *(_touch(row) for row in session.scalars(select(Touch).where(Touch.candidate_id == candidate_id))),
        *(_move(row) for row in session.scalars(select(MoveRow).where(MoveRow.candidate_id == candidate_id))),
        *(_message(row) for row in session.scalars(select(Message).where(Message.candidate_id == candidate_id))),
    ]
    return sorted(events, key=lambda event: event.on)


def _applications(session: Session, candidate_id: int) -> Iterator[Event]:
    for row in applications_of(session, [candidate_id]).get(candidate_id, []):
        what = ", ".join(filter(None, (row.role, row.level, row.team)))
        if row.applied_on:
            yield Event(row.applied_on, "applied", what)
        if row.last_interview_on:
            yield Event(row.last_interview_on, "interviewed", f"{what}: {row.last_stage or 'stage not recorded'}")
        yield Event(row.decided_on or row.applied_on or date.min, row.outcome, f"{what}: {_ending(row)}")
        if row.reason:
            yield Event(row.decided_on or date.min, "reason", row.reason, row.reason_sayable)


def _ending(row: Application) -> str:
    told = (
        f"told in a {row.rejection} way" if row.rejection in {"personal", "generic"} else "how it was told is unknown"
    )
    if row.rejection == "none":
        told = "never told"
    return ", ".join(
        filter(None, ("finalist" if row.finalist else "", told, row.promise and f"promised: {row.promise}"))
    )


def _note(row: Note) -> Event:
    source = f" ({row.source})" if row.source else ""
    return Event(row.on or row.created_at.date(), f"note: {row.kind}", f"{row.text}{source}", row.sayable)


def _touch(row: Touch) -> Event:
    return Event(row.on, f"{row.channel} {row.direction}", row.summary or "")


def _move(row: MoveRow) -> Event:
    hand = f"{row.actor} {row.by}" if row.by else str(row.actor)
    text = f"{row.trigger}: {named(row.source)} → {row.target}, by {hand}: {row.reason}"
    return Event(_day(row.at), "moved", text)


def _message(row: Message) -> Event:
    why = f": {row.reason}" if row.reason else ""
    return Event(_day(row.sent_at or row.sending_at or row.created_at), "message", f"{row.programme} {row.state}{why}")


def _day(at: datetime) -> date:
    return at.date()
