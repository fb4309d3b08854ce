"""Words as they are compared: stemmed, without those that say nothing, and with words that mean the same made one."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rekindle.courtesy.entries import ways_to_write
from rekindle.courtesy.letter import plainly, tokens_of
from rekindle.courtesy.phrases import FUNCTION_WORDS, Phrases

Stems = frozenset[str]
_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
# "You'd", "we've", "Sarah's": what follows the apostrophe says nothing.
_CONTRACTED = re.compile(r"'(?:d|ll|ve|re|s|m|t)\b|'")
_ALGORITHMS = {"en": "english", "de": "german"}
#: Stems that begin alike for so long, and by this share, are of one word: "strategi" and "strateg".
_ALIKE, _SHARE = 5, 0.7
#: A German word may stand inside a longer one: "strategi" in "produktstrategi".
_COMPOUNDS = frozenset({"de"})


@dataclass(frozen=True, eq=False, slots=True)
class Vocabulary:
    """How one language is compared. Made once for each set of phrases, and told apart by identity."""

    language: str
    #: Words that say nothing, as they are written and as stems.
    empty: frozenset[str]
    #: Each way to write something, and the one word it is read as.
    same: dict[str, str]
    #: The first words of all those ways: whether it is worth looking.
    signs: frozenset[str]
    pattern: re.Pattern[str]


def vocabulary_of(phrases: Phrases) -> Vocabulary:
    return _vocabulary(
        phrases.language,
        frozenset((*phrases.lists.get(FUNCTION_WORDS, ()), *phrases.lists["empty_words"])),
        phrases.lists["synonyms"],
    )


@lru_cache(maxsize=16384)
def stems_of(text: str, vocabulary: Vocabulary) -> Stems:
    """Return the stems of what a text speaks of; words that say nothing are left out."""
    plain = plainly(text)
    if not vocabulary.signs.isdisjoint(tokens_of(plain)):
        plain = vocabulary.pattern.sub(lambda match: f" {vocabulary.same[match[0]]} ", plain)
    words = (word for word in _WORD.findall(_CONTRACTED.sub("", plain)) if word not in vocabulary.empty)
    return frozenset(one for word in words if (one := stem(word, vocabulary.language)) not in vocabulary.empty)


def shared(some: Stems, others: Stems, language: str) -> Stems:
    """Return those of `some` that `others` have too, in whatever form."""
    if exact := some & others:
        return exact
    alike = _inside if language in _COMPOUNDS else _begin_alike
    return frozenset(one for one in some if any(alike(one, other) for other in others))


def _begin_alike(one: str, other: str) -> bool:
    if one[:_ALIKE] != other[:_ALIKE] or len(one) < _ALIKE:
        return False
    alike = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return alike >= _SHARE * max(len(one), len(other))


def _inside(one: str, other: str) -> bool:
    """Say whether one word stands in the other, as they do in German, or begins like it."""
    short, long = sorted((one, other), key=len)
    return (len(short) >= _ALIKE and short in long) or _begin_alike(one, other)


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """Return a word in plain form without its ending; of a language without a stemmer as in English."""
    if not word.isalpha():
        return word
    # Imported here: it loads every language it knows, and most commands compare no words.
    import snowballstemmer  # type: ignore[import-untyped]  # noqa: PLC0415

    # One of its own: a stemmer keeps its state, and threads that share one would mix theirs.
    return str(snowballstemmer.stemmer(_ALGORITHMS.get(language, "english")).stemWord(word))


@lru_cache(maxsize=8)
def _vocabulary(language: str, empty: frozenset[str], synonyms: tuple[str, ...]) -> Vocabulary:
    groups = [ways_to_write(entry) for entry in synonyms]
    same = {way: "".join(_WORD.findall(group[0])) for group in groups for way in group}
    ways = sorted(same, key=len, reverse=True)
    return Vocabulary(
        language,
        empty | {stem(word, language) for word in empty},
        same,
        frozenset(_WORD.findall(way)[0] for way in ways),
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ways)) or '(?!)'})(?!\w)"),
    )
