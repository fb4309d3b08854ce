"""Who is maintained, lapsing or cold, and on which record that rests: the queries of `readiness`. Reads only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from rekindle.journey.warming.readiness import (
    KEPT_WARM,
    Evidence,
    Interval,
    Readiness,
    Warmth,
    contact_days,
    warmth,
)
from rekindle.store.applications import Application, applications_of
from rekindle.store.candidates import Candidate
from rekindle.store.messages import Message
from rekindle.store.touches import Touch

_OWN_DAYS = (Candidate.check_in_days, Candidate.check_in_most_days)


@dataclass(frozen=True, slots=True)
class Lapsing:
    """Somebody who is about to go cold, with the role they are remembered by."""

    candidate_id: int
    role: str | None
    warmth: Warmth


def is_kept_warm(person: Candidate) -> bool:
    return person.state in KEPT_WARM


def warmth_of(session: Session, people: Sequence[Candidate], team: Interval, today: date) -> dict[int, Warmth]:
    """Return candidate id -> how warm they are, for those of a page who are kept warm at all."""
    kept = [person for person in people if is_kept_warm(person)]
    ids = [person.id for person in kept]
    touched, applications = _last_touches(session, ids), applications_of(session, ids)
    return {
        person.id: warmth(
            _evidence(person, touched.get(person.id), applications.get(person.id, [])),
            team.with_own(person.check_in_days, person.check_in_most_days),
            today,
        )
        for person in kept
    }


def are(session: Session, wanted: Readiness, team: Interval, today: date) -> ColumnElement[bool]:
    """Say in SQL who is `wanted`: a range of days for each interval in use, so that the index on the days serves."""
    ranges = [and_(own, _contact_within(wanted, interval, today)) for own, interval in _intervals(session, team)]
    return and_(Candidate.state.in_(KEPT_WARM), or_(*ranges))


def counts(session: Session, whose: ColumnElement[bool], team: Interval, today: date) -> dict[Readiness, int]:
    """Count those who are kept warm by readiness; `whose` narrows it, and may be true()."""
    people = select(func.count()).select_from(Candidate).where(whose)
    return {each: session.scalar(people.where(are(session, each, team, today))) or 0 for each in Readiness}


def soonest_cold(
    session: Session, whose: ColumnElement[bool], team: Interval, today: date, most: int
) -> tuple[list[Lapsing], int]:
    """Return who goes cold next, soonest first and `most` of them, and how many are lapsing in all."""
    lapsing = and_(Candidate.state.in_(KEPT_WARM), whose)
    found: list[tuple[date, Candidate]] = []
    total = 0
    for own, interval in _intervals(session, team):
        mine = and_(lapsing, own, _contact_within(Readiness.LAPSING, interval, today))
        total += session.scalar(select(func.count()).select_from(Candidate).where(mine)) or 0
        query = select(Candidate).where(mine).order_by(Candidate.last_contact_on, Candidate.id).limit(most)
        found += ((_cold_on(person, interval), person) for person in session.scalars(query))
    first = [person for _, person in sorted(found, key=lambda each: (each[0], each[1].id))[:most]]
    applications = applications_of(session, [person.id for person in first])
    known = warmth_of(session, first, team, today)
    return [Lapsing(each.id, _role(applications.get(each.id, [])), known[each.id]) for each in first], total


def _intervals(session: Session, team: Interval) -> Iterator[tuple[ColumnElement[bool], Interval]]:
    """Give whom an interval holds for, with the interval: most have the team's, few their own."""
    yield and_(*(column.is_(None) for column in _OWN_DAYS)), team
    # In the words of the index of those few, which is used for no others.
    has_own = or_(*(column.is_not(None) for column in _OWN_DAYS))
    for days, most_days in session.execute(select(*_OWN_DAYS).where(has_own).distinct()).tuples():
        pair = zip(_OWN_DAYS, (days, most_days), strict=True)
        theirs = (column.is_(None) if value is None else column == value for column, value in pair)
        yield and_(has_own, *theirs), team.with_own(days, most_days)


def _contact_within(wanted: Readiness, interval: Interval, today: date) -> ColumnElement[bool]:
    first, last = contact_days(wanted, interval, today)
    limits = [Candidate.last_contact_on >= first] if first else []
    limits += [Candidate.last_contact_on <= last] if last else []
    never = Candidate.last_contact_on.is_(None) if wanted is Readiness.COLD else false()
    return or_(and_(*limits), never)


def _cold_on(person: Candidate, interval: Interval) -> date:
    assert person.last_contact_on is not None
    return warmth(Evidence(person.last_contact_on, "", ""), interval, person.last_contact_on).cold_on or date.max


def _last_touches(session: Session, ids: Iterable[int]) -> dict[int, Touch]:
    """Return the newest personal touch of each: news to many is no contact with one."""
    personal = or_(Touch.message_id.is_(None), Message.occasion.is_not(None))
    query = (
        select(Touch)
        .outerjoin(Message, Message.id == Touch.message_id)
        .where(Touch.candidate_id.in_(ids), personal)
        .order_by(Touch.candidate_id, Touch.on, Touch.id)
    )
    return {touch.candidate_id: touch for touch in session.scalars(query)}


def _evidence(person: Candidate, touch: Touch | None, applications: Sequence[Application]) -> Evidence | None:
    """Find the record of the day that the candidate's row knows, so that lists and pages never differ.

    A day of which there is none is the one on which somebody came in, with no dated contact.
    """
    last = person.last_contact_on
    if last is None:
        return None
    if touch and touch.on == last:
        return Evidence(last, f"{touch.channel} {touch.direction}", f"t-{touch.id}")
    for row in applications:
        if row.decided_on == last:
            return Evidence(last, "rejection" if row.outcome == "rejected" else row.outcome, f"a-{row.id}")
        if row.last_interview_on == last:
            return Evidence(last, "interview", f"a-{row.id}")
    return Evidence(last, "taken in", f"c-{person.id}")


def _role(applications: Sequence[Application]) -> str | None:
    return applications[0].role if applications else None
