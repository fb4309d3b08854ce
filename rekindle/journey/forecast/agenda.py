"""When something happens in the days to come, to whomever: the schedules of the settings, written out. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from rekindle.journey.bulk import periods
from rekindle.journey.bulk.periods import Quarterly


class Kind(IntEnum):
    """What is looked at; of two at one instant the lower comes first."""

    HOUSEKEEPING = 1
    #: What is due and not planned yet: invitations to events.
    PLAN = 2
    UPDATE = 3
    CHECK_INS = 4


@dataclass(frozen=True, slots=True, order=True)
class Appointment:
    at: datetime
    kind: Kind
    #: The period of an update.
    name: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """The times of day of the settings, and their zone."""

    zone: ZoneInfo
    housekeeping: time
    plan: time
    check_ins: time
    #: The days on which mail may go, and check-ins are drafted; Monday is 0.
    days: frozenset[int]


def agenda(
    now: datetime,
    until: datetime,
    times: Times,
    quarterly: Quarterly,
    catch_up: timedelta,
    planned: Collection[str],
    empty: Collection[str] = (),
) -> list[Appointment]:
    """List what happens from `now` to `until`, in order; updates of `planned` periods have been planned already.

    `empty` ones, too, and they found nobody: at their own time they begin anew, and nothing makes up for them.
    """
    found = [*_daily(now, until, times), *_updates(now, until, quarterly, planned)]
    if missed := _missed(now, times, quarterly, catch_up, {*planned, *empty}):
        found.append(missed)
    return sorted(each for each in found if now <= each.at <= until)


def _daily(now: datetime, until: datetime, times: Times) -> Iterator[Appointment]:
    day = now.astimezone(times.zone).date()
    while (here := _at(day, times.housekeeping, times.zone)) <= until:
        yield Appointment(here, Kind.HOUSEKEEPING)
        yield Appointment(_at(day, times.plan, times.zone), Kind.PLAN)
        if day.weekday() in times.days:
            yield Appointment(_at(day, times.check_ins, times.zone), Kind.CHECK_INS)
        day += timedelta(days=1)


def _updates(now: datetime, until: datetime, when: Quarterly, planned: Collection[str]) -> Iterator[Appointment]:
    at = periods.latest(when, until)
    while at > now:
        if (name := _period(when, at)) not in planned:
            yield Appointment(at, Kind.UPDATE, name)
        at = periods.latest(when, at - timedelta(minutes=1))


def _missed(
    now: datetime, times: Times, when: Quarterly, catch_up: timedelta, planned: Collection[str]
) -> Appointment | None:
    """Return the update whose time is past and which the next plan makes up for."""
    at = periods.latest(when, now)
    plans = (_at(now.astimezone(times.zone).date() + timedelta(days=ahead), times.plan, times.zone) for ahead in (0, 1))
    plan = next(instant for instant in plans if instant >= now)
    name = _period(when, at)
    return Appointment(plan, Kind.UPDATE, name) if name not in planned and plan - at <= catch_up else None


def _period(when: Quarterly, at: datetime) -> str:
    return periods.name_of(at.astimezone(when.zone).date())


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
