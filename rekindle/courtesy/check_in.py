"""A check-in asks for nothing and pitches nothing: a few words, one warm question at most, and no reason behind them.

Looks for wording only; whether what it remembers is true is for other rules to say.
"""

import re
from collections.abc import Iterator, Mapping

from rekindle.courtesy.clauses import is_denied
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, Sentence
from rekindle.courtesy.phrases import Phrases

RULES = ("asks-for-nothing", "pitches-nothing")
_ASKS, _PITCHES = RULES
_WORD = re.compile(r"\w+")
_MOST_QUESTIONS = 1
#: What excuses an offer: it is theirs to take up ("if you ever feel like a chat"), or a way to stop.
_THEIR_WISH = ("own_wish", "how_to_stop", "easy_out")
_NO_WORK = "This asks something of them: a check-in asks for nothing, so leave it out."
_NO_MEETING = 'This asks for their time: leave it out, or leave it to them ("if you ever feel like a chat").'
_NO_ANSWER = "This asks for an answer: leave it to them whether they write."
_NO_PITCH = "This speaks of a role or of hiring: leave it out, or write them a letter about that role."


def asks_for_nothing(
    letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Find what wants work of them, or their time, and more questions than one."""
    del dossier, limits
    for name, excuses, found in (
        ("work_asked", (), refuse(_ASKS, _NO_WORK)),
        ("time_asked", _THEIR_WISH, refuse(_ASKS, _NO_MEETING)),
        ("answer_asked", _THEIR_WISH, warn(_ASKS, _NO_ANSWER)),
    ):
        for sentence, match in phrases.among(name, letter):
            if not _is_excused(sentence, match, phrases, excuses):
                yield Finding(found.rule, found.severity, found.message, sentence.quote(match))
    yield from _questions(letter, phrases)


def pitches_nothing(
    letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Find roles, openings, applications and money; what lies behind us may be named, and so may "should one open"."""
    del dossier, limits
    for name, how in (("pitched", refuse), ("pitched_mild", warn)):
        for sentence, match in phrases.among(name, letter):
            if not _is_excused(sentence, match, phrases, ("no_pitch", "some_day")):
                yield how(_PITCHES, _NO_PITCH, sentence.quote(match))
    for sentence, match in phrases.among("pitched_always", letter):
        if not _is_excused(sentence, match, phrases, ("no_pitch",)):
            yield refuse(_PITCHES, _NO_PITCH, sentence.quote(match))


def _questions(letter: Letter, phrases: Phrases) -> Iterator[Finding]:
    """Let one warm question stand; one that is about a job is none."""
    asked = [each for each in letter.sentences if "?" in each.text]
    for sentence in asked:
        if match := phrases.find("work_questions", sentence.plain):
            yield refuse(_ASKS, _NO_WORK, sentence.quote(match))
    if len(asked) > _MOST_QUESTIONS:
        message = f"{len(asked)} questions want {len(asked)} answers: one, such as how they are, is enough."
        yield warn(_ASKS, message, asked[1].text)


def _is_excused(sentence: Sentence, match: re.Match[str], phrases: Phrases, excuses: tuple[str, ...]) -> bool:
    """Say whether the words are denied, or a phrase of `excuses` stands in their thought: no "but" comes between.

    "If you ever feel like it" may follow as well; "no role" denies what comes after it only.
    """
    if is_denied(sentence, match, phrases):
        return True
    for name in excuses:
        for other in phrases.each(name, sentence.plain):
            first, last = sorted([other, match], key=lambda each: each.start())
            between = _WORD.findall(sentence.plain[first.end() : last.start()])
            in_place = name in _THEIR_WISH or other.start() < match.end()
            if in_place and phrases.words("turns").isdisjoint(between):
                return True
    return False
