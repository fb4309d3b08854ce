"""Finds the phrases of a list in a letter: every place, the longest of those that overlap, with `{month}` and the like.

The rules ask by the name of a list; what a phrase means, and whether it is true, is theirs to say.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rekindle.courtesy.entries import ways_to_write
from rekindle.courtesy.letter import Letter, Sentence, tokens_of
from rekindle.courtesy.phrases import FUNCTION_WORDS, Phrases
from rekindle.courtesy.wording import read_wording

#: `{month}` in a phrase stands for any entry of the list `months`, and so on.
_SLOTS = {
    "month": "months",
    "clear_month": "clear_months",
    "season": "seasons",
    "quarter": "quarters",
    "unit": "units",
    "step": "step_nouns",
    "level": "level_words",
    "kind": "step_kinds",
}
#: A number, whole or with a half, in words or in digits.
_NUMBER = "n"
_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Hit:
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

    def overlaps(self, other: "Hit") -> bool:
        return self.sentence is other.sentence and self.start < other.end and other.start < self.end


#: Telling word -> name of a list and the pattern of all its phrases that need that word; "" is asked for always.
_Patterns = Mapping[str, Sequence[tuple[str, re.Pattern[str]]]]


def find_all(letter: Letter, phrases: Phrases, *names: str) -> list[Hit]:
    """Return where phrases of these lists stand in subject and body, in the order of the letter."""
    patterns = _patterns_of(names, phrases)
    if patterns.keys().isdisjoint(tokens_of(letter.both)) and "" not in patterns:
        return []
    return [hit for sentence in letter.said for hit in _in_sentence(sentence, patterns)]


def find_in(sentence: Sentence, phrases: Phrases, *names: str) -> list[Hit]:
    """Return where phrases of these lists stand in one sentence."""
    return _in_sentence(sentence, _patterns_of(names, phrases))


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Drop every hit that overlaps a longer one; what is left stands in the order of the text."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start, hit.name)):
        if not any(hit.overlaps(other) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.sentence.index, hit.start))


def _in_sentence(sentence: Sentence, patterns: _Patterns) -> list[Hit]:
    hits = [
        Hit(name, sentence, match)
        for word in (*tokens_of(sentence.plain), "")
        for name, pattern in patterns.get(word, ())
        for match in pattern.finditer(sentence.plain)
    ]
    return longest(hits) if len(hits) > 1 else hits


#: The sets of phrases used last: a process uses one for all its letters, and compiling takes its time.
_compiled: dict[int, tuple[Phrases, dict[tuple[str, ...], _Patterns]]] = {}
_MOST_COMPILED = 8


def _patterns_of(names: tuple[str, ...], phrases: Phrases) -> _Patterns:
    known = _compiled.get(id(phrases))
    if known is None or known[0] is not phrases:
        if len(_compiled) >= _MOST_COMPILED:
            _compiled.clear()
        known = _compiled[id(phrases)] = (phrases, {})
    patterns = known[1].get(names)
    if patterns is None:
        patterns = known[1][names] = _compile(names, phrases.lists)
    return patterns


def _compile(names: Iterable[str], lists: Mapping[str, tuple[str, ...]]) -> _Patterns:
    common = frozenset(lists.get(FUNCTION_WORDS, ()))
    sources: dict[tuple[str, str], list[str]] = {}
    for name, entry in ((each, entry) for each in names for entry in lists[each]):
        wording = read_wording(filled(entry, lists), common)
        for anchor in wording.anchors or ("",):
            sources.setdefault((anchor, name), []).append(wording.pattern)
    patterns: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for (anchor, name), found in sources.items():
        # The longest first: of two phrases that begin alike an alternation takes the first.
        either = "|".join(sorted(found, key=len, reverse=True))
        patterns.setdefault(anchor, []).append((name, re.compile(rf"(?<!\w)(?:{either})(?!\w)")))
    return patterns


def filled(phrase: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    """Put all entries of its list in the place of each slot of a phrase, which may stand among other choices."""

    def inside(slot: re.Match[str]) -> str:
        if slot[1] == _NUMBER:
            return "|".join((*_ways("half_numbers", lists), *_ways("numbers", lists), "#"))
        return "|".join(_ways(_SLOTS[slot[1]], lists))

    within = _CHOICE.sub(lambda choice: _SLOT.sub(inside, choice[0]), phrase)
    return _SLOT.sub(lambda slot: f"({inside(slot)})", within)


def _ways(name: str, lists: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [way for entry in lists[name] for way in ways_to_write(entry)]
