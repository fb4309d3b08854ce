"""Hours and minutes a letter promises, compared with the steps of the process; rounded honestly, as people do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rekindle.courtesy.case import Case
from rekindle.courtesy.claims.processes import is_about_process, steps_named
from rekindle.courtesy.dossier import OpenRole
from rekindle.courtesy.entries import entry_in, numbers_in, places_in
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-hours",)
_HOUR, _QUARTER, _DAY = 60, 15, 480
# "3h45", "2 h 15".
_SHORT = re.compile(r"(?<![\w.,])(\d{1,2})\s?h\s?(\d{2})(?!\w)")
_SHORT_NAME = "short_duration"
_NUMBER = re.compile(r"\d{2,}")
#: What is said, as a share of what it takes: in between it is fine, a bit beyond a person looks, further it is refused.
_FINE, _BORDERLINE = (0.93, 1.25), (0.85, 1.5)
_BETWEEN = re.compile(r"\d\s*-\s*\d")
#: How far before the number "under" or "at least" may stand.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class _Told:
    """Minutes: from `least` to `most`; None where it is open."""

    least: float
    most: float
    is_range: bool = False


def claimed_hours(case: Case) -> Iterator[Finding]:
    """Compare each duration of the process with all its steps together and with each of them."""
    role = case.dossier.role
    if role is None or not role.steps:
        return
    for hit in _durations(case):
        told, bound = _told(hit, case), _bound(case, hit)
        worst = _how_far(told, role.minutes, bound)
        worst = worst and min(_how_far(told, minutes, bound) for minutes in _takes(case, hit, role))
        # What is true of the process need not be asked whether it is about the process.
        if worst and is_about_process(case, hit) and not (case.is_denied(hit) and bound is None):
            yield _wrong(hit, role, is_plain=worst > 1)


def _durations(case: Case) -> list[Hit]:
    """Return all durations; "2 h 15" is one."""
    if not _SHORT.search(case.letter.both):
        return list(case.hits("duration"))
    short = [Hit(_SHORT_NAME, each, match) for each in case.letter.said for match in _SHORT.finditer(each.plain)]
    return short + [hit for hit in case.hits("duration") if not any(hit.overlaps(other) for other in short)]


def spoken(minutes: int) -> str:
    """Say minutes as a person would, for a message."""
    hours, rest = divmod(minutes, _HOUR)
    parts = [f"{hours} h"] if hours else []
    return " ".join((*parts, f"{rest} min")) if rest or not hours else parts[0]


def _takes(case: Case, hit: Hit, role: OpenRole) -> set[int]:
    """Return what may be meant: all steps where the whole is spoken of; else the step it names, or any in a row."""
    minutes = [step.minutes for step in role.steps]
    others = [each for each in case.inside(hit.sentence, "duration") if not each.overlaps(hit)]
    # In "45 + 60 + 90 minutes" and "Ben (45 min), design (60)" the numbers belong to the steps.
    is_list = bool(case.inside(hit.sentence, "apiece")) or len(_NUMBER.findall(hit.sentence.plain)) > len(others) + 1
    if case.beside(hit, "whole_process") if others else case.inside(hit.sentence, "whole_process") and not is_list:
        return {role.minutes}
    named = steps_named(case, case.clause_text(hit))
    # "An hour, 45 minutes with the team" speaks of two steps.
    if len(named) == 1 and "," not in hit.plain and not any(each in case.beside(hit, "duration") for each in others):
        return {named[0].minutes, role.minutes}
    return {sum(minutes[first:last]) for first in range(len(minutes)) for last in range(first + 1, len(minutes) + 1)}


def _told(hit: Hit, case: Case) -> _Told:
    if hit.name == _SHORT_NAME:
        total = float(hit.match[1]) * _HOUR + float(hit.match[2])
        return _Told(total, total)
    lists = case.phrases.lists
    hours, minutes = (entry_in(lists[name], hit.plain) is not None for name in ("hours", "minutes"))
    if not hours and not minutes:
        is_half = entry_in(lists["half_numbers"], hit.plain) is not None
        return _Told(_DAY / 2, _DAY / 2) if is_half else _Told(_DAY, _DAY)
    if hours and (quarters := places_in(lists["quarters_of_hour"], hit.plain)):
        return _with_quarters(hit, case, quarters[0])
    numbers = numbers_in(lists, hit.plain) or [0.0]
    if hours and minutes and len(numbers) > 1:
        total = numbers[0] * _HOUR + numbers[1]
        return _Told(total, total)
    unit = _HOUR if hours else 1
    return _Told(min(numbers) * unit, max(numbers) * unit, is_range=len(numbers) > 1)


def _with_quarters(hit: Hit, case: Case, quarters: tuple[int, int]) -> _Told:
    """Read "three quarters of an hour", and "an hour and a half": where nothing is joined, that is all."""
    place, start = quarters
    more = float(place + 1) * _QUARTER
    joined = case.scanner.either("joining").search(hit.plain) is not None
    numbers = numbers_in(case.phrases.lists, hit.plain[:start]) if joined else []
    if joined and not numbers:
        numbers = numbers_in(case.phrases.lists, hit.plain[start:])
    total = more + (numbers[0] * _HOUR if numbers else 0)
    return _Told(total, total)


def _bound(case: Case, hit: Hit) -> str | None:
    before = [
        other
        for other in case.inside(hit.sentence, "under", "at_most", "at_least")
        if -1 <= hit.start - other.end <= _NEAR or hit.start <= other.start < hit.end
    ]
    return before[-1].name if before else None


def _how_far(told: _Told, minutes: int, bound: str | None) -> int:
    """Return 0 when it is true, 1 when a person should look, 2 when it is not true."""
    if bound == "under":
        return 0 if minutes < told.most else 2
    if bound == "at_most":
        return 0 if minutes <= told.most else 2
    if bound == "at_least":
        return 0 if minutes >= told.least else 2
    if told.is_range and told.least * 0.95 <= minutes <= told.most * 1.05:
        return 0
    shares = [end / minutes for end in (told.least, told.most)] if minutes else [2.0]
    if any(_FINE[0] <= share <= _FINE[1] for share in shares):
        return 0
    return 1 if any(_BORDERLINE[0] <= share <= _BORDERLINE[1] for share in shares) else 2


def _wrong(hit: Hit, role: OpenRole, *, is_plain: bool) -> Finding:
    steps = ", ".join(f"{step.name} {step.minutes} min" for step in role.steps)
    message = f"The process of {role.id} takes {spoken(role.minutes)} in all ({steps}): say that."
    return (refuse if is_plain else warn)("claimed-hours", message, hit.quote, role.id)
