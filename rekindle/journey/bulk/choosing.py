"""Chooses the content items worth this person's time, and says why. Pure: no database, no clock."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[+#]+)?", re.UNICODE)
#: What the letters are written in; everyone we write to has been interviewed in it.
HOUSE_LANGUAGE = "en"


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """Split into case-folded words, so that "0-to-1 Products" meets "products"."""
    return frozenset(_WORD.findall(text.casefold()))


@dataclass(frozen=True, slots=True)
class Item:
    """A content item as the choice sees it."""

    id: int
    topics: tuple[str, ...]
    families: frozenset[str]
    language: str
    published_on: date
    topic_words: tuple[frozenset[str], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "topic_words", tuple(words_of(topic) for topic in self.topics))

    @property
    def is_for_everyone(self) -> bool:
        return not self.topics and not self.families


@dataclass(frozen=True, slots=True)
class Reader:
    """A candidate as the choice sees it: labels by kind, role families, what was already sent."""

    families: frozenset[str]
    interests: tuple[str, ...]
    skills: tuple[str, ...]
    language: str
    seen: frozenset[int]


@dataclass(frozen=True, slots=True)
class Choice:
    item_id: int
    why: str


def choose(items: Sequence[Item], reader: Reader, most: int) -> tuple[Choice, ...]:
    """Pick at most `most` items for `reader`: what they told us interests them first, then the newest.

    - never one they were sent before
    - in their language or the house's; among items for the same kind of reason, theirs come first
    - about an interest, a skill or their kind of work, or marked for everyone
    """
    fitting = [(rank, item, why) for item in items if (match := _match(item, reader)) for rank, why in [match]]
    fitting.sort(key=lambda found: _place(found[0], found[1], reader))
    return tuple(Choice(item.id, why) for _, item, why in fitting[:most])


def _place(rank: int, item: Item, reader: Reader) -> tuple[int, bool, int, int]:
    return rank, item.language != reader.language, -item.published_on.toordinal(), item.id


def too_little(chosen: Sequence[Choice], least: int) -> tuple[str, str]:
    """Say why somebody gets nothing though they are due, as the code of the reason and a sentence."""
    if not chosen:
        return "nothing_relevant", "nothing in this edition concerns this person and is new to them"
    fitting = "one item" if len(chosen) == 1 else f"{len(chosen)} items"
    return (
        "too_little",
        f"only {fitting} in this edition would be of interest and new to this person; {least} is the least",
    )


def _match(item: Item, reader: Reader) -> tuple[int, str] | None:
    if item.id in reader.seen or item.language not in {reader.language, HOUSE_LANGUAGE}:
        return None
    if interest := _shared(item, reader.interests):
        return 0, f"you told us you are interested in {interest}"
    if skill := _shared(item, reader.skills):
        return 1, f"it is about {skill}, which you work with"
    if family := min(item.families & reader.families, default=None):
        return 2, f"it is written for people in {family}"
    return (3, "it is news for everyone we know") if item.is_for_everyone else None


def _shared(item: Item, labels: Iterable[str]) -> str | None:
    """Return the first label that speaks of a topic: all words of one stand in the other."""
    for label in labels:
        own = words_of(label)
        if own and any(topic and (topic <= own or own <= topic) for topic in item.topic_words):
            return label
    return None
