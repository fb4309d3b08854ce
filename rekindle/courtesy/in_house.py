"""Words that belong in our records and in no letter: scores, and what somebody wants to be paid."""

from collections.abc import Iterator, Mapping

from rekindle.courtesy.clauses import is_denied
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, plainly, tokens_of
from rekindle.courtesy.paraphrases import leaked
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.sayable import unsayable_texts
from rekindle.courtesy.sums import sums_in

RULES = ("scores", "pay")


def scores(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find how somebody was scored or ranked."""
    del dossier, limits
    for sentence, match in phrases.among("scores", letter):
        if not is_denied(sentence, match, phrases):
            quote = sentence.quote(match)
            yield refuse("scores", "Scores and ranks stay in the house: say in words what stood out.", quote)


def pay(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find what they earn or want to earn, unless a sayable note speaks of it. What the role pays may be said.

    Where an internal note speaks of it, the letter gives that away, in whatever words.
    """
    del limits
    told = list(phrases.among("pay", letter))
    if not told or any(phrases.words("pay_words") & tokens_of(plainly(text)) for text in _notes(dossier)):
        return
    hidden = [
        id_ for id_, text in unsayable_texts(dossier) if sums_in(text) or phrases.find("pay_noted", plainly(text))
    ]
    for sentence, match in told:
        # Who says that it was not about pay speaks of it all the same.
        if hidden:
            yield leaked(hidden[0], sentence)
        elif not is_denied(sentence, match, phrases):
            message = "What they want to be paid is for a talk: say what the role pays, or add a sayable note."
            yield warn("pay", message, sentence.quote(match))


def _notes(dossier: Dossier) -> Iterator[str]:
    yield from (note.text for note in dossier.notes if note.sayable and note.kind != "internal")
