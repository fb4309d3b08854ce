"""Reminds whoever is asked, once, before an approval expires; whoever stands in for them gets it in their place.

A reminder names approvals and holds no candidate's name: it goes through mailboxes we know little about.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from rekindle.journey.delivery import NextRound, Outcomes
from rekindle.journey.footing import House
from rekindle.journey.sending import Outgoing
from rekindle.mail.catalogue import ApprovalReminder
from rekindle.mail.compose import Composer, Letterhead
from rekindle.mail.correspondent import Correspondent, ascii_address
from rekindle.mail.outcome import Accepted
from rekindle.mail.render import Renderer
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.delegations import delegate_of
from rekindle.store.engine import Store, changed

EMAIL = "approval-reminder"


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one colleague is reminded of."""

    to: str
    approvals: tuple[Approval, ...]


def due(session: Session, now: datetime, before: timedelta, deciders: Mapping[str, frozenset[str]]) -> list[Reminder]:
    """Return who is to be reminded of what: approvals that expire within `before` and nobody was reminded of.

    `deciders` are the team's people with their roles, those who have left not among them.
    """
    soon = (Approval.state == ApprovalState.WAITING, Approval.reminded_at.is_(None), Approval.due_at > now)
    awake = or_(Approval.not_before.is_(None), Approval.not_before <= now)
    query = select(Approval).where(*soon, Approval.due_at <= now + before, awake).order_by(Approval.due_at, Approval.id)
    whom: dict[str, list[Approval]] = {}
    for row in session.scalars(query):
        for address in _asked(session, row, now, deciders):
            whom.setdefault(address, []).append(row)
    return [Reminder(address, tuple(rows)) for address, rows in sorted(whom.items())]


def _asked(session: Session, row: Approval, now: datetime, deciders: Mapping[str, frozenset[str]]) -> list[str]:
    """Return whom an approval is meant for and who may decide it: one person, or everybody with the role."""
    may = [address for address, roles in deciders.items() if roles & set(row.deciders) and address != row.barred]
    if row.assignee is None:
        return may
    place = delegate_of(session, row.assignee, now.date()) or row.assignee
    return [place] if place in may else may


def rounds(
    store: Store, reminders: Sequence[Reminder], write: Callable[[int, Reminder, datetime], Outgoing], now: datetime
) -> NextRound:
    """Return the step by which the delivery loop sends reminders: each is written down first, then handed over.

    What no server took was no reminder: the next pass tries it again.
    """
    waiting = list(enumerate(reminders))
    numbered = dict(waiting)

    def step(done: Outcomes, room: int) -> list[Outgoing]:
        with store.writing() as session:
            for number, outcome in done:
                if not isinstance(outcome, Accepted):
                    _mark(session, numbered[number], now, None)
            batch = [waiting.pop(0) for _ in range(min(room, len(waiting)))]
            mine = [(number, each) for number, each in batch if _mark(session, each, None, now)]
        return [write(number, each, now) for number, each in mine]

    return step


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes reminders in the house's name."""

    house: House
    renderer: Renderer
    domain: str

    def write(self, number: int, reminder: Reminder, now: datetime) -> Outgoing:
        """Write the bytes of one reminder; `number` takes the place of a message's id."""
        name, _ = self.house.people.get(reminder.to, ("", ""))
        lines = tuple((row.id, row.question, f"{row.due_at:%Y-%m-%d %H:%M} UTC") for row in reminder.approvals)
        sender = Correspondent(self.house.sender_name, self.house.sender_address)
        data = Composer(Letterhead(sender, approved=False)).compose(
            self.renderer.render(EMAIL, ApprovalReminder(name=name, lines=lines)),
            to=Correspondent(name, reminder.to),
            message_id=f"<{secrets.token_hex(12)}@{self.domain}>",
            now=now,
        )
        return Outgoing(number, self.house.sender_address, ascii_address("To", reminder.to), data)


def _mark(session: Session, reminder: Reminder, old: datetime | None, new: datetime | None) -> int:
    """Write down that somebody was reminded, or that they were not after all; return of how many approvals."""
    before = Approval.reminded_at.is_(None) if old is None else Approval.reminded_at == old
    ids = [row.id for row in reminder.approvals]
    return changed(session, update(Approval).where(Approval.id.in_(ids), before).values(reminded_at=new))
