"""What a letter promises the person: what was promised is recorded from what was really sent."""

from rekindle.courtesy.clauses import is_denied
from rekindle.courtesy.letter import Letter
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.scanning import Hit, scanner_of


def promise_in(letter: Letter, phrases: Phrases) -> str | None:
    """Return the sentences that promise something to the person, as they were written; None when none does."""
    told = dict.fromkeys(hit.sentence.text for hit in promises_in(letter, phrases))
    return " ".join(told) or None


def promises_in(letter: Letter, phrases: Phrases) -> list[Hit]:
    """Return where the letter promises something; "we will not write again" is no such promise."""
    found = scanner_of(phrases).all(letter, "promise_made")
    return [hit for hit in found if not is_denied(hit.sentence, hit.match, phrases)]
