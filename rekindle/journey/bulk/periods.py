"""When a quarterly programme is due, and what its period is called. Pure; a period never comes from now."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

_PERIOD = re.compile(r"[1-9]\d{3}-Q[1-4]", re.ASCII)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Quarterly(Protocol):
    """The part of the settings that says when: the `week`th `weekday` of each of `months`, `at` in `zone`."""

    @property
    def months(self) -> tuple[int, ...]: ...
    @property
    def week(self) -> int: ...
    @property
    def weekday(self) -> str: ...
    @property
    def at(self) -> time: ...
    @property
    def zone(self) -> ZoneInfo: ...


def name_of(day: date) -> str:
    """Name the quarter a day lies in, such as 2026-Q4."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def is_period(name: str) -> bool:
    """Say whether this names a quarter."""
    return _PERIOD.fullmatch(name) is not None


def label_of(period: str) -> str:
    """Say a period as people write it: 2026-Q4 is "Q4 2026"."""
    year, quarter = period.split("-")
    return f"{quarter} {year}"


def latest(when: Quarterly, now: datetime) -> datetime:
    """Return the newest scheduled instant that is not after `now`, in UTC."""
    year = now.astimezone(when.zone).year
    instants = [_instant(when, year - back, month) for back in (0, 1) for month in when.months]
    return max(instant for instant in instants if instant <= now)


def cron(when: Quarterly) -> str:
    """Write the schedule as Prefect reads it, for example `0 10 * 1,4,7,10 TUE#2`."""
    months = ",".join(str(month) for month in sorted(when.months))
    return f"{when.at.minute} {when.at.hour} * {months} {when.weekday[:3].upper()}#{when.week}"


def daily(at: time) -> str:
    """Write a time of day as cron."""
    return f"{at.minute} {at.hour} * * *"


def weekly(at: time, weekday: str) -> str:
    """Write a time of one day of the week as cron."""
    return f"{at.minute} {at.hour} * * {weekday[:3].upper()}"


def on_days(at: time, weekdays: Collection[str]) -> str:
    """Write a time of day on some days of the week as cron, for example `30 6 * * MON,TUE`."""
    days = ",".join(day[:3].upper() for day in _WEEKDAYS if day in weekdays)
    return f"{at.minute} {at.hour} * * {days}"


def _instant(when: Quarterly, year: int, month: int) -> datetime:
    first = date(year, month, 1)
    ahead = (_WEEKDAYS.index(when.weekday) - first.weekday()) % 7 + 7 * (when.week - 1)
    return datetime.combine(first + timedelta(days=ahead), when.at, tzinfo=when.zone).astimezone(UTC)
