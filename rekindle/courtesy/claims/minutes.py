"""How long a letter says that something takes: "2 h 15", "an hour and a half", "eine Dreiviertelstunde", in minutes."""

import re
from dataclasses import dataclass

from rekindle.courtesy.case import Case
from rekindle.courtesy.entries import entry_in, numbers_in, places_in
from rekindle.courtesy.scanning import Hit

_HOUR, _QUARTER, _DAY = 60, 15, 480
# "3h45", "2 h 15".
_SHORT = re.compile(r"(?<![\w.,])(\d{1,2})\s?h\s?(\d{2})(?!\w)")
_SHORT_NAME = "short_duration"
#: What the entries of `tens_of_minutes` are worth, in their order.
_TENS = (25, 30, 35, 40, 45, 50, 55, 60, 75, 90, 120, 100, 105, 110, 115, 65, 70, 80, 85, 95)


@dataclass(frozen=True, slots=True)
class Told:
    """Minutes: from `least` to `most`."""

    least: float
    most: float
    is_range: bool = False


def durations(case: Case) -> list[Hit]:
    """Return all durations in the order of the letter's lists; "2 h 15" is one."""
    if not _SHORT.search(case.letter.both):
        return list(case.hits("duration"))
    short = [Hit(_SHORT_NAME, each, match) for each in case.letter.said for match in _SHORT.finditer(each.plain)]
    return short + [hit for hit in case.hits("duration") if not any(hit.overlaps(other) for other in short)]


def minutes_told(case: Case, hit: Hit) -> Told:
    """Return how many minutes the words tell."""
    if hit.name == _SHORT_NAME:
        return _exactly(float(hit.match[1]) * _HOUR + float(hit.match[2]))
    lists = case.phrases.lists
    hours, minutes = (entry_in(lists[name], hit.plain) is not None for name in ("hours", "minutes"))
    if not hours and not minutes:
        is_half = entry_in(lists["half_numbers"], hit.plain) is not None
        return _exactly(_DAY / 2 if is_half else _DAY)
    if hours and (place := entry_in(lists["quarter_numbers"], hit.plain)) is not None:
        return _exactly(_HOUR * (place // 2 + 1) + (_QUARTER * 3 if place % 2 else _QUARTER))
    if hours and (quarters := places_in(lists["quarters_of_hour"], hit.plain)):
        return _with_quarters(hit, case, quarters[-1])
    if tens := places_in(lists["tens_of_minutes"], hit.plain):
        place, start = tens[-1]
        before = numbers_in(lists, hit.plain[:start]) if hours else []
        return _exactly(_TENS[place] + (before[0] * _HOUR if before else 0))
    return _counted(hit, case, hours=hours, minutes=minutes)


def _counted(hit: Hit, case: Case, *, hours: bool, minutes: bool) -> Told:
    numbers = numbers_in(case.phrases.lists, hit.plain) or [0.0]
    # "1 hour 25" leaves the minutes unsaid, while "one to two hours" ends with its unit.
    if hours and (minutes or hit.plain[-1].isdecimal()) and len(numbers) > 1:
        return _exactly(numbers[0] * _HOUR + numbers[1])
    unit = _HOUR if hours else 1
    return Told(min(numbers) * unit, max(numbers) * unit, is_range=len(numbers) > 1)


def _with_quarters(hit: Hit, case: Case, quarters: tuple[int, int]) -> Told:
    """Read "three quarters of an hour", and "an hour and a half": where nothing is joined, that is all."""
    place, start = quarters
    more = float(place + 1) * _QUARTER
    # "An hour and a quarter", "eine Stunde und eine Viertelstunde"; but "a quarter of an hour" is one thing.
    before = hit.plain[:start]
    is_more = (
        case.scanner.either("joining").search(hit.plain) or entry_in(case.phrases.lists["hours"], before) is not None
    )
    numbers = numbers_in(case.phrases.lists, before) if is_more else []
    if is_more and not numbers:
        numbers = numbers_in(case.phrases.lists, hit.plain[start:])
    return _exactly(more + (numbers[0] * _HOUR if numbers else 0))


def _exactly(minutes: float) -> Told:
    return Told(minutes, minutes)
