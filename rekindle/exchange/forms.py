"""The sound forms of single values: text, addresses, links, days, time zones. Knows nothing of records or rows."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import available_timezones

#: An earlier day is a slip of the keyboard, whatever it stands for.
EARLIEST = date(1950, 1, 1)

# Controls, line and paragraph separators, direction overrides, lone surrogates, non-characters, and the mark that an
# earlier conversion left in place of a letter. Joiners and direction marks stay: names are written with them.
NOT_IN_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff]")
NOT_IN_A_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff]")
#: A date whose order only its writer knows.
NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T,].*)?", re.ASCII)
_YEAR_MONTH_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YMD = len("2026-05-02")


def is_plain(text: str) -> bool:
    """Say quickly that a text is fit for one line. False is no verdict: a name may hold a joiner."""
    return text.isprintable() and "\ufffd" not in text


def is_nothing(value: object) -> bool:
    """Say whether a value says nothing: null, or text of spaces alone."""
    return value is None or (type(value) is str and (not value or value.isspace()))


def iso_day(text: str) -> date | None:
    """Read YYYY-MM-DD, alone or before a time of ISO 8601 (the day as it is written there); else None."""
    if len(text) < _YMD or not text[4] == text[7] == "-":
        return None
    try:
        return date.fromisoformat(text) if len(text) == _YMD else _day_of(text)
    except ValueError:
        return None


def expected_day(value: object) -> str:
    """Say what a value that is no day should have been."""
    if isinstance(value, str) and NUMBERS.fullmatch(value):
        return "a date such as 2026-05-02; in this order it could be two days"
    if isinstance(value, str) and _YEAR_MONTH_DAY.match(value):
        return "a day that exists, such as 2026-05-02"
    return "a date, such as 2026-05-02"


def _day_of(text: str) -> date:
    return datetime.fromisoformat(text.removesuffix("UTC").rstrip()).date()


@cache
def _known_zones() -> frozenset[str]:
    """All IANA names; reading them takes the disk, so once a process.

    But for `Factory`, which stands for a zone that nobody has set, and which calendars cannot read.
    """
    return frozenset(available_timezones()) - {"Factory"}


class Shape(NamedTuple):
    """What one line of text must look like to be a certain thing."""

    longest: int
    fits: Callable[[str], object]
    expected: str


ADDRESS = Shape(
    254, re.compile(r'[^\s@<>,;:"()]{1,64}@[^\s@<>,;:"()]+').fullmatch, "one email address, such as name@example.org"
)
LINK = Shape(
    500,
    re.compile(r'https?://[^\s/?#"<>\\]+[^\s"<>\\]*', re.IGNORECASE).fullmatch,
    "a web address beginning with https://",
)
LOCALE = Shape(
    16, re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}").fullmatch, "a language, such as en or pt-BR"
)
ZONE = Shape(64, lambda text: text in _known_zones(), "an IANA time zone, such as Europe/Berlin")
