"""The outward form of a letter: how long it is, how loud, and what its subject promises."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, plainly, tokens_of
from rekindle.courtesy.phrases import Phrases
from states.message import Occasion

RULES = ("length", "shouting", "subject")

# "Re:", "RE[2]:", and what mail programs of other languages write for it.
_REPLY = re.compile(r"\s*(?:re|aw|antw|sv|fwd?|wg|tr)\s?(?:\[\d+\])?\s?:", re.IGNORECASE)
# Two words in capitals, or a part of them.
_MAYBE_LOUD = re.compile(r"[^\W\d_a-zß-ÿ][^\W\d_a-zß-ÿ]\W{1,4}[^\W\d_a-zß-ÿ]{2}")
_PAUSE = re.compile(r"[^\w\s]+")
_LIMITS = {
    Occasion.RE_ENGAGEMENT: "re_engagement",
    Occasion.FOLLOW_UP: "follow_up",
    Occasion.CHECK_IN: "check_in",
    Occasion.REJECTION: "rejection",
}
#: Two words in capitals side by side are loud if they are this long: AWS EC2 is not. Three are from two letters on.
_LOUD_WORD, _SHORT_WORD, _ROW = 4, 2, 3
_LOUD_SUBJECT = 6


def length(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Ask whether the letter has about as many words as one of its kind should."""
    del phrases
    kind, words, times = _LIMITS[dossier.occasion], letter.words, limits["absurd_times"]
    least, most = limits[f"{kind}_words_least"], limits[f"{kind}_words_most"]
    if words > most:
        how = refuse if words > most * times else warn
        yield how("length", f"It has {words:,} words, such a letter at most {most:,.0f}: shorten it.")
    elif words < least:
        how = refuse if words < least / times else warn
        yield how(
            "length", f"It has {words} words, such a letter at least {least:.0f}: it can hardly say what it must."
        )


def shouting(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find words in capitals, side by side, and too many exclamation marks."""
    del phrases
    if letter.body.count("!") > limits["exclamations"] or "!!" in letter.body:
        loud = next((sentence.text for sentence in letter.sentences if "!" in sentence.text), "!")
        yield warn("shouting", "Exclamation marks shout: one is enough, if any.", loud)
    names = (dossier.company, dossier.given_name, dossier.family_name, dossier.signer.name, *dossier.team_names)
    own = tokens_of(plainly(" ".join(names)))
    for sentence in letter.sentences if _MAYBE_LOUD.search(letter.body) else ():
        if row := _loudest(sentence.text, own):
            yield warn("shouting", "Words in capitals shout: write them like the others.", row)


def _loudest(text: str, own: frozenset[str]) -> str:
    """Return the first words in capitals side by side that are no names."""
    for part in _PAUSE.split(text):
        for is_loud, row in groupby(part.split(), key=lambda word: _is_capitals(word) and plainly(word) not in own):
            words = list(row)
            long = [word for word in words if len(word) >= _LOUD_WORD]
            if is_loud and long and (len(long) > 1 or len(words) >= _ROW):
                return " ".join(words)
    return ""


def _is_capitals(word: str) -> bool:
    return word.isupper() and len(word) >= _SHORT_WORD and word.isalpha()


def subject(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Ask whether the subject is honest and readable; a letter without one is not asked."""
    text = letter.subject
    if text is None:
        return
    if not text.strip():
        yield refuse("subject", "The subject is empty: name the role, or what the letter is about.")
    if (match := _REPLY.match(text)) and not _has_been_written_to(dossier):
        yield refuse(
            "subject", "It pretends to answer a letter of theirs: write a subject of its own.", match[0].strip()
        )
    if text.isupper() and sum(map(str.isalpha, text)) >= _LOUD_SUBJECT:
        yield warn("subject", "A subject in capitals shouts: write it like any sentence.", text)
    if len(text) > limits["subject_characters"]:
        yield warn("subject", f"It has {len(text)} characters, and mail programs cut it: shorten it.", text)
    if match := phrases.find("clickbait", plainly(text)):
        quote = text[match.start() : match.end()]
        yield warn("subject", "It lures instead of telling: say what the letter is about.", quote)


def _has_been_written_to(dossier: Dossier) -> bool:
    """Say whether it follows a letter that went out: such a one may bear its subject."""
    return dossier.occasion is Occasion.FOLLOW_UP and dossier.first_letter is not None
