"""Dates as people speak of them: "last spring" for a day, and the days that "last spring" can honestly mean.

Shared with what drafts the letters, so that what Rekindle writes is always what its own check takes for true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from rekindle.courtesy.days.moments import meant
from rekindle.courtesy.days.seasons import WINTER, last_one_over, season_of, season_start

__all__ = ["meant", "said"]

_WEEK, _YEAR = 7, 365.25
#: Up to these many days ago people count in days, weeks, months by name and last seasons; later in years.
_DAYS, _MONTHS, _SEASONS = 6, 53, 150
_TWO_YEARS = 730


@dataclass(frozen=True, slots=True)
class _Words:
    today: str
    yesterday: str
    days: str
    last_week: str
    #: From how many days on which words are used, latest first.
    weeks: tuple[tuple[int, str], ...]
    month: str
    month_year: str
    season_year: str
    years: str
    months: tuple[str, ...]
    last_seasons: tuple[str, str, str, str]
    seasons: tuple[str, str, str, str]
    #: Two, two and a half, three, … up to ten.
    numbers: tuple[str, ...]


_ENGLISH = _Words(
    today="today",
    yesterday="yesterday",
    days="a few days ago",
    last_week="last week",
    weeks=(
        (38, "six weeks ago"),
        (25, "about a month ago"),
        (18, "three weeks ago"),
        (11, "two weeks ago"),
        (0, "about a week ago"),
    ),
    month="in {month}",
    month_year="in {month} {year}",
    season_year="in {season} {year}",
    years="about {n} years ago",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    last_seasons=("last spring", "last summer", "last autumn", "last winter"),
    seasons=("spring", "summer", "autumn", "winter"),
    numbers=(
        "two",
        "two and a half",
        "three",
        "three and a half",
        "four",
        "four and a half",
        "five",
        "five and a half",
        "six",
        "six and a half",
        "seven",
        "seven and a half",
        "eight",
        "eight and a half",
        "nine",
        "nine and a half",
        "ten",
        "ten and a half",
    ),
)
_GERMAN = _Words(
    today="heute",
    yesterday="gestern",
    days="vor ein paar Tagen",
    last_week="letzte Woche",
    weeks=(
        (38, "vor sechs Wochen"),
        (25, "vor etwa einem Monat"),
        (18, "vor drei Wochen"),
        (11, "vor zwei Wochen"),
        (0, "vor etwa einer Woche"),
    ),
    month="im {month}",
    month_year="im {month} {year}",
    season_year="im {season} {year}",
    years="vor etwa {n} Jahren",
    months=(
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    last_seasons=("letztes Frühjahr", "letzten Sommer", "letzten Herbst", "letzten Winter"),
    seasons=("Frühjahr", "Sommer", "Herbst", "Winter"),
    numbers=(
        "zwei",
        "zweieinhalb",
        "drei",
        "dreieinhalb",
        "vier",
        "viereinhalb",
        "fünf",
        "fünfeinhalb",
        "sechs",
        "sechseinhalb",
        "sieben",
        "siebeneinhalb",
        "acht",
        "achteinhalb",
        "neun",
        "neuneinhalb",
        "zehn",
        "zehneinhalb",
    ),
)
_LANGUAGES: Mapping[str, _Words] = MappingProxyType({"en": _ENGLISH, "de": _GERMAN})


def said(day: date, today: date, language: str = "en") -> str:
    """Say when it was as a person would: "last week", "in June", "last spring", "in autumn 2025".

    A language without words of its own is served in English; a day still to come is named by month and year.
    """
    words, ago = _LANGUAGES.get(language, _ENGLISH), (today - day).days
    if ago < 0:
        return words.month_year.format(month=words.months[day.month - 1], year=day.year)
    if ago < _MONTHS:
        return _said_lately(words, day, today)
    month = words.months[day.month - 1]
    if ago <= _SEASONS:
        return words.month.format(month=month)
    if season_start(day) == last_one_over(season_of(day), today):
        return words.last_seasons[season_of(day)]
    if ago < _TWO_YEARS:
        # "Winter 2025" is two winters.
        form = words.month_year if season_of(day) == WINTER else words.season_year
        return form.format(month=month, season=words.seasons[season_of(day)], year=day.year)
    halves = min(round(2 * ago / _YEAR) - 4, len(words.numbers) - 1)
    return words.years.format(n=words.numbers[max(halves, 0)])


def _said_lately(words: _Words, day: date, today: date) -> str:
    ago = (today - day).days
    if ago <= _DAYS:
        return words.today if not ago else words.yesterday if ago == 1 else words.days
    if ago <= today.weekday() + _WEEK:
        return words.last_week
    return next(said for least, said in words.weeks if ago >= least)
