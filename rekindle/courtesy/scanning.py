"""Finds the phrases of a list in a letter, every place of them: a phrase is tried only where a telling word stands.

The rules ask by the name of a list; what a phrase means, and whether it is true, is theirs to say.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rekindle.courtesy.entries import ways_to_write
from rekindle.courtesy.letter import Letter, Sentence
from rekindle.courtesy.phrases import Phrases, sentences_worth_searching, worth_searching
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
    in_order = sorted(hits, key=_in_order)
    if not any(one.overlaps(other) for one, other in pairwise(in_order)):
        return in_order[:_MOST_HITS]
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

    def possible(self, letter: Letter) -> frozenset[str]:
        """Return the names of the lists of which the letter has telling words: nothing else needs to be searched."""
        return frozenset(sentences_worth_searching(self.phrases, letter))

    def all(self, letter: Letter, name: str) -> Sequence[Hit]:
        """Return where phrases of a list stand in subject and body, in order; of those that overlap the longest."""
        return longest(
            [
                Hit(name, sentence, match)
                for sentence, sources in sentences_worth_searching(self.phrases, letter).get(name, ())
                for source in sources
                for match in source.each(sentence.plain)
            ]
        )

    def inside(self, sentence: Sentence, name: str) -> Sequence[Hit]:
        """Return where phrases of a list stand in one sentence."""
        return longest([Hit(name, sentence, match) for match in self.phrases.each(name, sentence.plain)])

    def among(self, sentence: Sentence, names: tuple[str, ...]) -> Sequence[Hit]:
        """Return where phrases of any of the lists stand in one sentence."""
        worth = worth_searching(self.phrases, sentence.plain)
        return longest(
            [
                Hit(name, sentence, match)
                for name in names
                for source in worth.get(name, ())
                for match in source.each(sentence.plain)
            ]
        )

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
