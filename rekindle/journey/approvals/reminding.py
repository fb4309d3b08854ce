"""Reminds whoever is asked, once, before an approval expires; whoever stands in for them gets it in their place.

A reminder names approvals and holds no candidate's name: it goes through mailboxes we know little about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from rekindle.journey.outbox.colleagues import InHouse
from rekindle.journey.outbox.delivery import NextRound, Outcomes
from rekindle.journey.outbox.sending import Outgoing
from rekindle.mail.catalogue import ApprovalReminder
from rekindle.mail.correspondent import Correspondent
from rekindle.mail.outcome import Accepted
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.delegations import delegate_of
from rekindle.store.engine import Store

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
    """Return whom an approval is meant for, or everybody with the role: each, or whoever stands in for them."""
    may = [address for address, roles in deciders.items() if roles & set(row.deciders)]
    meant = [row.assignee] if row.assignee in may else may
    places = dict.fromkeys(delegate_of(session, address, now.date()) or address for address in meant)
    reached = [address for address in places if address in deciders and address != row.barred]
    return reached or [address for address in may if address != row.barred]


@dataclass(slots=True)
class _Pass:
    """One pass of reminding. An approval that several are asked about was reminded of once one of them has the mail."""

    now: datetime
    waiting: list[tuple[int, Reminder]]
    ours: set[int] = field(default_factory=set)
    given_back: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)

    def take(self, session: Session, room: int) -> list[tuple[int, Reminder]]:
        """Take the next reminders, without what another pass reminds of."""
        taken: list[tuple[int, Reminder]] = []
        while self.waiting and len(taken) < room:
            number, reminder = self.waiting.pop(0)
            self.ours |= _mark(session, {row.id for row in reminder.approvals} - self.ours, None, self.now)
            if mine := tuple(row for row in reminder.approvals if row.id in self.ours):
                taken.append((number, Reminder(reminder.to, mine)))
        return taken

    def settle(self, session: Session, reminder: Reminder, *, accepted: bool) -> None:
        """Give back what no server took, unless somebody else was told of it."""
        ids = {row.id for row in reminder.approvals} & self.ours
        if accepted:
            self.told |= ids
            _mark(session, ids & self.given_back, None, self.now)
        else:
            self.given_back |= _mark(session, ids - self.told, self.now, None)


def rounds(
    store: Store, reminders: Sequence[Reminder], write: Callable[[int, Reminder, datetime], Outgoing], now: datetime
) -> NextRound:
    """Return the step by which the delivery loop sends reminders: each is written down first, then handed over.

    What no server took was no reminder: the next pass tries it again.
    """
    numbered = dict(enumerate(reminders))
    mine = _Pass(now, list(numbered.items()))

    def step(done: Outcomes, room: int) -> list[Outgoing]:
        with store.writing() as session:
            for number, outcome in done:
                mine.settle(session, numbered[number], accepted=isinstance(outcome, Accepted))
            batch = mine.take(session, room)
        return [write(number, each, now) for number, each in batch]

    return step


class Scribe(InHouse):
    """Writes reminders in the house's name."""

    __slots__ = ()

    def write(self, number: int, reminder: Reminder, now: datetime) -> Outgoing:
        name = self.name_of(reminder.to)
        lines = tuple((row.id, row.question, f"{row.due_at:%Y-%m-%d %H:%M} UTC") for row in reminder.approvals)
        return self.compose(
            number, EMAIL, ApprovalReminder(name=name, lines=lines), Correspondent(name, reminder.to), now
        )


def _mark(session: Session, ids: set[int], old: datetime | None, new: datetime | None) -> set[int]:
    """Write down that somebody was reminded, or that nobody was after all; return of which approvals."""
    before = Approval.reminded_at.is_(None) if old is None else Approval.reminded_at == old
    statement = update(Approval).where(Approval.id.in_(ids), before).values(reminded_at=new).returning(Approval.id)
    return set(session.scalars(statement, execution_options={"synchronize_session": False}))
