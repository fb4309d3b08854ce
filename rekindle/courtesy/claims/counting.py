"""Reads numbers and what they count in a text: "10,000 users", "half a million"; and shares: "by a third", "40 %"."""

import re
from dataclasses import dataclass

from rekindle.courtesy.entries import places_in
from rekindle.courtesy.letter import plainly
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.stems import stem

_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
#: "One" and "a" count nothing: figures begin at two.
_LEAST = 2
_MOST_SIGNS = 4
#: What the entries of `multipliers` and `shares` are worth, in their order; shares in percent.
_TIMES = (100.0, 1_000.0, 1_000_000.0)
_SHARES = (50.0, 33.3, 66.7, 25.0, 75.0, 20.0, 10.0, 100.0, 200.0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at `start`..`end` of a text, and the stem of what it counts: none for a share, which is in percent."""

    number: float
    counted: str
    start: int
    end: int


def figures_in(phrases: Phrases, text: str) -> tuple[Figure, ...]:
    """Return what is counted in a text; a number with no word behind it counts nothing."""
    words = list(_WORD.finditer(plainly(text)))
    found: list[Figure] = []
    place = 0
    while place < len(words):
        number, behind = _number(phrases, words, place)
        if number is not None and number >= _LEAST and behind < len(words) and words[behind][0].isalpha():
            counted = stem(words[behind][0], phrases.language)
            found.append(Figure(number, counted, words[place].start(), words[behind].end()))
        place = max(behind, place + 1)
    return tuple(found)


def shares_in(phrases: Phrases, text: str) -> tuple[Figure, ...]:
    """Return the shares a text names, in percent."""
    plain = plainly(text)
    words = "|".join(map(re.escape, phrases.lists["percent"]))
    found = [
        Figure(float(match[1].replace(",", ".")), "", match.start(), match.end())
        for match in re.finditer(rf"(?<![\w.,])(\d{{1,3}}(?:[.,]\d)?)[\s-]?(?:{words})(?!\w)", plain)
    ]
    found += [Figure(_SHARES[place], "", at, at) for place, at in places_in(phrases.lists["shares"], plain)]
    return tuple(found)


def _number(phrases: Phrases, words: list[re.Match[str]], place: int) -> tuple[float | None, int]:
    """Return the number that begins at a word, and the place of the word behind it: "half a million" is three words."""
    number, behind = _single(phrases, words[place][0]), place + 1
    if is_half := words[place][0] in phrases.words("half_a"):
        number, behind = 0.5, place + 2
    if behind < len(words) and number is not None:
        times = [at for at, _ in places_in(phrases.lists["multipliers"], words[behind][0])]
        if times:
            return number * _TIMES[times[0]], behind + 1
    return (None, place + 1) if is_half else (number, behind)


def _single(phrases: Phrases, word: str) -> float | None:
    if word[0].isdigit():
        return float(_THOUSANDS.sub("", word).replace(",", ".")) if sum(map(word.count, ".,")) < _MOST_SIGNS else None
    ways = phrases.lists["numbers"]
    return next((float(place) for place, told in enumerate(ways) if word in told.split("|")), None)
