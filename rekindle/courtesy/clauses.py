"""What stands around a phrase in its clause: "there is no deadline" is none, "don't miss the deadline" is one."""

import re

from rekindle.courtesy.letter import Sentence
from rekindle.courtesy.phrases import Phrases

# A new thought begins here; what was said before it denies nothing behind it.
_BREAK = re.compile(r"[,;:.!?()\"…]|\s-+\s")
_WORD = re.compile(r"\w+")
#: An order may begin behind these.
_OPENS = ',;:.!?-("*'
#: How many words a "no" reaches.
_REACH = 5


def is_denied(sentence: Sentence, match: re.Match[str], phrases: Phrases) -> bool:
    """Say whether the clause denies what was found: "no", "never" or "without" before it, or a "nicht" behind it."""
    negations, before = phrases.words("negations"), _words(_BREAK.split(sentence.plain[: match.start()])[-1])
    # Most clauses have none at all.
    if not negations.isdisjoint(before):
        turns = phrases.words("turns")
        turn = max((place for place, word in enumerate(before) if word in turns), default=-1)
        reach = before[turn + 1 :][-_REACH:]
        if not negations.isdisjoint(reach):
            return phrases.words("no_negations").isdisjoint(reach)
    behind = _words(_BREAK.split(sentence.plain[match.end() :], maxsplit=1)[0])
    return not phrases.words("negations_behind").isdisjoint(behind[:_REACH])


def is_hedged(sentence: Sentence, match: re.Match[str], phrases: Phrases) -> bool:
    """Say whether the sentence only thinks so: "might", "perhaps", "I wonder"."""
    return not phrases.words("hedges").isdisjoint(_words(sentence.plain[: match.start()]))


def is_excused(sentence: Sentence, match: re.Match[str], phrases: Phrases) -> bool:
    """Say whether the words belong to one of the `harmless` phrases: "I am sure you are busy"."""
    return any(
        match.start() < other.end() and other.start() < match.end()
        for other in phrases.each("harmless", sentence.plain)
    )


def is_order(sentence: Sentence, match: re.Match[str], phrases: Phrases) -> bool:
    """Say whether something is asked for: "please book a slot", "could you send", not "you would book a slot"."""
    before = sentence.plain[: match.start()].rstrip()
    if not before or before[-1] in _OPENS:
        return True
    asked, last = _words(match[0])[0], _words(before)[-1:]
    return asked in phrases.words("asking_words") or not phrases.words("polite_words").isdisjoint(last)


def _words(plain: str) -> list[str]:
    return _WORD.findall(plain.replace("'", ""))
