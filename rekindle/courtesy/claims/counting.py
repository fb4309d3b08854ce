"""Reads numbers and what they count in a text: "10,000 users", "half a million"; and shares: "by a third", "40 %"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rekindle.courtesy.entries import places_in, ways_to_write
from rekindle.courtesy.letter import plainly, tokens_of
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.stems import stem

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
#: "One" and "a" count nothing: figures begin at two.
_LEAST = 2
_HALF = 0.5
_MOST_SIGNS = 12
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


@lru_cache(maxsize=4096)
def figures_in(phrases: Phrases, text: str) -> tuple[Figure, ...]:
    """Return what is counted in a text; a number with no word behind it counts nothing."""
    plain = plainly(text)
    if tokens_of(plain).isdisjoint(_values(phrases)) and not _DIGIT.search(plain):
        return ()
    words = list(_WORD.finditer(plain))
    found: list[Figure] = []
    place = 0
    while place < len(words):
        number, behind = _number(phrases, words, place)
        if number is not None and number >= _LEAST and behind < len(words) and words[behind][0].isalpha():
            counted = stem(words[behind][0], phrases.language)
            found.append(Figure(number, counted, words[place].start(), words[behind].end()))
        place = max(behind, place + 1)
    return tuple(found)


@lru_cache(maxsize=4096)
def shares_in(phrases: Phrases, text: str) -> tuple[Figure, ...]:
    """Return the shares a text names, in percent."""
    plain = plainly(text)
    found = [
        Figure(float(match[1].replace(",", ".")), "", match.start(), match.end())
        for match in (_percent(phrases).finditer(plain) if _DIGIT.search(plain) else ())
    ]
    found += [Figure(_SHARES[place], "", at, at) for place, at in places_in(phrases.lists["shares"], plain)]
    return tuple(found)


def _number(phrases: Phrases, words: list[re.Match[str]], place: int) -> tuple[float | None, int]:
    """Return the number that begins at a word, and the place of the word behind it: "half a million" is three words."""
    number, behind = _single(phrases, words[place][0]), place + 1
    if is_half := words[place][0] in phrases.words("half_a"):
        number, behind = _HALF, place + 2
    if behind < len(words) and number is not None:
        times = [at for at, _ in places_in(phrases.lists["multipliers"], words[behind][0])]
        if times:
            return number * _TIMES[times[0]], behind + 1
    return (None, place + 1) if is_half else (number, behind)


def _single(phrases: Phrases, word: str) -> float | None:
    if word[0].isdigit():
        # "2.2.2026" is a date, "1.000,50" a sum, "²" no number at all: what cannot be one figure counts nothing.
        plain = _THOUSANDS.sub("", word).replace(",", ".")
        return float(plain[:_MOST_SIGNS]) if _NUMBER.fullmatch(plain) else None
    return _values(phrases).get(word)


@lru_cache(maxsize=8)
def _values(phrases: Phrases) -> Mapping[str, float]:
    """Return the words for numbers with what they are worth, half a million among them."""
    told = {way: float(place) for place, entry in enumerate(phrases.lists["numbers"]) for way in ways_to_write(entry)}
    told = {word: number for word, number in told.items() if number >= _LEAST}
    return told | dict.fromkeys(phrases.words("half_a"), _HALF)


@lru_cache(maxsize=8)
def _percent(phrases: Phrases) -> re.Pattern[str]:
    words = "|".join(map(re.escape, phrases.lists["percent"]))
    return re.compile(rf"(?<![\w.,])(\d{{1,3}}(?:[.,]\d)?)[\s-]?(?:{words})(?!\w)")
