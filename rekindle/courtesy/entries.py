"""Looks the words of a text up in a list whose order has a meaning: months, seasons, units, numbers. Reads no file."""

import re
from collections.abc import Mapping
from functools import lru_cache

from rekindle.courtesy.letter import plainly

_BRACKETS = re.compile(r"[()]")
_DIGITS = r"\d+(?:[.,]\d+)?"
#: More digits than that are no number of anything in a letter.
_MOST_DIGITS = 7


def ways_to_write(entry: str) -> list[str]:
    """Return the ways in which one entry of a list may be written: "autumn|fall" is two."""
    return [" ".join(way.split()) for way in _BRACKETS.sub("", plainly(entry)).split("|")]


def entry_in(entries: tuple[str, ...], text: str) -> int | None:
    """Return the place in the list of the first entry that the plain text names."""
    return next((place for place, _ in places_in(entries, text)), None)


def places_in(entries: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    """Return for each entry that the plain text names its place in the list and where in the text it begins."""
    pattern, places = _lookup(entries)
    return [(places[match[0]], match.start()) for match in pattern.finditer(text)]


def numbers_in(lists: Mapping[str, tuple[str, ...]], text: str) -> list[float]:
    """Return the numbers of a plain text in their order: in digits, or in the words of `numbers` and `half_numbers`."""
    pattern, values = _number_lookup(lists["numbers"], lists["half_numbers"])
    return [_value(match[0], values) for match in pattern.finditer(text)]


def _value(told: str, values: Mapping[str, float]) -> float:
    known = values.get(told)
    return float(told[:_MOST_DIGITS].replace(",", ".").rstrip(".")) if known is None else known


@lru_cache(maxsize=64)
def _lookup(entries: tuple[str, ...]) -> tuple[re.Pattern[str], Mapping[str, int]]:
    places = {way: place for place, entry in enumerate(entries) for way in ways_to_write(entry)}
    ways = sorted(places, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ways))})(?!\w)"), places


@lru_cache(maxsize=64)
def _number_lookup(whole: tuple[str, ...], halves: tuple[str, ...]) -> tuple[re.Pattern[str], Mapping[str, float]]:
    values = {
        way: place + more
        for entries, more in ((whole, 0.0), (halves, 0.5))
        for way, place in _lookup(entries)[1].items()
    }
    ways = sorted(values, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ways))})(?!\w)|(?<![\w.,]){_DIGITS}"), values
