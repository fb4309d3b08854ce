"""Deals the letters of an edition over several working days. Sets days only; the hour is for the sender to keep.

Dealt like cards, company by company: no day begins with one letter of the alphabet, and no company has it all at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rekindle.journey.events.kinds import is_service
from rekindle.journey.outbox.hours import Hours, opens
from rekindle.store.candidates import Candidate
from rekindle.store.editions import Edition
from rekindle.store.engine import changed
from rekindle.store.events import Event
from rekindle.store.messages import Message
from states.message import MessageState

#: So many letters are given their day in one statement.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Spread:
    """Over how many working days an edition goes out; `hours` say which days those are where the team works."""

    days: int
    hours: Hours

    def starts(self, now: datetime) -> list[datetime]:
        """Return from when on each day's letters may go: the first at once, the others when their day begins."""
        zone, day, found = ZoneInfo(self.hours.zone), opens(self.hours, now), [now]
        for _ in range(1, self.days):
            tomorrow = day.astimezone(zone).date() + timedelta(days=1)
            day = opens(self.hours, datetime.combine(tomorrow, time(), zone))
            found.append(day.astimezone(UTC))
        return found

    def until(self, last: date | None, now: datetime) -> list[datetime]:
        """Return the same without the days after `last`: nobody is invited when it is too late to answer."""
        return [day for day in self.starts(now) if last is None or day.date() <= last] or [now]


def starts(session: Session, edition: Edition, spread: Spread | None, now: datetime) -> list[datetime]:
    """Return from when on each day's part of an edition may go. What the guests of an event are owed goes at once."""
    event = session.get_one(Event, edition.event_id) if edition.event_id else None
    if spread is None or (event and is_service(edition.period)):
        return [now]
    return spread.until(event.answer_by if event else None, now)


def deal(cards: Sequence[tuple[str | None, str]], days: int) -> list[int]:
    """Return on which of so many days each is dealt, from 0: `cards` are company and key, the key in no order at all.

    The same cards are always dealt alike.
    """
    order = sorted(range(len(cards)), key=lambda each: (cards[each][0] or "", cards[each][1]))
    found = [0] * len(cards)
    for place, each in enumerate(order):
        found[each] = place % days
    return found


def let_go(session: Session, edition_id: int, old: MessageState, days: Sequence[datetime]) -> int:
    """Let the letters of an edition go that are `old`, an equal part of them from each of `days` on; return how many.

    A letter that has changed its state meanwhile, by a stop or a cancelling, is left as it is.
    """
    waiting = (Message.edition_id == edition_id, Message.state == old)
    whose = select(Message.id, Candidate.domain, Candidate.key).join(Candidate, Candidate.id == Message.candidate_id)
    rows = session.execute(whose.where(*waiting).order_by(Message.id)).all()
    dealt = deal([(domain, key) for _, domain, key in rows], len(days))
    done = 0
    for number, due in enumerate(days):
        # A letter's age is counted from its own day on.
        values = {"state": MessageState.APPROVED, "reason": None, "due_at": due, "released_at": due}
        part = [row.id for row, day in zip(rows, dealt, strict=True) if day == number]
        for first in range(0, len(part), _AT_ONCE):
            own = (Message.id.in_(part[first : first + _AT_ONCE]), *waiting)
            done += changed(session, update(Message).where(*own).values(**values))
    return done
