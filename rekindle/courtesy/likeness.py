"""Whether a letter is one that somebody else was sent about the same role: then it is not personal, whatever it says.

Compares runs of words, so that a sentence two letters share, such as the steps of the process, does no harm.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse
from rekindle.courtesy.letter import Letter, plainly, tidy, tokens_of
from rekindle.courtesy.phrases import Phrases

RULES = ("likeness",)

_WORD = re.compile(r"\w+")
# "Hi Sarah," on a line of its own: with it goes the one name we do not know, that of the other person.
_GREETING = re.compile(r"\A\s*(?:\S{1,40}[ ]{1,3}){0,3}\S{1,40}\s*\n")
#: How many words in a row make one run.
_RUN = 4


def likeness(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Refuse a letter that shares too much with one to another person; names and the role's title do not count."""
    del phrases
    if not dossier.other_letters:
        return
    shared = _words(dossier.company, dossier.role.title if dossier.role else "", *dossier.team_names)
    own = _runs(letter.body, shared | _words(dossier.given_name, dossier.family_name))
    alike = [(_overlap(own, _runs(other.text, shared)), other) for other in dossier.other_letters]
    most, other = max(alike, key=lambda each: each[0])
    if most >= limits["likeness"]:
        yield refuse(
            "likeness",
            f"It is nearly the same as letter {other.id} to somebody else: write this person one of their own.",
            longest_shared(letter.body, tidy(other.text)),
            other.id,
        )


def longest_shared(text: str, other: str) -> str:
    """Return the longest run of words that both have, as it stands in the first."""
    words, theirs = list(_WORD.finditer(plainly(text))), _WORD.findall(plainly(other))
    match = SequenceMatcher(None, [word[0] for word in words], theirs, autojunk=False).find_longest_match()
    return text[words[match.a].start() : words[match.a + match.size - 1].end()] if match.size else ""


def _overlap(own: frozenset[tuple[str, ...]], theirs: frozenset[tuple[str, ...]]) -> float:
    """Return the Jaccard index: 0 for nothing in common, 1 for the same runs."""
    common = len(own & theirs)
    return common / (len(own) + len(theirs) - common) if common else 0.0


def _words(*texts: str) -> frozenset[str]:
    return tokens_of(plainly(" ".join(texts)))


# The letters of a role are compared with each of its other letters: their runs are needed again and again.
@lru_cache(maxsize=512)
def _runs(text: str, ignored: frozenset[str]) -> frozenset[tuple[str, ...]]:
    words = [word for word in _WORD.findall(plainly(_GREETING.sub("", tidy(text)))) if word not in ignored]
    return frozenset(zip(*(words[start:] for start in range(_RUN)), strict=False))
