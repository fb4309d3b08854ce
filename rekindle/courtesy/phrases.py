"""The wording the rules look for, from config/courtesy.toml: a list of phrases for each name, one set a language.

How a phrase is written stands in `rekindle.courtesy.wording`. Reads no file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from rekindle.courtesy.letter import Letter, Sentence, tokens_of
from rekindle.courtesy.sought import Index, Sought, Source, sought
from rekindle.errors import BadInput

_SLOT = re.compile(r"\{(\w+)\}")
#: The list whose words are no good sign of anything, and tell one language from another.
FUNCTION_WORDS = "function_words"
#: Groups of lists that things are only looked up in.
_NEVER_SEARCHED = frozenset({"words", "looked_up"})


@dataclass(frozen=True, eq=False)
class Phrases:
    """The phrases of one language by name; told apart by identity."""

    language: str
    #: The phrases as they stand in the file, for what is looked up rather than searched (months, numbers).
    lists: Mapping[str, tuple[str, ...]]
    #: Group -> the names of its lists, as the file keeps them in order.
    groups: Mapping[str, tuple[str, ...]]
    sought: Mapping[str, Sought] = field(repr=False)

    def find(self, name: str, plain: str) -> re.Match[str] | None:
        """Find the first phrase of the list `name` in plain text (see `letter.plainly`); of two there the longer."""
        return min(self.each(name, plain), key=_place, default=None)

    def each(self, name: str, plain: str) -> list[re.Match[str]]:
        """Find all phrases of the list `name`, in no order; those of different words may overlap."""
        sources = worth_searching(self, plain).get(name, ()) if name in self._searched else self._list(name).sources
        return [match for source in sources for match in source.each(plain)]

    def among(self, name: str, letter: Letter) -> Iterator[tuple[Sentence, re.Match[str]]]:
        """Find the first phrase of the list `name` in each sentence and in the subject, if there is one."""
        for sentence, matches in self.throughout(name, letter):
            yield sentence, min(matches, key=_place)

    def throughout(self, name: str, letter: Letter) -> list[tuple[Sentence, list[re.Match[str]]]]:
        """Find all phrases of the list `name`: each sentence that has one, in order, with its matches in no order."""
        self._list(name)
        worth = sentences_worth_searching(self, letter).get(name, ())
        found = ((each, [match for source in sources for match in source.each(each.plain)]) for each, sources in worth)
        return [(sentence, matches) for sentence, matches in found if matches]

    def words(self, name: str) -> frozenset[str]:
        """Return the words of a list as they stand in a plain text, as a set."""
        return self._list(name).words

    @cached_property
    def index(self) -> Index:
        """The phrases of all lists that are searched."""
        return Index(source for name in self._searched for source in self.sought[name].sources)

    @cached_property
    def _searched(self) -> Mapping[str, None]:
        return dict.fromkeys(
            name for group, names in self.groups.items() if group not in _NEVER_SEARCHED for name in names
        )

    def _list(self, name: str) -> Sought:
        try:
            return self.sought[name]
        except KeyError:
            raise BadInput(f"courtesy.toml: [{self.language}] has no list {name}") from None


@dataclass(frozen=True, slots=True)
class Manner:
    """All of config/courtesy.toml: the phrases of every language, and the limits."""

    languages: Mapping[str, Phrases]
    limits: Mapping[str, float]

    def of(self, language: str) -> Phrases:
        """Return the phrases of a language; of English where it has none of its own."""
        return self.languages.get(language, self.languages["en"])


def manner_from(told: Mapping[str, Any]) -> Manner:
    """Read what the file says. Raises BadInput naming the language, the list and the phrase that cannot be used."""
    limits = told.get("limits", {})
    languages = {name: _language(name, lists) for name, lists in told.items() if name != "limits"}
    english = languages.get("en")
    if english is None:
        raise BadInput("courtesy.toml has no [en]: English is what every other language falls back to")
    for language in languages.values():
        if missing := sorted(english.lists.keys() - language.lists.keys()):
            raise BadInput(f"courtesy.toml: [{language.language}] has no {', '.join(missing)}")
    return Manner(languages, {name: float(value) for name, value in limits.items()})


@lru_cache(maxsize=256)
def worth_searching(phrases: Phrases, plain: str) -> Mapping[str, Sequence[Source]]:
    """Return list name -> its phrases that a plain text has the words for.

    Asked once for all lists: only what is in here has to be searched.
    """
    found: dict[str, list[Source]] = {}
    for source in phrases.index.within(tokens_of(plain)):
        found.setdefault(source.name, []).append(source)
    return found


@lru_cache(maxsize=4)
def sentences_worth_searching(
    phrases: Phrases, letter: Letter
) -> Mapping[str, Sequence[tuple[Sentence, Sequence[Source]]]]:
    """Return list name -> each sentence, in order, that has the words for some of its phrases, with those phrases."""
    found: dict[str, list[tuple[Sentence, Sequence[Source]]]] = {}
    for sentence in letter.said:
        for name, sources in worth_searching(phrases, sentence.plain).items():
            found.setdefault(name, []).append((sentence, sources))
    return found


def _place(match: re.Match[str]) -> tuple[int, int]:
    """Sort the first to the front, and of two in one place the longer."""
    return match.start(), -match.end()


def _language(name: str, groups: Any) -> Phrases:
    lists = dict(_lists(name, groups))
    common = frozenset(lists.get(FUNCTION_WORDS, ()))
    found: dict[str, Sought] = {}
    for key, phrases in lists.items():
        try:
            found[key] = sought(key, _filled(phrases, lists), common)
        except ValueError as wrong:
            raise BadInput(f"courtesy.toml: [{name}] {key}: {wrong}") from None
    return Phrases(name, lists, {group: tuple(own) for group, own in groups.items()}, found)


def _lists(name: str, groups: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the lists of all groups: `[en.manners]` and `[en.truth]` only keep the file in order."""
    if not isinstance(groups, dict) or not all(isinstance(lists, dict) for lists in groups.values()):
        raise BadInput(f"courtesy.toml: [{name}] must hold groups of lists, such as [{name}.manners]")
    for lists in groups.values():
        for key, phrases in lists.items():
            if not isinstance(phrases, list) or not all(isinstance(each, str) and each.strip() for each in phrases):
                raise BadInput(f"courtesy.toml: [{name}] {key} must be a list of phrases in quotes")
            yield key, tuple(phrases)


def _filled(phrases: tuple[str, ...], lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Put the phrases of the list `when` where `{when}` stands; what is no list stays, for the rule that knows it."""

    def choices(slot: re.Match[str]) -> str:
        return f"({'|'.join(lists[slot[1]])})" if slot[1] in lists else slot[0]

    return tuple(_SLOT.sub(choices, phrase) if "{" in phrase else phrase for phrase in phrases)
