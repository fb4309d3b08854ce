"""What a phrase is about: of "impressed by your eye for pricing and growth" the parts "pricing" and "growth"."""

import re
from collections.abc import Iterable

from rekindle.courtesy.case import Case
from rekindle.courtesy.known import Fact
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems

_STOP = re.compile(r"[;:!?()\"…]|,|\.(?:\s|$)|\s-\s")
#: Nobody praises in more words; what follows belongs to something else.
_MOST_SIGNS = 120


def behind(case: Case, hit: Hit, *ends: str) -> str:
    """Return the words after a phrase, up to where the thought ends: a stop, or a phrase of the lists `ends`."""
    plain, first = hit.sentence.plain, hit.end
    # "You told us, that …": a comma right behind it ends nothing.
    first += len(plain[first:]) - len(plain[first:].lstrip(" ,:"))
    stop = _STOP.search(plain, first)
    last = min(len(plain), first + _MOST_SIGNS, stop.start() if stop else len(plain))
    starts = [other.start for other in case.inside(hit.sentence, *ends) if first < other.start < last]
    end = min(starts, default=last)
    # When it was is no part of what it was about.
    for moment in reversed(case.moments(hit.sentence)):
        if first <= moment.start and moment.end <= end:
            plain, end = plain[: moment.start] + plain[moment.end :], end - (moment.end - moment.start)
    return plain[first:end].strip()


def before(case: Case, hit: Hit) -> str:
    """Return what a phrase is said of: the words from the last "your" on, "your eye for pricing" (stood out)."""
    start, _ = case.clause(hit)
    words = "|".join(map(re.escape, case.phrases.words("your")))
    told = hit.sentence.plain[start : hit.start]
    found = list(re.finditer(rf"(?<!\w)(?:{words})(?!\w)", told)) if words else []
    return told[found[-1].end() :].strip() if found else ""


def parts_of(case: Case, text: str, *names: str) -> tuple[Stems, ...]:
    """Return the stems of each part of "pricing and growth", without words of the lists `names`; no empty ones."""
    empty = frozenset().union(*(case.stems(" ".join(case.phrases.lists[name])) for name in names))
    joints = "|".join(map(re.escape, sorted(case.phrases.words("part_ends"), key=len, reverse=True)))
    parts = (case.stems(part) - empty for part in re.split(rf"(?<!\w)(?:{joints})(?!\w)|,", text))
    return tuple(part for part in parts if part)


def borne_out(case: Case, part: Stems, facts: Iterable[Fact]) -> tuple[str, ...] | None:
    """Return the ids of the facts that bear out what a part says; None when none does."""
    found = [fact.id for fact in facts if case.shared(part, fact.stems)]
    return tuple(filter(None, found)) if found else None
