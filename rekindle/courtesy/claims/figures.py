"""Figures about the person: "the first 250,000 users" when the note says 10,000, "halved" when it was a third.

What has no figure on record passes, but for years of theirs: nobody knows those by heart.
"""

from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.claims.counting import Figure, figures_in, shares_in
from rekindle.courtesy.entries import numbers_in
from rekindle.courtesy.finding import Finding, refuse
from rekindle.courtesy.known import Fact
from rekindle.courtesy.letter import Sentence, plainly, tokens_of
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems, stem

RULES = ("claimed-figure",)
#: Percent by which "by a third" may be off: 30 is honest.
_ROUNDED = 5.0
#: How far before the number "over" or "at most" may stand.
_NEAR = 3
#: So many words of a note in one sentence are no chance.
_SURELY = 2


def claimed_figures(case: Case) -> Iterator[Finding]:
    """Compare figures with those of the note that the sentence speaks of: the same thing counted, another number."""
    for fact in case.known.noted:
        figures, shares = figures_in(case.phrases, fact.text), shares_in(case.phrases, fact.text)
        for sentence in case.letter.said if figures else ():
            yield from _compared(case, sentence, fact, figures)
        for sentence in case.letter.said if shares else ():
            yield from _shares(case, sentence, fact, shares)


def claimed_years(case: Case) -> Iterator[Finding]:
    """Ask for a note or a CV that has "your twelve years", whatever they were spent on."""
    for hit in case.stated("years_of_theirs"):
        noted = [
            (fact, each)
            for fact in case.known.noted
            for each in figures_in(case.phrases, fact.text)
            if counts_years(case, each)
        ]
        if not noted and not case.known.reads_as:
            continue
        told = [each for each in figures_in(case.phrases, hit.plain) if counts_years(case, each)]
        for each in told:
            if not any(
                _is_true(case, hit.sentence, hit.start + each.start, each.number, own.number)
                or each.number in numbers_in(case.phrases.lists, plainly(fact.text))
                for fact, own in noted
            ):
                known = "; ".join(dict.fromkeys(fact.text for fact, _ in noted)) or "no such number"
                message = f"On record is {known}: give that figure, or leave it out."
                yield refuse("claimed-figure", message, hit.quote, *dict.fromkeys(fact.id for fact, _ in noted))


def counts_years(case: Case, figure: Figure) -> bool:
    """Say whether a figure counts years."""
    return figure.counted in {stem(word, case.phrases.language) for word in case.phrases.words("years")}


def _compared(case: Case, sentence: Sentence, fact: Fact, figures: tuple[Figure, ...]) -> Iterator[Finding]:
    for told in figures_in(case.phrases, sentence.text):
        same = [each for each in figures if each.counted == told.counted]
        # "Two of the account managers" counts others.
        of_others = "of" in {sentence.plain[: told.end].split()[-1], *sentence.plain[told.end :].split()[:1]}
        # "Eleven years of climbing" are nobody else's.
        of_others = of_others and not counts_years(case, told)
        # "Seven years, the last two as a manager" has the two years as well.
        is_noted = told.number in numbers_in(case.phrases.lists, plainly(fact.text))
        if of_others or is_noted or not same or not _is_about(case, sentence, fact.stems - {told.counted}):
            continue
        if not any(_is_true(case, sentence, told.start, told.number, each.number) for each in same):
            yield _wrong(fact, sentence.text[told.start : told.end])


def _shares(case: Case, sentence: Sentence, fact: Fact, shares: tuple[Figure, ...]) -> Iterator[Finding]:
    told = shares_in(case.phrases, sentence.text)
    if told and _is_about(case, sentence, fact.stems):
        for each in told:
            if all(abs(each.number - own.number) > _ROUNDED for own in shares):
                yield _wrong(fact, sentence.text[each.start : each.end])


def _is_about(case: Case, sentence: Sentence, stems: Stems) -> bool:
    """Say whether a sentence speaks of a note: to them one word of it is enough, else it may be about our own work."""
    both = case.shared(stems - case.title_stems, case.stems(sentence.plain))
    is_to_them = not case.phrases.words("addressed").isdisjoint(tokens_of(sentence.plain))
    return len(both) >= (1 if is_to_them else _SURELY)


def _is_true(case: Case, sentence: Sentence, start: int, told: float, known: float) -> bool:
    """Say whether the number is the known one, or "over" and "at most" make it true."""
    bounds = case.inside(sentence, "under", "at_most", "at_least") if told != known else ()
    near = [hit.name for hit in bounds if _is_before(hit, start)]
    return told == known or (bool(near) and (known >= told if near[-1] == "at_least" else known <= told))


def _is_before(hit: Hit, start: int) -> bool:
    return -1 <= start - hit.end <= _NEAR


def _wrong(fact: Fact, quote: str) -> Finding:
    return refuse(
        "claimed-figure",
        f"The note {fact.id} says '{fact.text}': give its figure, or correct the note.",
        quote,
        fact.id,
    )
