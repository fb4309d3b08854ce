"""Times called by a name of the calendar: a day, month, season, quarter or year, with or without the year it was in."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from types import MappingProxyType

from rekindle.courtesy.days import spans
from rekindle.courtesy.days.spans import Days
from rekindle.courtesy.entries import entry_in, places_in
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.scanning import Hit

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(/\d\d)?(?!\d)")
_YEAR_AFTER = re.compile(r"[\s,]{0,3}(?:(?:of|des jahres)\s+)?(?:((?:19|20)\d\d)(/\d\d)?|'(\d\d))(?!\d)")
_DAY_BEFORE = re.compile(r"(?<![\d.:])(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?$")
_DAY_AFTER = re.compile(r"\s+(\d{1,2})(?:st|nd|rd|th)?(?![\w:]|[.,]\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})([./])(\d{1,2})[./]((?:19|20)\d\d)(?!\d)")
_DIGIT = re.compile(r"\d[-./]\d")
_CENTURY, _A_YEAR = 2000, 365

#: A year if one is told, and the newest it can be.
Reading = Callable[[Hit, date, Phrases, int | None], tuple[Days, ...]]


def year_told(hit: Hit) -> tuple[int | None, int]:
    """Return the year that a time names or that stands right after it, and where in the sentence the words end."""
    if inside := _YEAR.search(hit.plain):
        return int(inside[1]), hit.end
    if after := _YEAR_AFTER.match(hit.sentence.plain, hit.end):
        return int(after[1]) if after[1] else _CENTURY + int(after[3]), after.end()
    return None, hit.end


def dates_in(plain: str) -> list[tuple[int, int, tuple[Days, ...]]]:
    """Return where a text has dates in digits, and the days they mean; 4/5/2026 may be two."""
    if not _DIGIT.search(plain):
        return []
    found = [
        (match.start(), match.end(), _days((int(match[1]), int(match[2]), int(match[3]))))
        for match in _ISO.finditer(plain)
    ]
    for match in _DOTTED.finditer(plain):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        either = ((year, month, day), (year, day, month)) if match[2] == "/" else ((year, month, day),)
        found.append((match.start(), match.end(), _days(*either)))
    return [each for each in found if each[2]]


def years_in(plain: str) -> list[tuple[int, int, Days]]:
    """Return where a text has a year, and its days."""
    if "20" not in plain and "19" not in plain:
        return []
    return [(match.start(1), match.end(1), spans.year_of(int(match[1]))) for match in _YEAR.finditer(plain)]


def _days(*told: tuple[int, int, int]) -> tuple[Days, ...]:
    days: list[Days] = []
    for year, month, day in told:
        with suppress(ValueError):
            days.append(spans.around(date(year, month, day)))
    return tuple(days)


def _month(hit: Hit, today: date, phrases: Phrases, year: int | None) -> tuple[Days, ...]:
    place, start = places_in(phrases.lists["months"], hit.plain)[0]
    month = place + 1
    if day := _day_of(hit, start):
        newest = today.year if (month, day) <= (today.month, today.day) else today.year - 1
        return _days((year or newest, month, day))
    if year:
        return (spans.month_in(month, year),)
    return spans.last_month_named(month, today) if hit.name == "time_last_month" else spans.newest_month(month, today)


def _day_of(hit: Hit, start: int) -> int | None:
    """Return the day of the month that stands before or after its name."""
    plain, begin = hit.sentence.plain, hit.start + start
    name_ends = begin + len(re.match(r"\w+", plain[begin:])[0])  # type: ignore[index]  # a month was found there
    found = _DAY_BEFORE.search(plain[max(0, begin - 10) : begin]) or _DAY_AFTER.match(plain, name_ends)
    return int(found[1]) if found else None


def _month_but_one(hit: Hit, today: date, phrases: Phrases, year: int | None) -> tuple[Days, ...]:
    """Return the month a year before the last one: "vorletzten November"."""
    place, _ = places_in(phrases.lists["months"], hit.plain)[0]
    return tuple(_a_year_earlier(days) for days in spans.last_month_named(place + 1, today)) if year is None else ()


def _season_but_one(hit: Hit, today: date, phrases: Phrases, year: int | None) -> tuple[Days, ...]:
    season = entry_in(phrases.lists["seasons"], hit.plain) or 0
    return tuple(_a_year_earlier(days) for days in spans.last_season(season, today)) if year is None else ()


def _a_year_earlier(days: Days) -> Days:
    return days[0] - timedelta(_A_YEAR), days[1] - timedelta(_A_YEAR)


def _season(hit: Hit, today: date, phrases: Phrases, year: int | None) -> tuple[Days, ...]:
    season = entry_in(phrases.lists["seasons"], hit.plain) or 0
    if year:
        return spans.season_in(season, year)
    return spans.last_season(season, today) if hit.name == "time_last_season" else spans.newest_season(season, today)


def _quarter(hit: Hit, today: date, phrases: Phrases, year: int | None) -> tuple[Days, ...]:
    first = 3 * (entry_in(phrases.lists["quarters"], hit.plain) or 0) + 1
    return (spans.months_in(year or (today.year if first <= today.month else today.year - 1), first, first + 2),)


def _half(first: int) -> Reading:
    return lambda _, today, __, year: (
        spans.months_in(year or (today.year if first <= today.month else today.year - 1), first, first + 5),
    )


def _around(first: tuple[int, int], feast: tuple[int, int], last: tuple[int, int]) -> Reading:
    """Return the days around a feast, of the newest one that is over."""

    def reading(_: Hit, today: date, __: Phrases, year: int | None) -> tuple[Days, ...]:
        newest = year or (today.year if date(today.year, *feast) <= today else today.year - 1)
        return ((date(newest, *first), date(newest + (last < first), *last)),)

    return reading


READINGS: Mapping[str, Reading] = MappingProxyType(
    {
        "time_last_season_but_one": _season_but_one,
        "time_last_month_but_one": _month_but_one,
        "time_last_season": _season,
        "time_this_season": _season,
        "time_season": _season,
        "time_last_month": _month,
        "time_this_month": _month,
        "time_month": _month,
        "time_quarter": _quarter,
        "time_first_half": _half(1),
        "time_second_half": _half(7),
        "time_christmas": _around((11, 20), (12, 24), (1, 20)),
        "time_easter": _around((3, 1), (4, 5), (5, 10)),
    }
)
