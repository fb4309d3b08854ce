"""What a source holds, read and made plain: its items, and what was left out and why. Nothing is stored here."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rekindle.errors import RekindleError


class Unreadable(RekindleError):
    """Nothing of a source could be read; the sentence goes on from its name: "source 2: it is a web page, no feed"."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as its source tells it: plain text, on one line each. What it does not say is None or empty."""

    #: What the source calls it: it stays the same when title and link change.
    key: str
    title: str
    url: str
    summary: str
    topics: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    language: str | None = None
    published_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Omission:
    """An entry that is not taken: how a person finds it, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """All that could be read. `remark` says what is wrong with the whole, in a sentence."""

    entries: tuple[Entry, ...] = ()
    left_out: tuple[Omission, ...] = ()
    remark: str | None = None


def as_json(found: Found) -> dict[str, Any]:
    """Write it for another process of ours; `from_json` reads it back."""
    told = asdict(found)
    for entry in told["entries"]:
        for name in ("published_on", "valid_until"):
            entry[name] = entry[name] and entry[name].isoformat()
    return told


def from_json(told: Mapping[str, Any]) -> Found:
    return Found(
        tuple(map(_entry, told["entries"])), tuple(Omission(**each) for each in told["left_out"]), told["remark"]
    )


def _entry(told: dict[str, Any]) -> Entry:
    days = {name: date.fromisoformat(told[name]) for name in ("published_on", "valid_until") if told[name]}
    return Entry(**told | days | {name: tuple(told[name]) for name in ("topics", "families")})
