"""Whether the choice stays theirs: a no that costs nothing, or a question that can be declined, and nothing big asked.

A rejection letter asks for nothing; there it is about staying in touch, and how to end that.
"""

from collections.abc import Iterator, Mapping

from rekindle.courtesy.clauses import is_denied, is_order
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, Sentence, tokens_of
from rekindle.courtesy.phrases import Phrases

RULES = ("easy-out", "small-ask")

#: What makes an offer of a demand that is no big one.
_SOFTENING = ("open_offers", "permissions")
#: Sentences with these speak of what is wanted, or of last time.
_NO_HINT = ("demands", "big_asks", "no_way_out", "lazy_questions", "gap_said", "step_count")
_ADVICE = 'add a sentence such as "If you are happy where you are, no worries at all."'


def easy_out(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Ask whether they can say no without any trouble."""
    del dossier, limits
    if _has_out(letter, phrases):
        return
    demand = _demand(letter, phrases)
    if not demand and _asks_openly(letter, phrases):
        return
    if hint := next(_hints(letter, phrases, is_demanding=bool(demand)), None):
        yield warn("easy-out", f"It may make a no easy, but not plainly: {_ADVICE}", hint.text)
    elif demand:
        yield refuse("easy-out", f"This asks for something and leaves no easy way to say no: {_ADVICE}", demand)
    else:
        yield refuse("easy-out", f"It neither asks a question they may decline nor makes a no easy: {_ADVICE}")


def small_ask(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find an ask that is bigger than a talk."""
    del dossier, limits
    for sentence, match in phrases.among("big_asks", letter):
        if is_order(sentence, match, phrases) and not is_denied(sentence, match, phrases):
            yield warn(
                "small-ask", "This asks for much at once: ask for a short talk, nothing more.", sentence.quote(match)
            )


def way_to_stop(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Ask of a rejection letter that offers to stay in touch whether it says how that ends."""
    del dossier, limits
    if next(phrases.among("how_to_stop", letter), None) or _has_out(letter, phrases):
        return
    for sentence, match in phrases.among("keeps_in_touch", letter):
        if not is_denied(sentence, match, phrases):
            yield warn(
                "easy-out",
                'It offers to stay in touch, not how to end that: add "tell me if you would rather not hear from us".',
                sentence.quote(match),
            )
            return


def _has_out(letter: Letter, phrases: Phrases) -> bool:
    """Say whether a no is made easy; "no" is part of most such phrases, so none is taken for denied."""
    # It mostly stands at the end.
    return any(
        phrases.find("easy_out", sentence.plain) and not phrases.each("no_way_out", sentence.plain)
        for sentence in reversed(letter.said)
    )


def _hints(letter: Letter, phrases: Phrases, *, is_demanding: bool) -> Iterator[Sentence]:
    """Give the sentences with words of an answer, and of freedom; where nothing is demanded any question."""
    # "You never got an answer" stands at the beginning and speaks of last time.
    for each in letter.sentences[len(letter.sentences) // 2 :]:
        tokens = tokens_of(each.plain)
        if any(phrases.each(name, each.plain) for name in _NO_HINT):
            continue
        is_free = all(not tokens.isdisjoint(phrases.words(name)) for name in ("answer_words", "free_words"))
        if is_free or ("?" in each.text and not is_demanding):
            yield each


def _demand(letter: Letter, phrases: Phrases) -> str | None:
    """Return what is asked for as a matter of course. An application always is."""
    for name in ("demands", "big_asks"):
        for sentence, match in phrases.among(name, letter):
            is_offer = name == "demands" and any(phrases.each(soft, sentence.plain) for soft in _SOFTENING)
            if not is_offer and is_order(sentence, match, phrases) and not is_denied(sentence, match, phrases):
                return sentence.quote(match)
    return None


def _asks_openly(letter: Letter, phrases: Phrases) -> bool:
    questions = (sentence for sentence, _ in phrases.among("open_questions", letter) if "?" in sentence.text)
    return next(questions, None) is not None or next(phrases.among("open_offers", letter), None) is not None
