"""When a mail may arrive where its reader lives: not at night, not on a day off. Pure but for the calendar library.

Holidays are those of the country as a whole; what only a region keeps is a working day here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

_MIDNIGHT = time(0)
#: After so many days shut in a row the calendar is wrong, not the mail.
_LONGEST_BREAK = 30


@dataclass(frozen=True, slots=True)
class Hours:
    """What the team's policy says of all readers, and what holds where a record says nothing."""

    since: time
    #: The end of the day's mail; midnight is the end of the day.
    until: time
    #: Monday is 0.
    days: frozenset[int]
    holidays: bool
    country: str
    zone: str


class Lives(Protocol):
    """Somebody who lives somewhere, as far as it is known."""

    @property
    def timezone(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...


class Shut(NamedTuple):
    """A mail has to wait, until when, and why in a few words."""

    until: datetime
    why: str


def shut(hours: Hours, person: Lives, now: datetime) -> Shut | None:
    """Say until when a mail to this person has to wait; None when it may go now."""
    zone = _zone(person.timezone or hours.zone, hours.zone)
    country = person.country or _country(person.timezone) or hours.country
    here = now.astimezone(zone)
    why = _closed(hours, here, country)
    if why is None:
        return None
    opens = _next_opening(hours, here, country)
    # Through the zone again: an hour that summer time skips opens when it is over.
    return Shut(opens.astimezone(now.tzinfo), why)


def opens(hours: Hours, after: datetime) -> datetime:
    """Return from when on, not before `after`, mail may go where the team itself works."""
    here = after.astimezone(_zone(hours.zone, hours.zone))
    if not _closed(hours, here, hours.country):
        return after
    return _next_opening(hours, here, hours.country).astimezone(after.tzinfo)


def _closed(hours: Hours, here: datetime, country: str) -> str | None:
    if why := _day_off(hours, here.date(), country):
        return why
    late = hours.until != _MIDNIGHT and here.time() >= hours.until
    return "it is late where the candidate lives" if late or here.time() < hours.since else None


def _day_off(hours: Hours, day: date, country: str) -> str | None:
    if day.weekday() not in hours.days:
        return "it is a day without mail where the candidate lives"
    if hours.holidays and day in _holidays(country, day.year):
        return "it is a public holiday where the candidate lives"
    return None


def _next_opening(hours: Hours, here: datetime, country: str) -> datetime:
    today = datetime.combine(here.date(), hours.since, here.tzinfo)
    for ahead in range(_LONGEST_BREAK):
        opens = today + timedelta(days=ahead)
        if opens > here and not _day_off(hours, opens.date(), country):
            return opens
    return today + timedelta(days=_LONGEST_BREAK)


@lru_cache(maxsize=512)
def _holidays(country: str, year: int) -> frozenset[date]:
    # Imported here: it costs a third of a second, and only who delivers needs it.
    from holidays import country_holidays  # noqa: PLC0415

    try:
        return frozenset(country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


def _country(zone: str | None) -> str | None:
    return _countries().get(zone) if zone else None


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """Return zone -> the country that its principal town lies in (the time zone database's zone.tab)."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {row[2]: row[0] for row in rows}


@lru_cache(maxsize=1024)
def _zone(name: str, fallback: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # Records come from elsewhere, with zones that nobody has ever heard of.
        return ZoneInfo(fallback)
