"""Whom nobody has been in touch with for long: ids and days, those first who wait longest. Reads, and decides nothing.

What it costs depends on how many are due, not on how many there are: every query walks an index and stops.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from rekindle.journey.warming.readiness import Interval
from rekindle.store.candidates import Candidate
from states.candidate import CandidateState

PAGE = 500
_OWN = (Candidate.check_in_days, Candidate.check_in_most_days)
#: As the partial index has it: SQLite uses that only for a query with the very same words.
_HAS_OWN = or_(*(column.is_not(None) for column in _OWN))
_HAS_NONE = and_(*(column.is_(None) for column in _OWN))


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody nobody has been in touch with since `last_contact_on`, and the interval that holds for them."""

    candidate_id: int
    last_contact_on: date
    interval: Interval

    @property
    def due_on(self) -> date:
        return self.last_contact_on + timedelta(days=self.interval.days)

    def is_late(self, today: date) -> bool:
        """Say whether the longest time that may pass has passed."""
        return today - self.last_contact_on > timedelta(days=self.interval.most_days)

    def turn(self, today: date) -> tuple[bool, date, int]:
        """Sort by this: who is late comes first, and then who waits longest."""
        return not self.is_late(today), self.last_contact_on, self.candidate_id


def quiet(session: Session, today: date, team: Interval) -> Iterator[Quiet]:
    """Give everybody who is nurturing and whose interval is over, in the order in which they get their turn."""
    own = sorted(_with_own(session, today, team), key=lambda each: each.turn(today))
    return merge(own, _by_team(session, today, team), key=lambda each: each.turn(today))


def _by_team(session: Session, today: date, team: Interval) -> Iterator[Quiet]:
    """Walk the index page by page: whoever has had enough for today stops, and the rest is not read."""
    after: ColumnElement[bool] | None = None
    while True:
        query = _quiet_since(today - timedelta(days=team.days)).where(_HAS_NONE).limit(PAGE)
        rows = session.execute(query if after is None else query.where(after)).all()
        yield from (Quiet(candidate_id, on, team) for candidate_id, on in rows)
        if len(rows) < PAGE:
            return
        after = tuple_(Candidate.last_contact_on, Candidate.id) > (rows[-1][1], rows[-1][0])


def _with_own(session: Session, today: date, team: Interval) -> Iterator[Quiet]:
    """Give those with days of their own: one look at the index for each pair of days there is."""
    for days, most in _pairs(session):
        interval = team.with_own(days, most)
        theirs = [_is(column, value) for column, value in zip(_OWN, (days, most), strict=True)]
        query = _quiet_since(today - timedelta(days=interval.days)).where(_HAS_OWN, *theirs)
        yield from (Quiet(candidate_id, on, interval) for candidate_id, on in session.execute(query))


def _pairs(session: Session) -> Iterator[tuple[int | None, int | None]]:
    """Give each pair of days that somebody has."""
    days, most = _OWN
    for own_days in _values(session, days):
        for own_most in _values(session, most, _is(days, own_days)):
            if (own_days, own_most) != (None, None):
                yield own_days, own_most


def _values(
    session: Session, column: InstrumentedAttribute[int | None], *where: ColumnElement[bool]
) -> Iterator[int | None]:
    """Give the values of a column of the index, stepping from one to the next: who shares one is not read."""
    found = session.scalar(select(func.min(column)).where(_HAS_OWN, *where))
    while found is not None:
        yield found
        found = session.scalar(select(func.min(column)).where(_HAS_OWN, *where, column > found))
    yield None


def _quiet_since(day: date) -> Select[tuple[int, date | None]]:
    nurturing = (Candidate.state == CandidateState.NURTURING, Candidate.last_contact_on <= day)
    in_turn = (Candidate.last_contact_on, Candidate.id)
    return select(Candidate.id, Candidate.last_contact_on).where(*nurturing).order_by(*in_turn)


def _is(column: InstrumentedAttribute[int | None], value: int | None) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value
