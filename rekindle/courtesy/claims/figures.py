"""Figures about the person: "the first 250,000 users" when the note says 10,000. What has none on record passes."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, refuse
from rekindle.courtesy.known import Fact
from rekindle.courtesy.letter import Sentence, plainly
from rekindle.courtesy.stems import stem

RULES = ("claimed-figure",)
_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
#: "One" and "a" count nothing: figures begin at two.
_LEAST = 2


def claimed_figures(case: Case) -> Iterator[Finding]:
    """Compare figures with those of the note that the sentence speaks of: the same thing counted, another number."""
    noted = [(fact, figures) for fact in case.known.noted if (figures := _figures(case, fact.text))]
    for sentence in case.letter.said if noted else ():
        told = _figures(case, sentence.plain)
        for fact, figures in noted if told else ():
            yield from _compared(case, sentence, told, fact, figures)


def _compared(
    case: Case,
    sentence: Sentence,
    told: dict[str, tuple[float, str]],
    fact: Fact,
    figures: dict[str, tuple[float, str]],
) -> Iterator[Finding]:
    for counted in told.keys() & figures.keys():
        number, quote = told[counted]
        about = case.shared(fact.stems - case.title_stems - {counted}, case.stems(sentence.plain))
        if about and number != figures[counted][0]:
            message = f"The note {fact.id} says '{fact.text}': give its figure, or correct the note."
            yield refuse("claimed-figure", message, quote, fact.id)


def _figures(case: Case, text: str) -> dict[str, tuple[float, str]]:
    """Return the stem of what is counted -> the number and the words: "10,000 users"."""
    words = list(_WORD.finditer(plainly(text)))
    found: dict[str, tuple[float, str]] = {}
    for word, following in pairwise(words):
        number = _number(case, word[0])
        if number is not None and number >= _LEAST and following[0].isalpha():
            found[stem(following[0], case.phrases.language)] = number, text[word.start() : following.end()]
    return found


def _number(case: Case, word: str) -> float | None:
    if word[0].isdigit():
        return float(_THOUSANDS.sub("", word).replace(",", ".")) if word.count(".") + word.count(",") < 4 else None  # noqa: PLR2004
    lists = case.phrases.lists["numbers"]
    return next((float(place) for place, ways in enumerate(lists) if word in ways.split("|")), None)
