"""Whether an unsayable note or reason reaches the letter. The finding names the record and repeats none of it.

A note leaks when most of what is particular about it stands in one sentence. Words that a sayable record has as well
betray nothing, nor do those of every day.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.entries import ways_to_write
from rekindle.courtesy.finding import Finding, warn
from rekindle.courtesy.letter import Letter, Sentence, plainly
from rekindle.courtesy.paraphrases import STAYS, leaked, paraphrased
from rekindle.courtesy.phrases import FUNCTION_WORDS, Phrases
from rekindle.courtesy.sayable import sayable_texts, unsayable_texts
from rekindle.courtesy.stems import stem
from rekindle.courtesy.sums import sentences_with, sums_in

RULES = ("leak",)

# A number stays whole: "3.4", "85,000", "85k".
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_PARTICULAR_NUMBER = re.compile(r"\d+[.,]\d+\w*|\d+k|\d{5,}")
#: So many words in a row are no chance, however common each of them is.
_RUN = 6
#: One word is only enough if it is a long one, and then only for a question.
_LONG_WORD = 6
_FEW = 2
_COUNTS = ("numbers", "tens_of_minutes", "minutes")


@dataclass(frozen=True, slots=True)
class _Secret:
    """What must stay in the house: its particular stems, and its runs of words."""

    id: str
    stems: frozenset[str]
    runs: frozenset[str]

    def may_be_in(self, stems: frozenset[str], text: str) -> bool:
        return not self.stems.isdisjoint(stems) or any(run in text for run in self.runs)


def leaks(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Look for every unsayable note and reason in every sentence."""
    secrets = [_secret(id_, text, phrases) for id_, text in unsayable_texts(dossier)]
    if not secrets:
        return
    words = _WORD.findall(letter.both)
    stems, text = _stems(words, phrases), " ".join(words)
    # Most letters have nothing of it anywhere: then neither the sentences nor the sayable records have to be read.
    if secrets := [secret for secret in secrets if secret.may_be_in(stems, text)]:
        for secret in _without_sayable(secrets, dossier, phrases):
            yield from filter(None, (_betrayed(secret, sentence, phrases, limits) for sentence in letter.said))
    yield from paraphrased(letter, dossier, phrases)
    for id_, text in unsayable_texts(dossier):
        yield from (leaked(id_, sentence) for sentence in sentences_with(sums_in(text), letter, dossier, phrases))


def _secret(id_: str, text: str, phrases: Phrases) -> _Secret:
    words = _WORD.findall(plainly(text))
    dull = (_listed(phrases.words(name), phrases.language) for name in ("everyday_words", FUNCTION_WORDS))
    return _Secret(id_, _stems(words, phrases).difference(*dull), _runs(words))


def _without_sayable(secrets: list[_Secret], dossier: Dossier, phrases: Phrases) -> Iterator[_Secret]:
    """Take out of each what a sayable record has as well."""
    sayable = [_WORD.findall(plainly(text)) for text in sayable_texts(dossier)]
    open_stems = _stems(chain.from_iterable(sayable), phrases)
    open_runs = frozenset().union(*map(_runs, sayable))
    return (_Secret(each.id, each.stems - open_stems, each.runs - open_runs) for each in secrets)


def _betrayed(secret: _Secret, sentence: Sentence, phrases: Phrases, limits: Mapping[str, float]) -> Finding | None:
    words = _WORD.findall(sentence.plain)
    common = secret.stems & _stems(words, phrases)
    particular = common - _listed(phrases.words("neutral_words") | _counting(phrases), phrases.language)
    is_much = len(common) >= limits["leak_words"] or len(common) >= max(2, limits["leak_share"] * len(secret.stems))
    if (is_much and particular) or secret.runs & _runs(words) or any(map(_PARTICULAR_NUMBER.fullmatch, common)):
        return leaked(secret.id, sentence)
    if len(secret.stems) <= _FEW and any(len(word) >= _LONG_WORD for word in particular):
        return warn("leak", f"This may come from {secret.id}, which {STAYS}.", sentence.text, secret.id)
    return None


@lru_cache(maxsize=8)
def _counting(phrases: Phrases) -> frozenset[str]:
    """Return the words of minutes and their numbers: "twenty minutes" alone is of no record in particular."""
    entries = chain.from_iterable(phrases.lists[name] for name in _COUNTS)
    return frozenset(word for entry in entries for way in ways_to_write(entry) for word in _WORD.findall(way))


def _stems(words: Iterable[str], phrases: Phrases) -> frozenset[str]:
    return frozenset(stem(word, phrases.language) for word in set(words) if len(word) > 1)


@lru_cache(maxsize=16)
def _listed(words: frozenset[str], language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words)


def _runs(words: list[str]) -> frozenset[str]:
    return frozenset(" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))
