"""Which of the roles on record a text names: the open one, a past one, or none; in full, shortened or as "the PM role"."""

import re
from collections.abc import Iterator
from itertools import combinations

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.letter import plainly, tokens_of
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.titles import wordbook

_WORD = re.compile(r"\w+")
#: One word of a longer title is no title: "product" is said of much.
_LEAST = 2


class Naming:
    """The titles of one dossier by the id of their record."""

    def __init__(self, dossier: Dossier, phrases: Phrases) -> None:
        self._book = wordbook(phrases)
        told = [(each.id, each.role) for each in (*dossier.applications, *dossier.approaches)]
        if dossier.role:
            told.append((dossier.role.id, dossier.role.title))
        self._titles = {name: frozenset(self._book.words(title)) for name, title in told}
        self._short = {name: dict(self._initials(title)) for name, title in told}

    def named_in(self, plain: str) -> frozenset[str]:
        """Return the ids of the roles that a plain text names; of several titles those it has most words of."""
        said = frozenset(self._book.words(plain))
        found = {name: len(said_of) for name in self._titles if self._is_enough(name, said_of := self._said(name, said, plain))}
        most = max(found.values(), default=0)
        return frozenset(name for name, count in found.items() if count == most)

    def mentions(self, name: str, plain: str) -> bool:
        """Say whether a plain text has a word of this title at all, beside levels and "role"."""
        return bool(self._said(name, frozenset(self._book.words(plain)), plain))

    def _said(self, name: str, said: frozenset[str], plain: str) -> frozenset[str]:
        title = self._titles[name]
        short = [words for word, words in self._short[name].items() if word in tokens_of(plain)]
        return (title & said).union(*short)

    def _is_enough(self, name: str, said: frozenset[str]) -> bool:
        title = self._titles[name]
        return bool(said) and len(said) >= min(len(title), max(_LEAST, (len(title) + 1) // 2))

    def _initials(self, title: str) -> Iterator[tuple[str, frozenset[str]]]:
        """Give "pm" for Senior Product Manager, with the words it stands for."""
        words = [word for word in _WORD.findall(plainly(title)) if self._book.words(word)]
        for first, last in combinations(range(len(words) + 1), 2):
            if last - first >= _LEAST:
                part = words[first:last]
                yield "".join(word[0] for word in part), frozenset(self._book.words(" ".join(part)))
