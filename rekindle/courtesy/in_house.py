"""Words that belong in our records and in no letter: scores, and what somebody wants to be paid."""

from collections.abc import Iterator, Mapping

from rekindle.courtesy.clauses import is_denied
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, plainly, tokens_of
from rekindle.courtesy.phrases import Phrases

RULES = ("scores", "pay")


def scores(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find how somebody was scored or ranked."""
    del dossier, limits
    for sentence, match in phrases.among("scores", letter):
        if not is_denied(sentence, match, phrases):
            quote = sentence.quote(match)
            yield refuse("scores", "Scores and ranks stay in the house: say in words what stood out.", quote)


def pay(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find what they earn or want to earn, unless a sayable note speaks of it. What the role pays may be said."""
    del limits
    known = [note for note in dossier.notes if note.sayable and note.kind != "internal"]
    if any(phrases.words("pay_words") & tokens_of(plainly(note.text)) for note in known):
        return
    for sentence, match in phrases.among("pay", letter):
        if not is_denied(sentence, match, phrases):
            quote = sentence.quote(match)
            yield warn(
                "pay", "What they want to be paid is for a talk: say what the role pays, or add a sayable note.", quote
            )
