"""What is wrong with a row, said so that a person can mend it: the column, the value, what was expected."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

#: A row with this many problems is another kind of thing; looking further helps nobody.
MOST = 20
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """`column` is the path in a JSON line (`applications[0].decided_on`) or the header of a CSV column."""

    column: str
    value_shown: str
    expected: str

    def __str__(self) -> str:
        return f"{self.column}: {self.value_shown}; expected {self.expected}"


class TooManyProblems(Exception):
    """Enough was found wrong with one row."""


class Problems:
    """The problems of one row, in the order found."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, column: str, value: object, expected: str) -> None:
        """Write one down. Raises TooManyProblems when there are enough."""
        self.found.append(Problem(shown(column), shown(value), expected))
        if len(self.found) >= MOST:
            raise TooManyProblems


def shown(value: object) -> str:
    """Write a value so that it is safe on any terminal: at most 60 characters, what cannot be seen escaped."""
    if value is None:
        return "(nothing)"
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    return _short(value if isinstance(value, str) else json.dumps(value)) or "(empty)"


def choice(words: Iterable[str]) -> str:
    """Return `a, b or c`."""
    *others, last = words
    return f"{', '.join(others)} or {last}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean X?`, or the whole choice when nothing is near."""
    near = get_close_matches(word[:_SHOWN], sorted(known), n=1)
    return f"did you mean {near[0]}?" if near else choice(sorted(known))


def _short(text: str) -> str:
    visible = "".join(map(_visible, text[: _SHOWN + 1]))
    return visible if len(visible) <= _SHOWN else visible[: _SHOWN - 1] + "…"


def _visible(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
