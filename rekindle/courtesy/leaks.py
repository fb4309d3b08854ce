"""Whether an unsayable note or reason reaches the letter. The finding names the record and repeats none of it.

A note leaks when most of what is particular about it stands in one sentence. Words that a sayable record has as well
betray nothing, nor do those of every day.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, Sentence, plainly
from rekindle.courtesy.phrases import FUNCTION_WORDS, Phrases
from rekindle.courtesy.sayable import sayable_texts, unsayable_texts
from rekindle.courtesy.stems import stem

RULES = ("leak",)

# A number stays whole: "3.4", "85,000", "85k".
_WORD = re.compile(r"\d+(?:[.,]\d+)*\w*|[^\W\d_]+")
_PARTICULAR_NUMBER = re.compile(r"\d+[.,]\d+\w*|\d+k|\d{5,}")
#: So many words in a row are no chance, however common each of them is.
_RUN = 6
#: One word is only enough if it is a long one, and then only for a question.
_LONG_WORD = 6

_STAYS = "must not reach a letter: take it out, or say on the record that it may be said"


@dataclass(frozen=True, slots=True)
class _Secret:
    """What must stay in the house: its particular stems, those of them that say little alone, its runs of words."""

    id: str
    stems: frozenset[str]
    neutral: frozenset[str]
    runs: frozenset[tuple[str, ...]]


def leaks(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Look for every unsayable note and reason in every sentence."""
    secrets = list(_secrets(dossier, phrases))
    if not secrets:
        return
    said = [(sentence, _stems(sentence.plain, phrases), _runs(sentence.plain)) for sentence in letter.said]
    for secret in secrets:
        for sentence, stems, runs in said:
            if finding := _betrayed(secret, sentence, stems, runs, limits):
                yield finding


def _secrets(dossier: Dossier, phrases: Phrases) -> Iterator[_Secret]:
    unsayable = list(unsayable_texts(dossier))
    if not unsayable:
        return
    texts = [plainly(text) for text in sayable_texts(dossier)]
    open_stems = frozenset().union(*(_stems(text, phrases) for text in texts))
    open_runs = frozenset().union(*map(_runs, texts))
    dull = _stems_of(phrases.words("everyday_words") | phrases.words(FUNCTION_WORDS), phrases)
    neutral = _stems_of(phrases.words("neutral_words"), phrases)
    for id_, text in unsayable:
        plain = plainly(text)
        yield _Secret(id_, _stems(plain, phrases) - open_stems - dull, neutral, _runs(plain) - open_runs)


def _betrayed(
    secret: _Secret,
    sentence: Sentence,
    stems: frozenset[str],
    runs: frozenset[tuple[str, ...]],
    limits: Mapping[str, float],
) -> Finding | None:
    common = secret.stems & stems
    is_much = len(common) >= limits["leak_words"] or len(common) >= max(2, limits["leak_share"] * len(secret.stems))
    if secret.runs & runs or (is_much and common - secret.neutral) or any(map(_PARTICULAR_NUMBER.fullmatch, common)):
        return refuse("leak", f"{secret.id} {_STAYS}.", sentence.text, secret.id)
    if len(secret.stems) <= 2 and any(len(word) >= _LONG_WORD for word in common - secret.neutral):  # noqa: PLR2004 - "one of two"
        return warn("leak", f"This may come from {secret.id}, which {_STAYS}.", sentence.text, secret.id)
    return None


def _stems(plain: str, phrases: Phrases) -> frozenset[str]:
    return _stems_of(_WORD.findall(plain), phrases)


def _stems_of(words: Iterable[str], phrases: Phrases) -> frozenset[str]:
    return frozenset(stem(word, phrases.language) for word in words if len(word) > 1)


def _runs(plain: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(plain)
    return frozenset(zip(*(words[start:] for start in range(_RUN)), strict=False))
