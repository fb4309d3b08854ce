"""One list of phrases as it is searched: only where one of its telling words occurs, and compiled when one does.

Most lists have nothing to say about most letters, and then cost next to nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rekindle.courtesy.letter import plainly, tokens_of
from rekindle.courtesy.wording import read_wording

#: What phrases are kept under that have no telling word: they are asked for always.
ALWAYS = ""


@dataclass(slots=True)
class Source:
    """Phrases with the same telling words, compiled to one pattern when it is first needed."""

    patterns: list[str] = field(default_factory=list)
    compiled: re.Pattern[str] | None = None

    def each(self, plain: str) -> Iterator[re.Match[str]]:
        """Find them in plain text."""
        if self.compiled is None:
            # The longest first: of two phrases that begin alike, an alternation takes the first.
            self.compiled = re.compile(edged("|".join(sorted(self.patterns, key=len, reverse=True))))
        return self.compiled.finditer(plain)


@dataclass(frozen=True, slots=True)
class Sought:
    """A list of phrases, sorted by the words that a text must have before it is worth searching."""

    #: Telling word -> other words, of which a text must have one too (if there are any) -> the phrases.
    sources: Mapping[str, Mapping[frozenset[str], Source]]
    #: The phrases as a set, in plain form without apostrophes: for lists of single words.
    words: frozenset[str]
    #: The words of `sources`.
    anchors: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "anchors", frozenset(self.sources))

    def each(self, plain: str) -> Iterator[re.Match[str]]:
        """Find the phrases in plain text, in no order; they may overlap."""
        tokens = tokens_of(plain)
        telling = self.anchors & tokens
        for word in (*telling, ALWAYS) if ALWAYS in self.sources else telling:
            for others, source in self.sources[word].items():
                if not others or not others.isdisjoint(tokens):
                    yield from source.each(plain)


def sought(phrases: tuple[str, ...], common: frozenset[str]) -> Sought:
    """Sort the phrases of a list; `common` are no telling words. Raises ValueError naming the phrase that is wrong."""
    sources: dict[str, dict[frozenset[str], Source]] = {}
    for phrase in phrases:
        try:
            wording = read_wording(phrase, common)
        except ValueError as wrong:
            raise ValueError(f"'{phrase}' {wrong}") from None
        for anchor in wording.anchors or (ALWAYS,):
            sources.setdefault(anchor, {}).setdefault(wording.others, Source()).patterns.append(wording.pattern)
    return Sought(sources, frozenset(plainly(phrase).replace("'", "") for phrase in phrases))


def edged(pattern: str) -> str:
    """Let a pattern begin and end at the edge of a word."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"
