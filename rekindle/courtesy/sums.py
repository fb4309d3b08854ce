"""Whether an amount of an unsayable note reaches the letter, in any spelling: 98k, 98,000, "the 98 you are on"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.letter import Letter, Sentence, plainly, tokens_of
from rekindle.courtesy.phrases import FUNCTION_WORDS, Phrases
from rekindle.courtesy.sayable import sayable_texts

_AMOUNT = re.compile(
    r"(?<![\w.,:])(?P<number>\d{1,3}(?:[.,' ]\d{3}){1,3}|\d{2,6}(?:[.,]\d{1,2})?)"
    r"\s?(?P<times>k|tsd|tausend|thousand|grand)?(?![\w%:])"
)
_NEXT = re.compile(r"\s*([^\W\d_]+)")
_THOUSAND = 1000
#: What is less than this is no pay, and a year is none either.
_LEAST = 10_000


@lru_cache(maxsize=1024)
def sums_in(text: str) -> frozenset[int]:
    """Return the amounts of a text that may be what somebody is paid."""
    return frozenset(value for match in _AMOUNT.finditer(plainly(text)) if (value := _value(match)) >= _LEAST)


def sentences_with(sums: frozenset[int], letter: Letter, dossier: Dossier, phrases: Phrases) -> Iterator[Sentence]:
    """Give the sentences about them that have one of these amounts, unless a sayable record has it too."""
    kept = sums.difference(*map(sums_in, sayable_texts(dossier))) if sums else sums
    for sentence in letter.said if kept else ():
        if not tokens_of(sentence.plain).isdisjoint(phrases.words("addressed")) and any(
            _value(match) in kept or _is_short_for(match, kept, dossier, phrases)
            for match in _AMOUNT.finditer(sentence.plain)
        ):
            yield sentence


def _value(match: re.Match[str]) -> int:
    number = match["number"]
    if match["times"]:
        return round(float(number.replace(",", ".").replace(" ", "")) * _THOUSAND) if number.count(".") < 2 else 0  # noqa: PLR2004
    whole = re.sub(r"[.,' ](?=\d{3}(?!\d))", "", number)
    return int(float(whole.replace(",", ".")))


def _is_short_for(match: re.Match[str], kept: frozenset[int], dossier: Dossier, phrases: Phrases) -> bool:
    """Say whether "98" means 98,000: nothing is counted by it, and no step takes so many minutes."""
    value = _value(match)
    if value * _THOUSAND not in kept or match["times"]:
        return False
    minutes = {step.minutes for step in dossier.role.steps} | {dossier.role.minutes} if dossier.role else set()
    counted = _NEXT.match(match.string, match.end())
    return value not in minutes and (counted is None or counted[1] in phrases.words(FUNCTION_WORDS))
