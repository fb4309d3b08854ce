"""The language a letter is written in: it decides which phrases are looked for, whatever language the person has."""

from collections.abc import Iterator

from rekindle.courtesy.finding import Finding, refuse
from rekindle.courtesy.letter import Letter
from rekindle.courtesy.phrases import FUNCTION_WORDS, Manner, Phrases

RULES = ("language",)

#: A shorter text may well do without any function word.
_ENOUGH_WORDS = 12
#: Every third different word of a letter is one in its own language; of another language they share one in ten.
_LEAST_SHARE = 0.14


def phrases_for(letter: Letter, manner: Manner, otherwise: str) -> Phrases:
    """Return the phrases of the language most function words belong to, of `otherwise` where they cannot tell."""
    counted = {name: _count(letter, phrases) for name, phrases in manner.languages.items()}
    most = max(counted.values())
    best = [name for name, count in counted.items() if count == most]
    return manner.of(best[0] if most and len(best) == 1 else otherwise)


def unread(letter: Letter, manner: Manner) -> Iterator[Finding]:
    """Refuse a letter in a language we have no phrases for: nobody could say what it promises."""
    words = len(letter.tokens)
    if (
        words >= _ENOUGH_WORDS
        and max(_count(letter, each) for each in manner.languages.values()) < words * _LEAST_SHARE
    ):
        known = " or ".join(manner.languages)
        yield refuse(
            "language",
            f"The check cannot read this language: write the letter in {known}, or add the language to courtesy.toml.",
            letter.sentences[0].text if letter.sentences else "",
        )


def _count(letter: Letter, phrases: Phrases) -> int:
    return len(phrases.words(FUNCTION_WORDS) & letter.tokens)
