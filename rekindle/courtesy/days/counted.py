"""Times that count back from today: "three weeks ago", "last month", "over a year ago", "recently"."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from rekindle.courtesy.days import spans
from rekindle.courtesy.days.spans import Days
from rekindle.courtesy.entries import entry_in, numbers_in
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.scanning import Hit

VAGUE = "time_vague"
_Reading = Callable[[Hit, date, Phrases], tuple[Days, ...]]


def unit_in(hit: Hit, phrases: Phrases) -> int:
    """Return the unit that a time is told in; a year when it names none."""
    place = entry_in(phrases.lists["units"], hit.plain)
    return spans.YEAR if place is None else place


def _counted(span: Callable[[date, float, int], Days], more: float = 0) -> _Reading:
    """Read a number of units; of "two or three weeks ago" both."""

    def reading(hit: Hit, today: date, phrases: Phrases) -> tuple[Days, ...]:
        numbers = numbers_in(phrases.lists, hit.plain) or [1.0]
        days = [span(today, number + more, unit_in(hit, phrases)) for number in numbers]
        return ((min(first for first, _ in days), max(last for _, last in days)),)

    return reading


def _uncounted(span: Callable[[date, int], Days]) -> _Reading:
    return lambda hit, today, phrases: (span(today, unit_in(hit, phrases)),)


def _between(most: int, least: int = 0) -> _Reading:
    return lambda _, today, __: (spans.back(today, most, least),)


def _within(most: float) -> _Reading:
    """Read "over the last two months": all days of them; `most` units where no number is told."""

    def reading(hit: Hit, today: date, phrases: Phrases) -> tuple[Days, ...]:
        number = max(numbers_in(phrases.lists, hit.plain), default=most)
        return ((spans.ago(today, number, unit_in(hit, phrases))[0], today),)

    return reading


def _months(years_back: int, first: int, last: int) -> _Reading:
    return lambda _, today, __: (spans.months_in(today.year - years_back, first, last),)


COUNTED: Mapping[str, _Reading] = MappingProxyType(
    {
        "time_now": _between(2),
        "time_other_day": _between(21, 1),
        "time_recently": _between(75),
        VAGUE: _between(3653, 45),
        "time_within": _within(1),
        "time_within_few": _within(6),
        "time_ago": _counted(spans.ago),
        "time_ago_half": _counted(spans.ago, 0.5),
        "time_over_ago": _counted(spans.over),
        "time_under_ago": _counted(spans.under),
        "time_between_ago": _counted(spans.ago),
        "time_few_ago": _uncounted(spans.few),
        "time_couple_ago": _uncounted(spans.couple),
        "time_last_unit": _uncounted(spans.last_unit),
        "time_this_unit": _uncounted(spans.this_unit),
        "time_last_year_but_one": lambda _, today, __: (spans.year_of(today.year - 2),),
        "time_start_of_year": _months(0, 1, 4),
        "time_start_of_last_year": _months(1, 1, 4),
        "time_end_of_last_year": _months(1, 9, 12),
    }
)
