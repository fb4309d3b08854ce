"""One list of phrases as it is searched: only where one of its telling words occurs, and compiled when one does.

Most lists have nothing to say about most letters, and then cost next to nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rekindle.courtesy.letter import plainly, tokens_of
from rekindle.courtesy.wording import read_wording

#: What phrases are kept under that have no telling word: they are asked for always.
_ALWAYS = ""
#: The other words of which a text must have one too -> the phrases, as patterns.
Sources = Mapping[frozenset[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sought:
    """A list of phrases, sorted by the word that a text must have before it is worth searching."""

    sources: Mapping[str, Sources]
    #: The phrases as a set, in plain form without apostrophes: for lists of single words.
    words: frozenset[str]
    #: The words of `sources`, and the patterns compiled so far.
    anchors: frozenset[str] = field(init=False)
    compiled: dict[tuple[str, frozenset[str]], re.Pattern[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "anchors", frozenset(self.sources))

    def telling(self, tokens: frozenset[str]) -> frozenset[str]:
        """Return which of the telling words are among those of a text (see `letter.tokens_of`)."""
        found = self.anchors & tokens
        return found | {_ALWAYS} if _ALWAYS in self.sources else found

    def each(self, word: str, plain: str) -> Iterator[re.Match[str]]:
        """Find the phrases that have this telling word in plain text, in no order; they may overlap."""
        tokens = tokens_of(plain)
        for others in self.sources[word]:
            if not others or not others.isdisjoint(tokens):
                yield from self._pattern(word, others).finditer(plain)

    def _pattern(self, word: str, others: frozenset[str]) -> re.Pattern[str]:
        pattern = self.compiled.get((word, others))
        if pattern is None:
            # The longest first: of two phrases that begin alike, an alternation takes the first.
            either = "|".join(sorted(self.sources[word][others], key=len, reverse=True))
            pattern = self.compiled[word, others] = re.compile(edged(either))
        return pattern


def sought(phrases: tuple[str, ...], common: frozenset[str]) -> Sought:
    """Sort the phrases of a list; `common` are no telling words. Raises ValueError naming the phrase that is wrong."""
    sources: dict[str, dict[frozenset[str], tuple[str, ...]]] = {}
    for phrase in phrases:
        try:
            wording = read_wording(phrase, common)
        except ValueError as wrong:
            raise ValueError(f"'{phrase}' {wrong}") from None
        for anchor in wording.anchors or (_ALWAYS,):
            own = sources.setdefault(anchor, {})
            own[wording.others] = (*own.get(wording.others, ()), wording.pattern)
    return Sought(sources, frozenset(plainly(phrase).replace("'", "") for phrase in phrases))


def edged(pattern: str) -> str:
    """Let a pattern begin and end at the edge of a word."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"
