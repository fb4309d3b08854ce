"""Seasons as north of the equator, three whole months each: what people mean when they say "last spring"."""

from datetime import date

SPRING, SUMMER, AUTUMN, WINTER = range(4)
_MARCH = 3


def season_of(day: date) -> int:
    """Return SPRING to WINTER."""
    return (day.month // 3 - 1) % 4


def season_start(day: date) -> date:
    """Return the first day of the season the day is in; a winter begins in December."""
    year = day.year - 1 if day.month < _MARCH else day.year
    return first_day(season_of(day), year)


def first_day(season: int, year: int) -> date:
    """Return the first day of the season that begins in this year."""
    return date(year, 3 * (season + 1), 1)


def last_one_over(season: int, today: date) -> date:
    """Return the first day of the newest season of this kind that is over today."""
    this = season_start(today)
    return first_day(season, this.year if first_day(season, this.year) < this else this.year - 1)
