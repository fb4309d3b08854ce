"""Typed reading of one decoded object: each method takes one key and writes down what is wrong with its value.

Judges the form of single values; what makes a candidate stands in rules.py. This is the hot path of every import:
the sound value leaves each method early, everything else goes through `_refuse`.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import available_timezones

from rekindle.exchange.problems import Problems, did_you_mean

Word = TypeVar("Word", bound=str)

_EARLIEST = date(1950, 1, 1)
_UNKNOWN_KEYS_SHOWN = 10
_LONGEST_ADDRESS = 254
# Controls, line and paragraph separators, direction overrides, lone surrogates, non-characters, and the mark that an
# earlier conversion left in place of a letter. Joiners and direction marks stay: names are written with them.
_NOT_IN_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff]")
_NOT_IN_A_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff]")
_ADDRESS = re.compile(r'[^\s@<>,;:"()]{1,64}@[^\s@<>,;:"()]+')
_LINK = re.compile(r'https?://[^\s/?#"<>\\]+[^\s"<>\\]*', re.IGNORECASE)
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


class Fields:
    """One decoded object under check. `at` is its place in the line, ending in a dot (`notes[2].`)."""

    __slots__ = ("_at", "_latest", "_object", "_problems")

    def __init__(self, decoded: dict[str, Any], known: frozenset[str], at: str, problems: Problems, latest: date) -> None:
        self._object = decoded
        self._at = at
        self._problems = problems
        self._latest = latest
        if not known.issuperset(decoded):
            for key in islice((key for key in decoded if key not in known), _UNKNOWN_KEYS_SHOWN):
                problems.add(at + key, decoded[key], f"no such name: {did_you_mean(key, known)}")

    def line(self, key: str, limit: int) -> str | None:
        """Return one line of text without the spaces around it, or None for nothing."""
        value = self._object.get(key)
        if value is None:
            return None
        if type(value) is str and len(value) <= limit and value.isprintable() and "\ufffd" not in value:
            return value.strip() or None
        return self._long_way(key, value, limit, _NOT_IN_A_LINE, "one line")

    def text(self, key: str, limit: int) -> str | None:
        """Return text that may have several lines, broken by `\\n`."""
        value = self._object.get(key)
        if value is None:
            return None
        if type(value) is str and len(value) <= limit and value.isprintable() and "\ufffd" not in value:
            return value.strip() or None
        text = self._long_way(key, value, limit, _NOT_IN_A_TEXT, "text")
        return text and text.replace("\r\n", "\n").replace("\r", "\n")

    def needed(self, key: str, found: Word | None, expected: str) -> Word | None:
        """Write it down when `key` holds nothing at all; a wrong value was written down when it was read."""
        if found is None:
            value = self._object.get(key)
            if value is None or (isinstance(value, str) and not value.strip()):
                self._problems.add(self._at + key, value, expected)
        return found

    def identifier(self, key: str, limit: int) -> str | None:
        """Return an id; systems write theirs as text or as a whole number."""
        value = self._object.get(key)
        return str(value) if type(value) is int and len(str(value)) <= limit else self.line(key, limit)

    def address(self, key: str) -> str | None:
        """Return an email address of sound shape; whether mail arrives there is another question."""
        found = self.line(key, _LONGEST_ADDRESS)
        if found is None or _ADDRESS.fullmatch(found):
            return found
        return self._refuse(key, found, "one email address, such as name@example.org")

    def link(self, key: str, limit: int) -> str | None:
        found = self.line(key, limit)
        if found is None or _LINK.fullmatch(found):
            return found
        return self._refuse(key, found, "a web address beginning with https://")

    def zone(self, key: str) -> str | None:
        found = self.line(key, 64)
        if found is None or found in known_zones():
            return found
        return self._refuse(key, found, "an IANA time zone, such as Europe/Berlin")

    def locale(self, key: str) -> str | None:
        found = self.line(key, 16)
        if found is None or _LOCALE.fullmatch(found):
            return found
        return self._refuse(key, found, "a language, such as en or pt-BR")

    def flag(self, key: str) -> bool:
        value = self._object.get(key)
        if value is None or value is False:
            return False
        if value is True:
            return True
        self._refuse(key, value, "true or false")
        return False

    def word(self, key: str, allowed: Mapping[str, Word]) -> Word | None:
        """Return one of a closed set of words, whatever its case."""
        value = self._object.get(key)
        if value is None or value == "":
            return None
        if type(value) is str:
            found = allowed.get(value) or allowed.get("-".join(value.casefold().replace("_", " ").split()))
            if found is not None:
                return found
        self._refuse(key, value, _choice(allowed))
        return None

    def day(self, key: str) -> date | None:
        """Return a day: an ISO date, or the day of an ISO date-time as it is written there."""
        value = self._object.get(key)
        if value is None or value == "":
            return None
        found = iso_day(value) if type(value) is str else None
        if found is not None and found >= _EARLIEST:
            return found
        self._refuse(key, value, "a date, such as 2026-05-02")
        return None

    def past(self, key: str) -> date | None:
        """Return a day on which something has happened."""
        found = self.day(key)
        if found is None or found <= self._latest:
            return found
        self._refuse(key, self._object[key], "a day that has come: this is dated in the future")
        return None

    def lines(self, key: str, limit: int, most: int) -> tuple[str, ...]:
        """Return a list of one-line texts."""
        value = self._object.get(key)
        if value is None:
            return ()
        if type(value) is not list or len(value) > most:
            self._refuse(key, value, f"a list of at most {most} texts")
            return ()
        return tuple(self._item(f"{key}[{index}]", item, limit) for index, item in enumerate(value))

    def inner(self, key: str, known: frozenset[str]) -> "Fields | None":
        """Return the object under `key`, to be read in turn."""
        value = self._object.get(key)
        if type(value) is dict:
            return Fields(value, known, f"{self._at}{key}.", self._problems, self._latest)
        if value is not None:
            self._refuse(key, value, f"an object with {', '.join(sorted(known))}")
        return None

    def each(self, key: str, known: frozenset[str], most: int) -> "Iterable[Fields]":
        """Return the objects of the list under `key`."""
        value = self._object.get(key)
        if value is None:
            return
        if type(value) is not list or len(value) > most:
            self._refuse(key, value, f"a list of at most {most} objects")
            return
        for index, item in enumerate(value):
            place = f"{key}[{index}]"
            if type(item) is dict:
                yield Fields(item, known, f"{self._at}{place}.", self._problems, self._latest)
            else:
                self._refuse(place, item, f"an object with {', '.join(sorted(known))}")

    def not_before(self, key: str, later: date | None, first: str, earlier: date | None) -> None:
        """Write it down when what came later is dated before what came first."""
        if later is not None and earlier is not None and later < earlier:
            self._problems.add(self._at + key, later.isoformat(), f"a day not before {first} ({earlier})")

    def never(self, key: str, expected: str) -> None:
        """Write down that what stands under `key` cannot be."""
        self._refuse(key, self._object.get(key), expected)

    def _item(self, place: str, value: object, limit: int) -> str:
        if type(value) is str and len(value) <= limit and value.isprintable() and "\ufffd" not in value:
            text = value.strip()
            if text:
                return text
        return self._long_way(place, value, limit, _NOT_IN_A_LINE, "one line") or ""

    def _long_way(self, key: str, value: object, limit: int, banned: re.Pattern[str], form: str) -> str | None:
        if not isinstance(value, str):
            return self._refuse(key, value, "text in quotes")
        if len(value) > limit:
            return self._refuse(key, value, f"at most {limit} characters, not {len(value):,}")
        text = value.strip()
        bad = banned.search(text)
        if bad is None:
            return text
        if bad[0] == "\ufffd":
            return self._refuse(key, value, "the letter itself where an earlier conversion left �")
        return self._refuse(key, value, f"{form} without control characters")

    def _refuse(self, key: str, value: object, expected: str) -> None:
        self._problems.add(self._at + key, value, expected)


def iso_day(text: str) -> date | None:
    """Read YYYY-MM-DD, alone or before a time of ISO 8601; anything else is None."""
    try:
        if len(text) == 10 and text[4] == text[7] == "-":  # noqa: PLR2004 - YYYY-MM-DD
            return date.fromisoformat(text)
        if len(text) > 10 and text[4] == text[7] == "-" and text[10] in "T ":  # noqa: PLR2004
            return _day_of_time(text)
    except ValueError:
        pass
    return None


@cache
def known_zones() -> frozenset[str]:
    """All IANA names; reading them takes the disk, so once a process."""
    return frozenset(available_timezones())
