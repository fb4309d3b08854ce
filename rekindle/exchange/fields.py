"""Typed reading of one decoded object: each method takes one key and writes down what is wrong with its value.

Judges single values; what makes a candidate stands in rules.py. This is the hot path of every import: a sound value
leaves its method early, everything else takes the long way.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from rekindle.exchange import forms
from rekindle.exchange.forms import Shape, is_nothing, is_plain
from rekindle.exchange.problems import Problems, choice, did_you_mean

Word = TypeVar("Word", bound=str)
Value = TypeVar("Value")

_UNKNOWN_KEYS_SHOWN = 10


class Fields:
    """One decoded object under check. `at` is its place in the line, ending in a dot (`notes[2].`)."""

    __slots__ = ("_at", "_latest", "_object", "_problems")

    def __init__(
        self, decoded: dict[str, Any], known: frozenset[str], at: str, problems: Problems, latest: date
    ) -> None:
        self._object = decoded
        self._at = at
        self._problems = problems
        self._latest = latest
        if not known.issuperset(decoded):
            for key in islice((key for key in decoded if key not in known), _UNKNOWN_KEYS_SHOWN):
                problems.add(f"{at}{key}", decoded[key], f"a known name: {did_you_mean(key, known)}")

    def line(self, key: str, limit: int) -> str | None:
        """Return one line of text without the spaces around it; None for nothing."""
        value = self._object.get(key)
        if value is None:
            return None
        if type(value) is str and len(value) <= limit and is_plain(value):
            return value.strip() or None
        return self._long_way(key, value, limit, forms.NOT_IN_A_LINE)

    def text(self, key: str, limit: int) -> str | None:
        """Return text of one or more lines, broken by a line feed; None for nothing."""
        value = self._object.get(key)
        if value is None:
            return None
        if type(value) is str and len(value) <= limit and is_plain(value):
            return value.strip() or None
        text = self._long_way(key, value, limit, forms.NOT_IN_A_TEXT)
        return text and text.replace("\r\n", "\n").replace("\r", "\n")

    def lines(self, key: str, limit: int, most: int) -> tuple[str, ...]:
        """Return a list of one-line texts; blank ones are nothing."""
        value = self._object.get(key)
        if value is None:
            return ()
        if type(value) is not list or len(value) > most:
            self.refuse(key, value, f"a list of at most {most} texts")
            return ()
        try:
            joined = "".join(value)
        except TypeError:
            joined = "\n"
        if len(joined) <= limit and is_plain(joined):
            texts = [item.strip() for item in value]
        else:
            texts = [self._item(f"{key}[{index}]", item, limit) for index, item in enumerate(value)]
        return tuple(filter(None, texts))

    def identifier(self, key: str, limit: int) -> str | None:
        """Return an id; systems write theirs as text or as a whole number."""
        value = self._object.get(key)
        if type(value) is int and len(digits := str(value)) <= limit:
            return digits
        return self.line(key, limit)

    def shaped(self, key: str, shape: Shape) -> str | None:
        """Return one line of a certain shape: an address, a link, a time zone."""
        found = self.line(key, shape.longest)
        if found is None or shape.fits(found):
            return found
        self.refuse(key, found, shape.expected)
        return None

    def flag(self, key: str) -> bool:
        value = self._object.get(key)
        if value is None or value is False:
            return False
        if value is not True:
            self.refuse(key, value, "true or false")
        return value is True

    def word(self, key: str, allowed: Mapping[str, Word]) -> Word | None:
        """Return one of a closed set of words, whatever its case."""
        value = self._object.get(key)
        if is_nothing(value):
            return None
        if isinstance(value, str):
            found = allowed.get(value) or allowed.get("-".join(value.casefold().replace("_", " ").split()))
            if found is not None:
                return found
        self.refuse(key, value, choice(allowed))
        return None

    def day(self, key: str) -> date | None:
        value = self._object.get(key)
        if is_nothing(value):
            return None
        found = forms.iso_day(value) if isinstance(value, str) else None
        if found is not None and found >= forms.EARLIEST:
            return found
        self.refuse(key, value, forms.expected_day(value))
        return None

    def past(self, key: str) -> date | None:
        """Return a day on which something happened."""
        found = self.day(key)
        if found is None or found <= self._latest:
            return found
        self.refuse(key, self._object[key], "a day that has come; this one lies in the future")
        return None

    def inner(self, key: str, known: frozenset[str]) -> "Fields | None":
        """Return the object under `key`, to be read in turn."""
        value = self._object.get(key)
        if value is None:
            return None
        return self._within(key, value, known)

    def each(self, key: str, known: frozenset[str], most: int) -> "Iterator[Fields]":
        """Give the objects of the list under `key`."""
        value = self._object.get(key)
        if value is None:
            return
        if type(value) is not list or len(value) > most:
            self.refuse(key, value, f"a list of at most {most} objects")
            return
        for index, item in enumerate(value):
            if within := self._within(f"{key}[{index}]", item, known):
                yield within

    def needed(self, key: str, found: Value | None, expected: str) -> Value | None:
        """Write it down when `key` holds nothing at all; a wrong value was written down as it was read."""
        if found is None:
            value = self._object.get(key)
            if is_nothing(value):
                self.refuse(key, value, expected)
        return found

    def not_before(self, key: str, later: date | None, first: str, earlier: date | None) -> None:
        """Write it down when what comes later is dated before what comes first."""
        if later is not None and earlier is not None and later < earlier:
            self.refuse(key, later.isoformat(), f"a day not before {first}, which is {earlier}")

    def refuse(self, key: str, value: object, expected: str) -> None:
        """Write down that `value` cannot stand under `key`."""
        self._problems.add(self._at + key, value, expected)

    def _within(self, place: str, value: object, known: frozenset[str]) -> "Fields | None":
        if isinstance(value, dict):
            return Fields(value, known, f"{self._at}{place}.", self._problems, self._latest)
        self.refuse(place, value, f"an object with {', '.join(sorted(known))}")
        return None

    def _item(self, place: str, value: object, limit: int) -> str:
        if type(value) is str and len(value) <= limit and is_plain(value):
            return value.strip()
        return self._long_way(place, value, limit, forms.NOT_IN_A_LINE) or ""

    def _long_way(self, key: str, value: object, limit: int, banned: re.Pattern[str]) -> str | None:
        if not isinstance(value, str):
            self.refuse(key, value, "text in quotes")
            return None
        if len(value) > limit:
            self.refuse(key, value, f"at most {limit} characters, not {len(value)}")
            return None
        text = value.strip()
        bad = banned.search(text)
        if bad is None:
            return text or None
        if bad[0] == "\ufffd":
            self.refuse(key, value, "the letter that an earlier conversion replaced by �")
            return None
        lines = "one line" if banned is forms.NOT_IN_A_LINE else "text"
        self.refuse(key, value, f"{lines} without control characters")
        return None
