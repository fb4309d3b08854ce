"""Whether an unsayable note or reason reaches the letter in other words: "weak on metrics" as "a bit light on figures".

The words that mean the same stand in four lists of config/courtesy.toml: `traits` and `matters`, one of which is enough
where it is said of them, `verdicts`, which need what the note speaks of beside them, and `alike`, which are just that.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rekindle.courtesy.clauses import is_denied
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.entries import ways_to_write
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, Sentence, plainly, tokens_of
from rekindle.courtesy.phrases import FUNCTION_WORDS, Phrases
from rekindle.courtesy.sayable import sayable_texts, unsayable_texts
from rekindle.courtesy.stems import Stems, stem

_WORD = re.compile(r"[^\W\d_]{3,}")
_ALONE = ("traits", "matters")
_KINDS = (*_ALONE, "verdicts", "alike")
STAYS = "must not reach a letter: take it out, or say on the record that it may be said"
#: How near behind a word "you" must stand for it to be said of them.
_NEAR = 4
#: A line of one of the lists: the list's name, and which line it is.
Line = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Gist:
    """What a text says: the lines of the lists it has words of, and the stems of its other words."""

    lines: frozenset[Line]
    stems: frozenset[str]


@dataclass(frozen=True, eq=False, slots=True)
class _Thesaurus:
    """The four lists of one language, made once for each set of phrases and told apart by identity."""

    language: str
    ways: Mapping[Line, tuple[str, ...]]
    pattern: re.Pattern[str]
    dull: frozenset[str]

    def gist(self, plain: str) -> _Gist:
        said = frozenset(match[0] for match in self.pattern.finditer(plain))
        words = frozenset(stem(word, self.language) for word in _WORD.findall(self.pattern.sub(" ", plain)))
        return _Gist(
            frozenset(line for line, ways in self.ways.items() if not said.isdisjoint(ways)), words - self.dull
        )


def leaked(id_: str, sentence: Sentence) -> Finding:
    """Say which record reaches the letter, and repeat none of it."""
    return refuse("leak", f"{id_} {STAYS}.", sentence.text, id_)


def paraphrased(letter: Letter, dossier: Dossier, phrases: Phrases) -> Iterator[Finding]:
    """Look for every unsayable note and reason in every sentence that is about them."""
    addressed = phrases.words("addressed")
    book = _thesaurus(phrases)
    for id_, text in unsayable_texts(dossier):
        gist = _gist(book, plainly(text))
        kinds = {kind for kind, _ in gist.lines}
        if kinds.isdisjoint({*_ALONE, "verdicts"}) or not _pattern(book, gist.lines).search(letter.both):
            continue
        known = _gist(book, plainly(" . ".join(sayable_texts(dossier))))
        secret = _Gist(gist.lines - known.lines, gist.stems - known.stems)
        for sentence in letter.said:
            if addressed.isdisjoint(tokens_of(sentence.plain)):
                yield from _told_of_nobody(id_, sentence, secret, book, phrases)
            elif _betrays(sentence, secret, gist.stems, book, phrases):
                yield leaked(id_, sentence)


def _told_of_nobody(
    id_: str, sentence: Sentence, secret: _Gist, book: _Thesaurus, phrases: Phrases
) -> Iterator[Finding]:
    """Look at "The disagreement with the driver is forgotten": who is meant is plain, though it says no "you"."""
    alone = [line for line in secret.lines if line[0] in _ALONE]
    if not any(_pattern(book, frozenset({line})).search(sentence.plain) for line in alone):
        return
    us = not phrases.words("speaking_of_us").isdisjoint(tokens_of(sentence.plain))
    said = book.gist(sentence.plain)
    if len(secret.lines & said.lines) > 1 or secret.stems & said.stems:
        yield leaked(id_, sentence)
    elif not us:
        yield warn("leak", f"This may come from {id_}, which {STAYS}.", sentence.text, id_)


def _betrays(sentence: Sentence, secret: _Gist, topics: Stems, book: _Thesaurus, phrases: Phrases) -> bool:
    found = {
        line: match
        for line in secret.lines
        for match in _pattern(book, frozenset({line})).finditer(sentence.plain)
        # Who denies a verdict speaks of it all the same.
        if line[0] not in _ALONE or not is_denied(sentence, match, phrases)
    }
    if any(line[0] in _ALONE and _is_of_them(sentence, match, phrases) for line, match in found.items()):
        return True
    verdicts = [line for line in found if line[0] == "verdicts"]
    if not verdicts:
        return False
    # Two verdicts of one note in a sentence are no chance either.
    said = book.gist(sentence.plain).stems
    if len(found) > 1 or secret.stems & said:
        return True
    # What it is about may be named elsewhere, as a step of the plan is: beside a verdict on them it tells all the same.
    return bool(topics & said) and any(_is_of_them(sentence, found[line], phrases) for line in verdicts)


def _is_of_them(sentence: Sentence, match: re.Match[str], phrases: Phrases) -> bool:
    """Say whether it is said of them rather than of us: "I was nervous about writing to you" betrays nobody."""
    before = re.findall(r"\w+", sentence.plain[: match.start()])
    behind = re.findall(r"\w+", sentence.plain[match.start() :])[: _NEAR + len(match[0].split())]
    them, us = phrases.words("addressed"), phrases.words("speaking_of_us")
    last = next((word for word in reversed(before) if word in them or word in us), "")
    return last not in us or not them.isdisjoint(behind)


@lru_cache(maxsize=4096)
def _gist(book: _Thesaurus, plain: str) -> _Gist:
    return book.gist(plain)


@lru_cache(maxsize=4096)
def _pattern(book: _Thesaurus, lines: frozenset[Line]) -> re.Pattern[str]:
    """Return a pattern of all ways to write these lines; what only names a topic is no sign of anything by itself."""
    telling = [line for line in lines if line[0] != "alike"] if len(lines) > 1 else lines
    return _either(chain.from_iterable(book.ways[line] for line in telling))


def _either(ways: Iterator[str] | chain[str]) -> re.Pattern[str]:
    longest_first = sorted(ways, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")


@lru_cache(maxsize=8)
def _thesaurus(phrases: Phrases) -> _Thesaurus:
    ways = {
        (kind, number): tuple(ways_to_write(line)) for kind in _KINDS for number, line in enumerate(phrases.lists[kind])
    }
    dull = phrases.words("everyday_words") | phrases.words(FUNCTION_WORDS)
    return _Thesaurus(
        phrases.language,
        ways,
        _either(chain.from_iterable(ways.values())),
        dull | {stem(word, phrases.language) for word in dull},
    )
