"""What a phrase is about: of "impressed by your eye for pricing and growth" the parts "pricing" and "growth"."""

import re

from rekindle.courtesy.case import Case
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems

_STOP = re.compile(r"[;:!?()\"…]|,|\.(?:\s|$)|\s-\s")
_FOLLOWS = re.compile(r",\s*(\w+)")
#: Nobody praises in more words; what follows belongs to something else.
_MOST_SIGNS = 120


def behind(case: Case, hit: Hit, ends: str, goes_on: str = "that_words") -> str:
    """Return the words after a phrase, up to where the thought ends: a stop, or a phrase of the list `ends`.

    A comma with a word of the list `goes_on` right behind the phrase ends nothing.
    """
    plain, first = hit.sentence.plain, hit.end
    follows = _FOLLOWS.match(plain, first)
    if follows and follows[1] in case.phrases.words(goes_on):
        first = follows.end()
    stop = _STOP.search(plain, first)
    last = min(len(plain), first + _MOST_SIGNS, stop.start() if stop else len(plain))
    # In "you'd mentioned you were hoping to" nothing ends with the "were": nothing has begun.
    starts = [other.start for other in case.inside(hit.sentence, ends) if first + 1 < other.start < last]
    end = min(starts, default=last)
    # When it was is no part of what it was about.
    moments = case.moments(hit.sentence)
    first = max(first, *(moment.end for moment in moments if moment.start < first < moment.end), 0)
    for moment in reversed(moments):
        if first <= moment.start and moment.end <= end:
            plain, end = plain[: moment.start] + plain[moment.end :], end - (moment.end - moment.start)
    return plain[first:end].strip()


def end_of_thought(hit: Hit) -> int:
    """Return where the part of the sentence ends that follows a phrase, for a quote."""
    stop = _STOP.search(hit.sentence.plain, hit.end)
    return min(stop.start() if stop else len(hit.sentence.plain), hit.end + _MOST_SIGNS)


def begins(case: Case, hit: Hit) -> int:
    """Return where begins what a phrase is said of: at the first "your", as in "your eye for pricing" (stood out)."""
    start, _ = case.clause(hit)
    found = list(case.scanner.either("of_theirs").finditer(hit.sentence.plain, start, hit.start))
    return found[0].start() if found else hit.start


def parts_of(case: Case, text: str, *names: str) -> tuple[Stems, ...]:
    """Return the stems of each part of "pricing and growth", without words of the lists `names`; no empty ones."""
    empty = frozenset[str]().union(*map(case.scanner.stems, names))
    parts = (case.stems(part) - empty for part in case.scanner.either("part_ends").split(text))
    return tuple(part for part in parts if part)
