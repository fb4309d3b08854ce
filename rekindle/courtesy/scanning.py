"""Finds the phrases of a list in a letter, every place of them: a phrase is tried only where a telling word stands.

The rules ask by the name of a list; what a phrase means, and whether it is true, is theirs to say.
"""

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rekindle.courtesy.entries import ways_to_write
from rekindle.courtesy.letter import Letter, Sentence, tokens_of
from rekindle.courtesy.phrases import Phrases, worth_searching
from rekindle.courtesy.sought import ALWAYS, Source
from rekindle.courtesy.stems import Stems, stems_of, vocabulary_of

#: No letter says anything so often; one that does is none, and must not take long.
_MOST_HITS = 100


class Hit(NamedTuple):
    """A phrase of the list `name` in a sentence, at `match` of its plain form."""

    name: str
    sentence: Sentence
    match: re.Match[str]

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()

    @property
    def quote(self) -> str:
        """The words as they were written."""
        return self.sentence.quote(self.match)

    @property
    def plain(self) -> str:
        return self.match[0]

    def through(self, end: int) -> str:
        """Return the words as they were written from where the phrase begins to `end`, or where it ends itself."""
        return self.sentence.text[self.start : max(end, self.end)].strip()

    def overlaps(self, other: "Hit") -> bool:
        return self.sentence is other.sentence and self.start < other.end and other.start < self.end


def longest(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Drop every hit that overlaps a longer one; what is left stands in order, the first of too many."""
    if len(hits) < 2:  # noqa: PLR2004 - nothing to compare
        return hits
    # Those kept never overlap, so that only the neighbours have to be asked: a long text may have thousands.
    kept: list[Hit] = []
    places: list[tuple[int, int]] = []
    for hit in sorted(hits, key=_longest_first):
        place = _in_order(hit)
        at = bisect(places, place)
        if not any(hit.overlaps(other) for other in kept[max(0, at - 1) : at + 1]):
            kept.insert(at, hit)
            places.insert(at, place)
    return kept[:_MOST_HITS]


def _longest_first(hit: Hit) -> tuple[int, int, int, str]:
    start, end = hit.match.span()
    return hit.sentence.index, start - end, start, hit.name


def _in_order(hit: Hit) -> tuple[int, int]:
    return hit.sentence.index, hit.match.start()


class Scanner:
    """The phrases of one language, and what is derived from its lists."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.vocabulary = vocabulary_of(phrases)
        self._stems: dict[str, Stems] = {}
        self._either: dict[str, re.Pattern[str]] = {}
        self._joined: dict[tuple[str, ...], dict[str, list[tuple[str, frozenset[str], Source]]]] = {}

    def possible(self, letter: Letter) -> frozenset[str]:
        """Return the names of the lists of which the letter has telling words: nothing else needs to be searched."""
        return frozenset(worth_searching(self.phrases, letter))

    def all(self, letter: Letter, name: str) -> Sequence[Hit]:
        """Return where phrases of a list stand in subject and body, in order; of those that overlap the longest."""
        return longest(
            [
                Hit(name, sentence, match)
                for sentence, source in worth_searching(self.phrases, letter).get(name, ())
                for match in source.each(sentence.plain)
            ]
        )

    def inside(self, sentence: Sentence, name: str) -> Sequence[Hit]:
        """Return where phrases of a list stand in one sentence."""
        return longest([Hit(name, sentence, match) for match in self.phrases.sought[name].each(sentence.plain)])

    def among(self, sentence: Sentence, names: tuple[str, ...]) -> Sequence[Hit]:
        """Return where phrases of any of the lists stand in one sentence: many small lists at the price of one."""
        joined, found, tokens = self._join(names), list[Hit](), tokens_of(sentence.plain)
        for word in (*tokens, ALWAYS):
            for name, others, source in joined.get(word, ()):
                if not others or not others.isdisjoint(tokens):
                    found += [Hit(name, sentence, match) for match in source.each(sentence.plain)]
        return longest(found)

    def stems(self, name: str) -> Stems:
        """Return the stems of all words of a list."""
        if name not in self._stems:
            self._stems[name] = stems_of(" ".join(self.phrases.lists[name]), self.vocabulary)
        return self._stems[name]

    def either(self, name: str) -> re.Pattern[str]:
        """Return a pattern of the words of a list as they stand in a plain text, the longest first."""
        if name not in self._either:
            ways = sorted(
                (way for each in self.phrases.lists[name] for way in ways_to_write(each)), key=len, reverse=True
            )
            self._either[name] = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ways))})(?!\w)")
        return self._either[name]

    def _join(self, names: tuple[str, ...]) -> Mapping[str, Sequence[tuple[str, frozenset[str], Source]]]:
        joined = self._joined.get(names)
        if joined is None:
            joined = self._joined[names] = {}
            for name in names:
                for word, sources in self.phrases.sought[name].sources.items():
                    joined.setdefault(word, []).extend((name, others, source) for others, source in sources.items())
        return joined


#: Those used last: a process uses one for all its letters, and compiling takes its time.
_scanners: dict[int, Scanner] = {}
_MOST_SCANNERS = 8


def scanner_of(phrases: Phrases) -> Scanner:
    """Return the one scanner of these very phrases."""
    known = _scanners.get(id(phrases))
    if known is None or known.phrases is not phrases:
        if len(_scanners) >= _MOST_SCANNERS:
            _scanners.clear()
        known = _scanners[id(phrases)] = Scanner(phrases)
    return known
