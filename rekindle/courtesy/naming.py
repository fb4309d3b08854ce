"""Which of the roles on record a text names: the open one, a past one, or none; in full, or as "the PM role"."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.letter import plainly, tokens_of
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.titles import Wordbook, wordbook

_WORD = re.compile(r"\w+")
_CAPITALS = re.compile(r"(?:[A-ZÄÖÜ][\w-]*)(?:\s+(?:of\s+)?[A-ZÄÖÜ][\w-]*)*")
#: Where every noun has a capital, words that stand together need not be one title.
_ALL_NOUNS = frozenset({"de"})
#: One word of a longer title is no title: "product" is said of much.
_LEAST = 2
#: So many other words may stand between two of a title.
_LOOSE = 1
#: All forms of a word have its first letters.
_BEGINS = 3
#: So many words before "role" may be of its title.
_NEAR = 2


class Naming:
    """The titles of one dossier by the id of their record."""

    def __init__(self, dossier: Dossier, phrases: Phrases) -> None:
        self._book = wordbook(phrases)
        told = [(past.id, past.role) for past in dossier.applications]
        told += [(approach.id, approach.role) for approach in dossier.approaches]
        if dossier.role:
            told.append((dossier.role.id, dossier.role.title))
        self._titles = {name: _words(self._book, title) for name, title in told}
        self._short = {name: _initials(self._book, title) for name, title in told}
        #: How a word must begin that can be of a title, and words that can be in other ways: "sr", "pm".
        self._begins, self._others = _signs(self._book, tuple(title for _, title in told))

    def named_in(self, plain: str) -> frozenset[str]:
        """Return the ids of the roles that a plain text names; of several titles those it has most words of."""
        tokens = tokens_of(plain)
        if self._others.isdisjoint(tokens) and self._begins.isdisjoint([token[:_BEGINS] for token in tokens]):
            return frozenset()
        likely = [name for name in self._titles if self._is_enough(name, self._said(name, plain))]
        told = {name: self._together(name, plain) for name in likely}
        # Of "Operations Manager" and "Supply Operations Manager" the one that is said in full.
        found = {
            name: (len(said), len(said) / len(self._titles[name]))
            for name, said in told.items()
            if self._is_enough(name, said)
        }
        most = max(found.values(), default=(0, 0.0))
        return frozenset(name for name, count in found.items() if count == most)

    def hints(self, name: str, plain: str, nouns: frozenset[str]) -> bool:
        """Say whether a word of this title stands right before "role" or another of the nouns: "the product role"."""
        words = _WORD.findall(plain)
        behind = (words[max(0, place - _NEAR) : place] for place, word in enumerate(words) if word in nouns)
        return any(self._titles[name] & _words(self._book, " ".join(each)) for each in behind)

    def is_of_another(self, text: str) -> bool:
        """Say whether words in capitals stand together as a title not on record: "Site Reliability Engineer"."""
        known = frozenset().union(*self._titles.values())
        for run in _CAPITALS.findall(text):
            words = self._book.pairs(run)
            strange = [word for word, alike in words if alike not in known]
            if any(self._book.is_noun(word) for word in strange if self._book.language in _ALL_NOUNS):
                return True
            if strange and self._book.language not in _ALL_NOUNS and any(self._book.is_noun(word) for word, _ in words):
                return True
        return False

    def _said(self, name: str, plain: str) -> frozenset[str]:
        said, short = self._titles[name] & _words(self._book, plain), self._short[name]
        initials = short.keys() & tokens_of(plain)
        return said.union(*(short[word] for word in initials)) if initials else said

    def _together(self, name: str, plain: str) -> frozenset[str]:
        """Return the words of a title that stand together: "hiring manager" here and "product" there are none."""
        title, short = self._titles[name], self._short[name]
        best, run, apart = frozenset[str](), frozenset[str](), 0
        for word in _WORD.findall(plain):
            own = short.get(word) or (title & _words(self._book, word))
            apart = 0 if own else apart + 1
            run = run | own if own else run if apart <= _LOOSE else frozenset()
            best = max(best, run, key=len)
        return best

    def _is_enough(self, name: str, said: frozenset[str]) -> bool:
        title = self._titles[name]
        return bool(said) and len(said) >= min(len(title), max(_LEAST, (len(title) + 1) // 2))


@lru_cache(maxsize=1024)
def _signs(book: Wordbook, titles: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return what the words of titles begin with, and all that stands for such words: most sentences have nothing."""
    words = frozenset(word for title in titles for word in _WORD.findall(plainly(title)))
    alike = frozenset(map(book.alike, words))
    forms = [word for word, form in book.forms.items() if book.alike(form) in alike]
    begins = frozenset(
        word[:_BEGINS] for word in (*words, *(form for form in book.forms.values() if book.alike(form) in alike))
    )
    return begins, frozenset(forms).union(*(_initials(book, title) for title in titles))


@lru_cache(maxsize=8192)
def _words(book: Wordbook, text: str) -> frozenset[str]:
    return frozenset(book.words(text))


@lru_cache(maxsize=4096)
def _initials(book: Wordbook, title: str) -> Mapping[str, frozenset[str]]:
    """Return "pm" for Senior Product Manager, with the words it stands for, and so on."""
    words = [word for word in _WORD.findall(plainly(title)) if book.words(word)]
    parts = [words[first:last] for first, last in combinations(range(len(words) + 1), 2) if last - first >= _LEAST]
    return {"".join(word[0] for word in part): _words(book, " ".join(part)) for part in parts}
