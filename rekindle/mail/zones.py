"""A time zone as a calendar file carries it (VTIMEZONE, RFC 5545 section 3.6.5): exact around one event. Pure.

The library's own table is off by an hour where clocks go forward, and as long as the letter.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

#: Zones that still change their clocks do so within a year.
_YEAR = timedelta(days=366)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=64)
def zone_of(name: str, starts_at: datetime, ends_at: datetime) -> Timezone:
    """Return the zone with every change of its clocks from a year before an event to a year after it."""
    zone = ZoneInfo(name)
    found = Timezone()
    found.add("tzid", name)
    first, last = starts_at.astimezone(UTC) - _YEAR, ends_at.astimezone(UTC) + _YEAR
    changes = list(_changes(zone, first, last))
    # Before the first change, and where there is none: what the clock showed a year before the event.
    found.add_component(_observance(_BEFORE_ALL.replace(tzinfo=None), first, first, zone))
    for change in changes:
        before = change - _SECOND
        # The onset is told by the clock that is about to change (RFC 5545 section 3.6.5).
        onset = (change + _offset(before, zone)).replace(tzinfo=None)
        found.add_component(_observance(onset, before, change, zone))
    return found


def _observance(
    onset: datetime, before: datetime, after: datetime, zone: ZoneInfo
) -> TimezoneStandard | TimezoneDaylight:
    component = TimezoneDaylight() if after.astimezone(zone).dst() else TimezoneStandard()
    component.add("dtstart", onset)
    component.add("tzoffsetfrom", _offset(before, zone))
    component.add("tzoffsetto", _offset(after, zone))
    component.add("tzname", after.astimezone(zone).tzname())
    return component


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Give the instants, to the second, at which the offset changes."""
    early = first
    while early < last:
        late = early + _DAY
        if _offset(early, zone) != _offset(late, zone):
            yield _between(zone, early, late)
        early = late


def _between(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    before = _offset(early, zone)
    while late - early > _SECOND:
        middle = (early + (late - early) / 2).replace(microsecond=0)
        early, late = (middle, late) if _offset(middle, zone) == before else (early, middle)
    return late.replace(microsecond=0)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()
