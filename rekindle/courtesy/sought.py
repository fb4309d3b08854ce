"""One list of phrases as it is searched: only where one of its telling words occurs, and compiled when one does.

Most lists have nothing to say about most letters, and then cost next to nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rekindle.courtesy.letter import plainly
from rekindle.courtesy.wording import read_wording

#: What phrases are kept under that have no telling word: they are asked for always.
_ALWAYS = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """A list of phrases, sorted by the word that a text must have before it is worth searching."""

    sources: Mapping[str, tuple[str, ...]]
    #: The phrases as a set, in plain form without apostrophes: for lists of single words.
    words: frozenset[str]
    #: The words of `sources`, and the patterns compiled so far.
    anchors: frozenset[str] = field(init=False)
    compiled: dict[str, re.Pattern[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "anchors", frozenset(self.sources))

    def telling(self, tokens: frozenset[str]) -> frozenset[str]:
        """Return which of the telling words are among those of a text (see `letter.tokens_of`)."""
        found = self.anchors & tokens
        return found | {_ALWAYS} if _ALWAYS in self.sources else found

    def pattern(self, word: str) -> re.Pattern[str]:
        """Return one pattern for all phrases that have this telling word."""
        pattern = self.compiled.get(word)
        if pattern is None:
            pattern = self.compiled[word] = re.compile(edged("|".join(self.sources[word])))
        return pattern


def sought(phrases: tuple[str, ...], common: frozenset[str]) -> Sought:
    """Sort the phrases of a list; `common` are no telling words. Raises ValueError naming the phrase that is wrong."""
    sources: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        try:
            wording = read_wording(phrase, common)
        except ValueError as wrong:
            raise ValueError(f"'{phrase}' {wrong}") from None
        for anchor in wording.anchors or (_ALWAYS,):
            sources[anchor] = (*sources.get(anchor, ()), wording.pattern)
    return Sought(sources, frozenset(plainly(phrase).replace("'", "") for phrase in phrases))


def edged(pattern: str) -> str:
    """Let a pattern begin and end at the edge of a word."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"
