"""Hours and minutes a letter promises, compared with the steps of the process; rounded honestly, as people do."""

import re
from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.claims.minutes import Told, durations, minutes_told
from rekindle.courtesy.claims.processes import is_about_process, said_of, steps_named
from rekindle.courtesy.dossier import OpenRole
from rekindle.courtesy.entries import numbers_in
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-hours",)
_HOUR = 60
_NUMBER = re.compile(r"\d{2,}")
# Between "two talks" and "an hour".
_JOINED = re.compile(r"[\s,(:;-]*(?:about|around|roughly|circa|ca\.?|etwa|rund|ungefähr|zusammen)?\s*")
#: What is said, as a share of what it takes: in between it is fine, a bit beyond a person looks, further it is refused.
_WHOLE = ((0.93, 1.25), (0.85, 1.5))
_STEP = ((0.88, 1.12), (0.85, 1.25))
_Rounding = tuple[tuple[float, float], tuple[float, float]]
#: How far before the number "under" or "at least" may stand.
_NEAR = 3


def claimed_hours(case: Case) -> Iterator[Finding]:
    """Compare each duration of the process with all its steps together and with each of them."""
    role = case.dossier.role
    if role is None or not role.steps:
        return
    for hit in durations(case):
        told, bound = minutes_told(case, hit), _bound(case, hit)
        # "Not a minute of it" tells no time.
        if not told.most:
            continue
        steps = _of_its_step(case, hit)
        if steps:
            # Who names the step means its minutes, and rounds less than who speaks of the whole.
            worst = min(_how_far(told, minutes, bound, _STEP) for minutes in steps)
        else:
            worst = min(_how_far(told, minutes, bound) for minutes in _takes(case, hit, role))
        # What is true of the process need not be asked whether it is about the process.
        if worst and is_about_process(case, hit) and not (case.is_denied(hit) and bound is None):
            yield _wrong(hit, role, is_plain=worst > 1)


def spoken(minutes: int) -> str:
    """Say minutes as a person would, for a message."""
    hours, rest = divmod(minutes, _HOUR)
    parts = [f"{hours} h"] if hours else []
    return " ".join((*parts, f"{rest} min")) if rest or not hours else parts[0]


def _of_its_step(case: Case, hit: Hit) -> set[int]:
    """Return what the step takes that the words name, alone and with those beside it; none if none is named."""
    others = [each for each in case.inside(hit.sentence, "duration") if each.start != hit.start]
    names = ("whole_process", "in_parts")
    whole = case.beside(hit, *names) if others else case.inside(hit.sentence, *names)
    # "Three meetings, three hours": a word of one of the steps may count them all.
    if case.dossier.role and any(_counts_all(case, each, case.dossier.role) for each in _right_before(case, hit)):
        return set()
    named = steps_named(case, said_of(case, hit))
    # "An hour, 45 minutes with the team" speaks of two steps.
    if len(named) != 1 or "," in hit.plain or whole or any(each in case.beside(hit, "duration") for each in others):
        return set()
    last = min((each.start for each in others if each.start > hit.start), default=len(hit.sentence.plain))
    first = max((each.end for each in others if each.end <= hit.start), default=0)
    is_own = named == steps_named(case, case.clause_text(hit))
    more = hit.sentence.plain[hit.start : last] if is_own else hit.sentence.plain[first : hit.start]
    together = {step.name: step.minutes for step in (*named, *steps_named(case, more))}
    return {named[0].minutes, sum(together.values())}


def _right_before(case: Case, hit: Hit) -> list[Hit]:
    """Return the numbers of steps with nothing but a pause between them and the duration."""
    told, plain = case.inside(hit.sentence, "step_count"), hit.sentence.plain
    return [each for each in told if _JOINED.fullmatch(plain[each.end : hit.start])]


def _counts_all(case: Case, hit: Hit, role: OpenRole) -> bool:
    return len(role.steps) > 1 and len(role.steps) in numbers_in(case.phrases.lists, hit.plain)


def _takes(case: Case, hit: Hit, role: OpenRole) -> set[int]:
    """Return what may be meant: all steps where the whole is spoken of; else any in a row."""
    minutes = [step.minutes for step in role.steps]
    others = [each for each in case.inside(hit.sentence, "duration") if not each.overlaps(hit)]
    # In "45 + 60 + 90 minutes" and "Ben (45 min), design (60)" the numbers belong to the steps.
    is_list = bool(case.inside(hit.sentence, "apiece")) or len(_NUMBER.findall(hit.sentence.plain)) > len(others) + 1
    is_whole = case.beside(hit, "whole_process") if others else case.inside(hit.sentence, "whole_process")
    if (is_whole and (others or not is_list)) or (not others and not is_list and _is_split(case, hit, role)):
        return {role.minutes}
    return {sum(minutes[first:last]) for first in range(len(minutes)) for last in range(first + 1, len(minutes) + 1)}


def _is_split(case: Case, hit: Hit, role: OpenRole) -> bool:
    """Say whether it is the time of all steps: "half an hour, in two parts", "two talks, an hour"."""
    if any(_counts_all(case, other, role) for other in case.inside(hit.sentence, "in_parts")):
        return True
    # "An hour and a half, with Ben and then at the bench".
    if 1 < len(role.steps) == len(steps_named(case, hit.sentence.plain)):
        return True
    is_counted = any(_counts_all(case, other, role) for other in _right_before(case, hit))
    return is_counted and not steps_named(case, hit.sentence.plain[hit.end :])


def _bound(case: Case, hit: Hit) -> str | None:
    before = [
        other
        for other in case.inside(hit.sentence, "under", "at_most", "at_least")
        if -1 <= hit.start - other.end <= _NEAR or hit.start <= other.start < hit.end
    ]
    return before[-1].name if before else None


def _how_far(told: Told, minutes: int, bound: str | None, rounded: _Rounding = _WHOLE) -> int:
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
    fine, borderline = rounded
    if any(fine[0] <= share <= fine[1] for share in shares):
        return 0
    return 1 if any(borderline[0] <= share <= borderline[1] for share in shares) else 2


def _wrong(hit: Hit, role: OpenRole, *, is_plain: bool) -> Finding:
    steps = ", ".join(f"{step.name} {step.minutes} min" for step in role.steps)
    message = f"The process of {role.id} takes {spoken(role.minutes)} in all ({steps}): say that."
    return (refuse if is_plain else warn)("claimed-hours", message, hit.quote, role.id)
