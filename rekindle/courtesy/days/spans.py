"""The days that a way of speaking can honestly mean, as the first and the last of them; no words, only the calendar."""

from datetime import date, timedelta

from rekindle.courtesy.days.seasons import first_day, last_one_over, season_start

#: The first and the last day.
Days = tuple[date, date]

_DAYS_OF = (1.0, 7.0, 30.44, 365.25)
DAY, WEEK, MONTH, YEAR = range(4)
#: Nobody is exact about "two months ago": a quarter more or less, and some days for the short ones.
_SHARE, _LEAST = 0.25, 1.6
#: How much earlier and later than the calendar says people still speak of a season or a month.
_BEFORE_SEASON, _AFTER_SEASON, _AROUND_MONTH = 14, 31, 5
#: Shortly after a season or month is over, "last spring" may be this one or the one before.
_UNCLEAR = 60
_A_SEASON, _A_MONTH, _A_YEAR = 92, 31, 366
_EARLIEST = date(1900, 1, 1)


def back(today: date, most: float, least: float = 0) -> Days:
    """Return the days from `most` to `least` days ago; never earlier than 1900."""
    longest = (today - _EARLIEST).days
    return today - timedelta(min(int(most), longest)), today - timedelta(max(0, min(int(least), longest)))


def ago(today: date, count: float, unit: int) -> Days:
    """`count` units ago, give or take what people do."""
    days = count * _DAYS_OF[unit]
    slack = max(min(_DAYS_OF[unit], _DAYS_OF[MONTH]) * 0.6, days * _SHARE) + _LEAST
    return back(today, days + slack, days - slack)


def over(today: date, count: float, unit: int) -> Days:
    """More than `count` units ago, but not so long that one would have said more."""
    days = count * _DAYS_OF[unit]
    return back(today, days * 1.75 + 3, days * 0.97)


def under(today: date, count: float, unit: int) -> Days:
    """Less than `count` units ago: "nearly a year"."""
    days = count * _DAYS_OF[unit]
    return back(today, days * 1.03, days * 0.65)


def few(today: date, unit: int) -> Days:
    """Two to nine of them ago."""
    return back(today, 9.9 * _DAYS_OF[unit], 1.4 * _DAYS_OF[unit])


def couple(today: date, unit: int) -> Days:
    return back(today, 3.6 * _DAYS_OF[unit], 1.2 * _DAYS_OF[unit])


def last_unit(today: date, unit: int) -> Days:
    """Yesterday, last week, last month, last year."""
    if unit == YEAR:
        return date(today.year - 1, 1, 1) - timedelta(14), date(today.year - 1, 12, 31) + timedelta(14)
    if unit == MONTH:
        end = today.replace(day=1) - timedelta(1)
        return end.replace(day=1) - timedelta(7), min(today, end + timedelta(7))
    return back(today, 16, 1) if unit == WEEK else back(today, 2, 1)


def this_unit(today: date, unit: int) -> Days:
    """This week, this month, this year: what is over of it."""
    first = {YEAR: date(today.year, 1, 1), MONTH: today.replace(day=1)}
    return first.get(unit, today - timedelta(7)), today


def year_of(year: int) -> Days:
    return date(year, 1, 1) - timedelta(7), date(year, 12, 31) + timedelta(7)


def season_in(season: int, year: int) -> tuple[Days, ...]:
    """Return the season of a year; of a winter both, since "winter 2025" is two."""
    begins = (first_day(season, year),) if season != len(_DAYS_OF) - 1 else (first_day(3, year), first_day(3, year - 1))
    return tuple(map(_whole_season, begins))


def last_season(season: int, today: date) -> tuple[Days, ...]:
    """The newest one that is over, and the one before while it is hardly over."""
    begun = last_one_over(season, today)
    before = begun.replace(year=begun.year - 1)
    is_unclear = (today - begun).days < _A_SEASON + _UNCLEAR
    return (_whole_season(begun), *([_whole_season(before)] if is_unclear else []))


def newest_season(season: int, today: date) -> tuple[Days, ...]:
    """The one that is now, or the newest that is over: "in spring", "this spring"."""
    now = season_start(today)
    begun = now if now == first_day(season, now.year) else last_one_over(season, today)
    return (_whole_season(begun),)


def month_in(month: int, year: int) -> Days:
    """`month` from 1 to 12."""
    first = date(year, month, 1)
    last = (first + timedelta(_A_MONTH)).replace(day=1) - timedelta(1)
    return first - timedelta(_AROUND_MONTH), last + timedelta(_AROUND_MONTH)


def newest_month(month: int, today: date) -> tuple[Days, ...]:
    """The newest that has begun; in that very month the one of last year too."""
    year = today.year if month <= today.month else today.year - 1
    return (month_in(month, year), *([month_in(month, year - 1)] if month == today.month else []))


def last_month_named(month: int, today: date) -> tuple[Days, ...]:
    """Return the newest one that is over, and the one before while it is hardly over: "last April"."""
    year = today.year if month < today.month else today.year - 1
    is_unclear = (today - date(year, month, 1)).days < _A_MONTH + _UNCLEAR
    return (month_in(month, year), *([month_in(month, year - 1)] if is_unclear else []))


def months_in(year: int, first: int, last: int) -> Days:
    """Return a quarter or half of a year."""
    return month_in(first, year)[0], month_in(last, year)[1]


def around(day: date) -> Days:
    """Return a date that was named: interviews take more than a day, and people look into the wrong calendar."""
    return day - timedelta(3), day + timedelta(3)


def _whole_season(begun: date) -> Days:
    last = season_start(begun + timedelta(_A_SEASON + 1)) - timedelta(1)
    return begun - timedelta(_BEFORE_SEASON), last + timedelta(_AFTER_SEASON)
