"""Phrases as they are searched: only where the words stand that they need, and compiled when they first do.

Most lists have nothing to say about most letters, and then cost next to nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rekindle.courtesy.letter import places_of, plainly
from rekindle.courtesy.wording import MOST_NEEDS, Needs, Wording, read_wording


@dataclass(eq=False, slots=True)
class Source:
    """Phrases of the list `name` that need the same words; told apart by identity."""

    name: str
    needs: Needs
    wordings: list[Wording] = field(default_factory=list, repr=False)
    _pattern: re.Pattern[str] | None = None
    #: The words that they begin with; none where nobody can say.
    _firsts: frozenset[str] = frozenset()

    def each(self, plain: str) -> Iterable[re.Match[str]]:
        """Find them in plain text, one behind the other."""
        pattern = self._pattern or self._compile()
        if not self._firsts:
            return pattern.finditer(plain)
        # A search tries every sign of the text, which takes several times as long as this.
        places = places_of(plain)
        starts = [start for word in self._firsts.intersection(places) for start in places[word]]
        found: list[re.Match[str]] = []
        end = 0
        for start in sorted(starts):
            if start >= end and (match := pattern.match(plain, start)):
                found.append(match)
                end = match.end()
        return found

    def _compile(self) -> re.Pattern[str]:
        # The longest first: of two phrases that begin alike, an alternation takes the first.
        patterns = sorted((wording.pattern for wording in self.wordings), key=len, reverse=True)
        if all(wording.firsts for wording in self.wordings):
            self._firsts = frozenset().union(*(wording.firsts for wording in self.wordings))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")
        return self._pattern


class Index:
    """Finds those of many phrases that a text could have, by the words it has.

    Every phrase has a bit for each of its needs, and every word a number with the bits of the needs it meets: to ask
    all at once in this way touches a small part of what asking one after the other would.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = tuple(sources)
        self._met: dict[str, int] = {}
        #: The bits of the needs that a phrase has not.
        self._given = 0
        for at, source in enumerate(self._sources):
            for place, words in enumerate((*source.needs, *[None] * MOST_NEEDS)[:MOST_NEEDS]):
                bit = 1 << (place * len(self._sources) + at)
                if words is None:
                    self._given |= bit
                for word in words or ():
                    self._met[word] = self._met.get(word, 0) | bit
        self._words = frozenset(self._met)

    def within(self, tokens: frozenset[str]) -> list[Source]:
        """Return the phrases worth searching in a text of these words."""
        met, most = self._given, len(self._sources)
        for word in self._words & tokens:
            met |= self._met[word]
        left = (1 << most) - 1
        for place in range(MOST_NEEDS):
            left &= met >> (place * most)
        found: list[Source] = []
        while left:
            at = left.bit_length() - 1
            found.append(self._sources[at])
            left ^= 1 << at
        return found


@dataclass(frozen=True, slots=True)
class Sought:
    """A list of phrases."""

    sources: tuple[Source, ...]
    #: The phrases as a set, in plain form without apostrophes: for lists of single words.
    words: frozenset[str]


def sought(name: str, phrases: tuple[str, ...], common: frozenset[str]) -> Sought:
    """Sort the phrases of a list; `common` are no telling words. Raises ValueError naming the phrase that is wrong."""
    sources: dict[Needs, Source] = {}
    for phrase in phrases:
        try:
            wording = read_wording(phrase, common)
        except ValueError as wrong:
            raise ValueError(f"'{phrase}' {wrong}") from None
        sources.setdefault(wording.needs, Source(name, wording.needs)).wordings.append(wording)
    return Sought(tuple(sources.values()), frozenset(plainly(phrase).replace("'", "") for phrase in phrases))
