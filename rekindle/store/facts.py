"""Gathers the Facts that guards ask about, for a page of candidates in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from rekindle.store.applications import Application, applications_of
from rekindle.store.candidates import Candidate
from rekindle.store.messages import MAILED, Message
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
    select(Message.candidate_id, func.max(Message.sending_at), func.count())
    .where(Message.candidate_id.in_(_IDS), Message.state.in_(MAILED), Message.sending_at > bindparam("since"))
    .group_by(Message.candidate_id)
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the team's policy adds to the records: days to cool off, and the contact budget of one person."""

    cool_off_days: int
    min_days: int
    max_per_year: int


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
    for person in people:
        set_committed_value(person, "applications", applications.get(person.id, []))
    return {person.id: _facts(person, mails.get(person.id), now, limits) for person in people}


def _facts(
    person: Candidate,
    mails: tuple[datetime, int] | None,
    now: datetime,
    limits: Limits,
) -> Facts:
    applications = person.applications
    newest = applications[0] if applications else None
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
        budget_free=_within_budget(mails, now, limits),
    )


def _last_rejection(applications: Sequence[Application]) -> date | None:
    return max((row.decided_on for row in applications if row.decided_on), default=None)


def _within_budget(mails: tuple[datetime, int] | None, now: datetime, limits: Limits) -> bool:
    last, in_a_year = mails or (None, 0)
    rested = last is None or now - last >= timedelta(days=limits.min_days)
    return rested and in_a_year < limits.max_per_year


def _mails(session: Session, ids: Sequence[int], now: datetime) -> dict[int, tuple[datetime, int]]:
    """Return candidate id -> when the last mail went and how many went in a year, also those that may have gone."""
    told = {"ids": ids, "since": now - _YEAR}
    return {candidate_id: (last, count) for candidate_id, last, count in session.execute(_MAILS, told)}
