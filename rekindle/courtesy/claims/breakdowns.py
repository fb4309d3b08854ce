"""Minutes told step by step without their unit: "call (20), Oskar (45)", "45 call, 90 design", "20, 45 and 60"."""

import re
from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.claims.processes import steps_named
from rekindle.courtesy.dossier import OpenRole
from rekindle.courtesy.finding import Finding, refuse
from rekindle.courtesy.letter import Sentence

RULES = ("claimed-hours",)
# A number of minutes: no date, no share, no sum, no time of day.
_MINUTES = re.compile(r"(?<![\w.,:€$£/-])\d{2,3}(?![\w%€$£/]|[.,:]\d|\.\s?[a-zä])")
# "Oskar (45)" belongs together.
_ALONE = re.compile(r"\((\s?\d{2,3}\s?(?:minutes|minuten|mins?)?\s?)\)")
_CUT = re.compile(r"[,;:+()•|?!]|\s(?:and|und|then|dann|danach|plus)\s|\.\s|\s-\s")
_ROW = re.compile(r"\d{2,3}(?:(?:,|\s?\+|\s?/|,?\s(?:and|und|then|dann))\s?\d{2,3})+(?![\w%€$£]|[.,:]\d)")
#: Fewer numbers than that are no list.
_LEAST = 2
#: By how much a step may be rounded, as a share and in minutes.
_ROUNDED, _EDGE = 0.15, 5


def claimed_breakdowns(case: Case) -> Iterator[Finding]:
    """Compare every number of a list of steps with the step it stands beside, or in whose place it stands."""
    role = case.dossier.role
    # Most letters tell no minutes in such a way: one look at all of it spares one at each sentence.
    if role is None or not role.steps or len(_MINUTES.findall(case.letter.both)) < _LEAST:
        return
    for sentence in case.letter.said:
        if len(_MINUTES.findall(sentence.plain)) < _LEAST:
            continue
        labelled = list(_labelled(case, sentence))
        wrong = [number for number, minutes in labelled if not is_about(number, minutes)]
        if len(labelled) >= _LEAST and wrong:
            yield _wrong(role, str(wrong[0]))
        elif len(labelled) < _LEAST:
            yield from _rows(case, sentence, role)


def is_about(told: float, minutes: int) -> bool:
    """Say whether a step takes about as long as is told."""
    return abs(told - minutes) <= max(_EDGE, _ROUNDED * minutes)


def _labelled(case: Case, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Give each number that stands beside one step, with the minutes of that step."""
    plain = _ALONE.sub(lambda match: f" {match[1]} ", sentence.plain)
    taken = [moment.quote.lower() for moment in case.moments(sentence)]
    for part in _CUT.split(plain):
        numbers, steps = _MINUTES.findall(part), steps_named(case, part)
        if len(numbers) == len(steps) == 1 and not any(part.strip() in each or each in part for each in taken):
            yield int(numbers[0]), steps[0].minutes


def _rows(case: Case, sentence: Sentence, role: OpenRole) -> Iterator[Finding]:
    """Compare a row of as many numbers as there are steps with them, in whatever order."""
    minutes = sorted(step.minutes for step in role.steps)
    for match in _ROW.finditer(sentence.plain):
        told = sorted(map(int, re.findall(r"\d{2,3}", match[0])))
        is_process = case.inside(sentence, "process_words", "duration", "step_count", "whole_process")
        if len(told) == len(minutes) and is_process and not all(map(is_about, told, minutes)):
            yield _wrong(role, sentence.quote(match))


def _wrong(role: OpenRole, quote: str) -> Finding:
    steps = ", ".join(f"{step.name} {step.minutes} min" for step in role.steps)
    return refuse("claimed-hours", f"The steps of {role.id} are {steps}: give each its own minutes.", quote, role.id)
