"""How warm somebody still is: maintained, lapsing or cold, by the day of the last personal contact. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from states.candidate import CandidateState

#: Of whom it is asked. Who is in interviews, works here or wants nothing more is neither warm nor cold.
KEPT_WARM: Final = (CandidateState.REJECTED_WARM, CandidateState.NURTURING, CandidateState.RE_ENGAGED)


class Readiness(StrEnum):
    """What a letter about a role would meet."""

    #: Somebody was in touch with them within the ideal interval.
    MAINTAINED = "maintained"
    #: Longer ago than that, and not yet too long.
    LAPSING = "lapsing"
    #: Too long ago, or never: a letter has to begin with owning up to it.
    COLD = "cold"


@dataclass(frozen=True, slots=True)
class Interval:
    """Days between two personal contacts: the ideal, and at most."""

    days: int
    most_days: int

    def with_own(self, days: int | None, most_days: int | None) -> "Interval":
        """Return the interval of one person, whose own days win over those of the team.

        Who wants to hear from us seldom is not cold before that: the ideal is never longer than the most.
        """
        if days is None and most_days is None:
            return self
        most = most_days if most_days is not None else max(self.most_days, days or 0)
        return Interval(min(days if days is not None else self.days, most), most)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The record a readiness rests on: the last personal touch (t-), else the rejection (a-), else the row (c-)."""

    on: date
    what: str
    id: str

    def __str__(self) -> str:
        return f"{self.what} on {self.on} ({self.id})"


@dataclass(frozen=True, slots=True)
class Warmth:
    """How warm somebody is, since when, and what that rests on; both days are the first on which it holds."""

    readiness: Readiness
    evidence: Evidence | None
    lapses_on: date | None
    cold_on: date | None

    @property
    def reason(self) -> str:
        if self.evidence is None or self.cold_on is None:
            return "no contact is on record"
        turns = f"cold since {self.cold_on}" if self.readiness is Readiness.COLD else f"cold from {self.cold_on} on"
        return f"last contact: {self.evidence}; {turns}"


def readiness(last_contact_on: date | None, interval: Interval, today: date) -> Readiness:
    """Judge one person: up to `days` after the contact maintained, up to `most_days` lapsing, then cold."""
    if last_contact_on is None or today - last_contact_on > timedelta(days=interval.most_days):
        return Readiness.COLD
    if today - last_contact_on > timedelta(days=interval.days):
        return Readiness.LAPSING
    return Readiness.MAINTAINED


def warmth(evidence: Evidence | None, interval: Interval, today: date) -> Warmth:
    """Judge by the record of the last contact, and say when that changes."""
    if evidence is None:
        return Warmth(Readiness.COLD, None, None, None)
    lapses_on, cold_on = (evidence.on + timedelta(days=days + 1) for days in (interval.days, interval.most_days))
    return Warmth(readiness(evidence.on, interval, today), evidence, lapses_on, cold_on)


def contact_days(wanted: Readiness, interval: Interval, today: date) -> tuple[date | None, date | None]:
    """Return the first and the last day on which the last contact was, for whoever is `wanted`; None is no limit.

    The same rule as `readiness`, the other way round: what a database is asked.
    """
    ideal, most = (today - timedelta(days=days) for days in (interval.days, interval.most_days))
    match wanted:
        case Readiness.MAINTAINED:
            return ideal, None
        case Readiness.LAPSING:
            return most, ideal - timedelta(days=1)
        case Readiness.COLD:
            return None, most - timedelta(days=1)
