"""Gathers the Facts that guards ask about, for a page of candidates in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from rekindle.store.applications import Application, applications_of
from rekindle.store.candidates import Candidate
from rekindle.store.messages import MAILED, UNDER_WAY, Message
from rekindle.store.touches import Touch, morning, sent_by_hand
from states.facts import Facts

_YEAR = timedelta(days=365)
_WITH_US = {"hired", "open"}
_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
# Written once: building a statement costs as much as running it, and the sender asks for every few letters.
_PEOPLE = (
    select(Candidate)
    .where(Candidate.id.in_(_IDS))
    # In order of id, as whoever changes several of them has to: then two never wait for each other.
    .order_by(Candidate.id)
    .execution_options(populate_existing=True)
)
_MAILS = (
    select(Message.candidate_id, func.min(Message.sending_at), func.max(Message.sending_at), func.count())
    .where(Message.candidate_id.in_(_IDS), Message.state.in_(MAILED), Message.sending_at > bindparam("since"))
    .group_by(Message.candidate_id)
)
_BY_HAND = (
    select(Touch.candidate_id, func.min(Touch.on), func.max(Touch.on), func.count())
    .where(Touch.candidate_id.in_(_IDS), Touch.on > bindparam("since"), sent_by_hand())
    .group_by(Touch.candidate_id)
)
_LETTERS = select(Message.candidate_id).where(
    Message.candidate_id.in_(_IDS), Message.occasion.is_not(None), Message.state.in_(UNDER_WAY)
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the team's policy adds to the records: days to cool off, and the contact budget of one person."""

    cool_off_days: int
    min_days: int
    max_per_year: int


class Mails(NamedTuple):
    """What somebody had from us within a year."""

    first: datetime
    last: datetime
    how_many: int

    def with_others(self, other: "Mails") -> "Mails":
        return Mails(min(self.first, other.first), max(self.last, other.last), self.how_many + other.how_many)


def facts_of(session: Session, ids: Sequence[int], now: datetime, limits: Limits) -> dict[int, Facts]:
    """Return candidate id -> what is known at `now`, for those of `ids` that are stored.

    What concerns one letter or one answer (a role, a yes) is not gathered here and so refuses.
    """
    return facts_about(session, session.scalars(_PEOPLE, {"ids": ids}).all(), now, limits)


def facts_about(session: Session, people: Sequence[Candidate], now: datetime, limits: Limits) -> dict[int, Facts]:
    """Return the same for candidates whose rows have just been read.

    Their applications are left with them, for whoever writes to them next.
    """
    ids = [person.id for person in people]
    applications = applications_of(session, ids)
    mails = _mails(session, ids, now)
    waiting = frozenset(session.scalars(_LETTERS, {"ids": ids}))
    for person in people:
        set_committed_value(person, "applications", applications.get(person.id, []))
    return {
        person.id: _facts(person, mails.get(person.id), now, limits, letter_waits=person.id in waiting)
        for person in people
    }


def _facts(
    person: Candidate,
    mails: Mails | None,
    now: datetime,
    limits: Limits,
    *,
    letter_waits: bool,
) -> Facts:
    applications = person.applications
    newest = applications[0] if applications else None
    free, free_on = budget(person.most_per_year, mails, now, limits)
    return Facts(
        now=now,
        # Only runner-ups are stored: rekindle.journey.intake.classify said so when the candidate came in.
        runner_up=True,
        # A later import may say otherwise about somebody who was a runner-up when they came in.
        withdrew=newest is not None and (newest.outcome == "withdrew" or newest.rejected_by == "candidate"),
        with_us=any(row.outcome in _WITH_US for row in applications),
        decided_on=_last_rejection(applications),
        cool_off_days=limits.cool_off_days,
        has_address=person.address is not None,
        opted_out=person.opted_out_at is not None,
        unreachable=person.unreachable_since is not None,
        basis=person.basis,
        consent_until=person.consent_until,
        snoozed_until=person.snoozed_until,
        budget_free=free,
        budget_free_on=free_on,
        letter_waits=letter_waits,
        wants_updates=person.wants_updates,
        wants_events=person.wants_events,
        wants_openings=person.wants_openings,
    )


def _last_rejection(applications: Sequence[Application]) -> date | None:
    return max((row.decided_on for row in applications if row.decided_on), default=None)


def budget(own_most: int | None, mails: Mails | None, now: datetime, limits: Limits) -> tuple[bool, date | None]:
    """Say whether one more mail is within the budget; and if not, from which day on, where that is in sight.

    `own_most` is how many a year this person wants at most, `mails` what they had within a year.
    """
    most = limits.max_per_year if own_most is None else min(limits.max_per_year, own_most)
    if mails is None:
        return most > 0, None
    rested = mails.last + timedelta(days=limits.min_days)
    # When the oldest is a year old there is room for one more; with more than allowed, not even then.
    crowded = mails.how_many >= most
    if not crowded:
        return now >= rested, rested.date()
    in_sight = mails.how_many == most
    return False, max(rested, mails.first + _YEAR).date() if in_sight else None


def _mails(session: Session, ids: Sequence[int], now: datetime) -> dict[int, Mails]:
    """Return candidate id -> the mails of a year, also those that may have gone and those sent by hand."""
    since = now - _YEAR
    found = {row[0]: Mails(*row[1:]) for row in session.execute(_MAILS, {"ids": ids, "since": since})}
    for candidate_id, first, last, count in session.execute(_BY_HAND, {"ids": ids, "since": since.date()}):
        own = Mails(morning(first), morning(last), count)
        found[candidate_id] = own if candidate_id not in found else own.with_others(found[candidate_id])
    return found
