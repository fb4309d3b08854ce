"""The forecast as a page of its own: a calendar of what would go on which day, and the people behind it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from rekindle.journey.forecast.outlook import Outlook
from rekindle.resources import shipped

#: More people than a browser likes to show; --json has them all.
_MOST_PEOPLE = 500
_SHADES = 4


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; `shade` is 0 for nothing to 4 for the busiest."""

    on: date
    counts: Counter[str]
    shade: int

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def told(self) -> str:
        what = ", ".join(f"{count} {name}" for name, count in self.counts.most_common())
        return f"{self.on:%A, %d %B %Y}: {what or 'nothing'}"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar: `ahead` empty places before its first day, which stands under its weekday."""

    name: str
    ahead: int
    days: tuple[Day, ...]


def calendar_page(outlook: Outlook) -> str:
    """Return the page, whole in itself: it asks for nothing from anywhere."""
    folder = shipped("templates") / "reports"
    templates = Environment(
        loader=FileSystemLoader(folder), autoescape=select_autoescape(["html"]), undefined=StrictUndefined
    )
    receiving = [line for line in outlook.lines if line.receives]
    return templates.get_template("forecast.html").render(
        outlook=outlook,
        months=list(_months(outlook)),
        programmes=sorted(outlook.by_programme.items()),
        people=receiving[:_MOST_PEOPLE],
        receiving=len(receiving),
        reasons=outlook.reasons.most_common(),
    )


def _months(outlook: Outlook) -> Iterator[Month]:
    for _, days in groupby(_days(outlook), key=lambda day: (day.on.year, day.on.month)):
        own = tuple(days)
        yield Month(f"{own[0].on:%B %Y}", own[0].on.weekday(), own)


def _days(outlook: Outlook) -> Iterator[Day]:
    by_day = outlook.by_day
    busiest = max((counts.total() for counts in by_day.values()), default=0)
    day, last = (instant.astimezone(outlook.zone).date() for instant in (outlook.since, outlook.until))
    while day <= last:
        counts = by_day.get(day, Counter())
        yield Day(day, counts, -(-counts.total() * _SHADES // busiest) if busiest else 0)
        day += timedelta(days=1)
