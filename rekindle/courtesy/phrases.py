"""The wording the rules look for, from config/courtesy.toml: a list of phrases for each name, one set a language.

A phrase is words. `(a|b)` is one of several, `(a|)` may be left out, `...` stands for up to six words, and an apostrophe
or dash of any shape is the same. Compiled once; reads no file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rekindle.courtesy.letter import plainly
from rekindle.errors import BadInput

_TOKEN = re.compile(r"\.\.\.|\(([^()]*)\)|[^\s()]+")
_GAP = r"(?:\s+\S+){0,6}?"
#: What may stand between two words of a phrase.
_BETWEEN = r"[\s,;:-]+"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language by name, each list as one pattern over plain text."""

    language: str
    patterns: Mapping[str, re.Pattern[str]]
    #: The phrases as they stand in the file, for what is looked up rather than searched (months, numbers).
    lists: Mapping[str, tuple[str, ...]]

    def find(self, name: str, plain: str) -> re.Match[str] | None:
        """Find the first phrase of the list `name` in plain text (see `letter.plainly`)."""
        return self.patterns[name].search(plain)


@dataclass(frozen=True, slots=True)
class Manner:
    """All of config/courtesy.toml: the phrases of every language, and the limits."""

    languages: Mapping[str, Phrases]
    limits: Mapping[str, float]

    def of(self, language: str) -> Phrases:
        """Return the phrases of a language; of English where it has none of its own."""
        return self.languages.get(language, self.languages["en"])


def manner_from(told: Mapping[str, Any]) -> Manner:
    """Compile what the file says. Raises BadInput naming the language and list that cannot be used."""
    limits = told.get("limits", {})
    languages = {name: _language(name, lists) for name, lists in told.items() if name != "limits"}
    english = languages.get("en")
    if english is None:
        raise BadInput("courtesy.toml has no [en]: English is what every other language falls back to")
    for language in languages.values():
        if missing := sorted(english.patterns.keys() - language.patterns.keys()):
            raise BadInput(f"courtesy.toml: [{language.language}] has no {', '.join(missing)}")
    return Manner(languages, {name: float(value) for name, value in limits.items()})


def pattern_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Compile phrases to one pattern; an empty list matches nothing."""
    return re.compile("|".join(map(_as_regex, phrases)) or r"(?!)")


def _language(name: str, groups: Mapping[str, Any]) -> Phrases:
    patterns, kept = {}, {}
    for key, phrases in _lists(name, groups):
        if not isinstance(phrases, list) or not all(isinstance(each, str) and each.strip() for each in phrases):
            raise BadInput(f"courtesy.toml: [{name}] {key} must be a list of phrases in quotes")
        try:
            patterns[key] = pattern_of(tuple(phrases))
        except re.error:
            raise BadInput(f"courtesy.toml: [{name}] {key} holds a phrase that cannot be read") from None
        kept[key] = tuple(phrases)
    return Phrases(name, patterns, kept)


def _lists(name: str, groups: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give the lists of all groups: `[en.tone]` and `[en.contact]` only keep the file in order."""
    for group, lists in groups.items():
        if not isinstance(lists, dict):
            raise BadInput(f"courtesy.toml: [{name}] {group} must be a group of lists, such as [{name}.tone]")
        yield from lists.items()


def _as_regex(phrase: str) -> str:
    """Turn one phrase into a pattern that begins and ends at the edge of a word."""
    pattern, end, glued = "", 0, True
    for token in _TOKEN.finditer(plainly(phrase)):
        # Nothing stands between `keep` and `(ing|)`, nor before the first word or what follows a gap at the start.
        glue = "" if glued or token.start() == end else _BETWEEN
        end, glued = token.end(), False
        if token[0] == "...":
            pattern += _GAP
        elif token[1] is None:
            pattern += glue + _words(token[0])
        else:
            choices = "|".join(_words(choice) for choice in token[1].split("|") if choice.strip())
            if not token[1].strip() or all(choice.strip() for choice in token[1].split("|")):
                pattern += f"{glue}(?:{choices})"
            elif pattern:
                pattern += f"(?:{glue}(?:{choices}))?"
            else:
                pattern, glued = f"(?:(?:{choices}){_BETWEEN})?", True
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def _words(text: str) -> str:
    return _BETWEEN.join(map(re.escape, text.split()))
