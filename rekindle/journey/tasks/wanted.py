"""What there is to do for a candidate, as a value: the same thing found twice has the same key. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from rekindle.journey.letters.standards import Standards
from rekindle.store.tasks import TaskKind

Each = TypeVar("Each")
#: What a key is made of, beside its kind: a candidate (c), application (a), role (r) or touch (t).
_ID = re.compile(r":([acrt])-(\d+)")
#: How many ids one query is given.
PAGE: Final = 500
ON_LINKEDIN: Final = frozenset({TaskKind.LINKEDIN_CONNECT, TaskKind.LINKEDIN_ENGAGE})


@dataclass(frozen=True, slots=True)
class Rules:
    """The team's `[tasks]`: days, with 0 for never where they say how often; and who does what."""

    connect_after: int
    engage_every: int
    call_within: int
    promise_within: int
    reply_within: int
    standards: Standards


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something only a person can do. `reason` is a sentence without names."""

    candidate_id: int
    kind: TaskKind
    key: str
    reason: str
    due_on: date
    recruiter: str | None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """Why a task needs nobody any more: it was done by another road, by which touch; or its reason is gone."""

    note: str
    was_done: bool = False
    touch_id: int | None = None


def key(kind: TaskKind, *about: str) -> str:
    """Write the key of a task, such as `promise:a-7:r-3`."""
    return ":".join([kind.value, *about])


def ids_in(of: str) -> dict[str, int]:
    """Read the ids of a key: `promise:a-7:r-3` is {"a": 7, "r": 3}."""
    return {letter: int(digits) for letter, digits in _ID.findall(of)}


def pages(found: Sequence[Each]) -> Iterator[Sequence[Each]]:
    """Cut a list into what one query takes."""
    for start in range(0, len(found), PAGE):
        yield found[start : start + PAGE]
