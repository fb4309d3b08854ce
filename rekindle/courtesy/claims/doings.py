"""What a letter says they made, did or are: "the dashboard you showed us", "as a former nurse", "nine years in sales".

Held against the same records as strengths. What is only half said, or could be meant otherwise, a person looks at.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from rekindle.courtesy.case import Case
from rekindle.courtesy.claims.counting import figures_in
from rekindle.courtesy.claims.figures import counts_years
from rekindle.courtesy.claims.substance import judged, on_record, telling
from rekindle.courtesy.finding import Finding, Severity, refuse, warn
from rekindle.courtesy.objects import behind, end_of_thought, parts_of
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems

RULES = ("claimed-strength",)
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[;:.!?()]")
#: So many words name one thing at most.
_MOST_WORDS = 7
#: So many words claim something of their own, and so many where no "the" says that it is one thing.
_TELLING, _LOOSE = 2, 3
#: A word so long is two in one, as they are in German.
_COMPOUND = 12


def shown_to_us(case: Case) -> Iterator[Finding]:
    """Compare "the dashboard you presented" with what is on record of their work."""
    for hit in case.hits("your_doing"):
        if (start := _begins(case, hit)) is None:
            continue
        parts = parts_of(case, hit.sentence.plain[start : hit.start], "courtesies")
        yield from _weighed(case, hit, parts, _TELLING, start)


def done_elsewhere(case: Case) -> Iterator[Finding]:
    """Compare "you built recommendation systems"; what they did with an article before it is a strength like others."""
    for hit in case.hits("did_loosely"):
        if any(hit.overlaps(other) for other in _judged_before(case)):
            continue
        inside = " ".join(hit.plain.split()[2:-1])
        parts = parts_of(case, f"{inside} {behind(case, hit, 'object_ends')}", "courtesies")
        yield from _weighed(case, hit, parts, _LOOSE if not inside else _TELLING)


def qualified_as(case: Case) -> Iterator[Finding]:
    """Compare "as a former consultant", "you speak fluent Dutch": facts that somebody noted or nobody knows."""
    them = case.phrases.words("addressed")
    for hit in case.hits("qualified_lead"):
        said = behind(case, hit, "object_ends")
        own = next((match.start() for match in _WORD.finditer(said) if match[0] in them), len(said))
        yield from judged(case, RULES[0], on_record(case), hit, parts_of(case, said[:own], "courtesies"))


def years_spent(case: Case) -> Iterator[Finding]:
    """Ask a person to look where years are noted, and the letter says that they were spent on something else."""
    noted = [
        fact
        for fact in case.known.noted
        if any(counts_years(case, each) for each in figures_in(case.phrases, fact.text))
    ]
    for hit in case.stated("years_lead") if noted and case.known.reads_as else ():
        said = behind(case, hit, "years_end")
        # "Purchasing at a car maker" says two things.
        pieces = case.scanner.either("before_employers").split(said)
        parts = [part for piece in pieces for part in parts_of(case, piece, "courtesies")]
        unknown = [part for part in parts if not any(case.shared(part, fact.stems) for fact in case.known.noted)]
        if unknown and not any(part <= case.title_stems for part in unknown) and _is_theirs(case, hit):
            message = f"On record is {'; '.join(fact.text for fact in noted)}: make sure that it is the same."
            # What they did and where, and neither is on record: those are somebody else's years.
            is_much = len(parts) > 1 or len(frozenset().union(*unknown)) > _LOOSE - 1
            how = refuse if is_much and len(unknown) == len(parts) else warn
            yield how(RULES[0], message, hit.through(end_of_thought(hit)), *(fact.id for fact in noted))


def _weighed(case: Case, hit: Hit, parts: tuple[Stems, ...], least: int, start: int | None = None) -> Iterator[Finding]:
    weight = sum(1 + (len(word) >= _COMPOUND) for part in parts for word in telling(case, part))
    for finding in judged(case, RULES[0], on_record(case), hit, parts, start):
        yield finding if weight >= least else replace(finding, severity=Severity.WARN)


def _begins(case: Case, hit: Hit) -> int | None:
    """Return where begins what they did: at the last "the" before the words; None where it is behind them."""
    plain, articles = hit.sentence.plain, case.phrases.words("articles")
    follows = _WORD.match(plain, hit.end + 1)
    if follows and (follows[0] in articles or follows[0] in case.phrases.words("own_objects")):
        return None
    words = list(_WORD.finditer(plain, 0, hit.start))
    place = next((at for at in reversed(range(len(words))) if words[at][0] in articles), None)
    if place is None or len(words) - place > _MOST_WORDS or _STOP.search(plain, words[place].start(), hit.start):
        return None
    # "At the open day you presented …" says where, "the plan that you presented" what.
    is_place = place > 0 and words[place - 1][0] in case.phrases.words("place_words")
    return None if is_place and hit.plain.startswith("you") else words[place].start()


def _judged_before(case: Case) -> list[Hit]:
    """Return what has been asked already: in English, where what they did stands behind the verb."""
    told = [hit for hit in case.hits("your_doing") if _begins(case, hit) is not None]
    return [*told, *case.hits("did_lead")] if case.phrases.language == "en" else told


def _is_theirs(case: Case, hit: Hit) -> bool:
    """Say whether years may be theirs: not "we have spent nine years in one building"."""
    words = set(_WORD.findall(case.clause_text(hit).replace("'", "")))
    return words.isdisjoint(case.phrases.words("speaking_of_us"))
