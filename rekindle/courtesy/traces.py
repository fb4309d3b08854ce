"""Loose evidence that a letter says what it must: enough for a person to look, never enough to be sure.

Asked only where no phrase was found, so that a wording nobody thought of is doubted and not refused.
"""

from collections.abc import Iterator

from rekindle.courtesy.case import EVENTS, Case
from rekindle.courtesy.letter import Sentence, tokens_of

#: What is said of how it ended.
_ENDED = ("outcome", "standing_late", "reason_lead", "reason_whole")


def has(case: Case, sentence: Sentence, *names: str) -> bool:
    """Say whether a sentence has a word of each of these lists."""
    tokens = tokens_of(sentence.plain)
    return all(not case.phrases.words(name).isdisjoint(tokens) for name in names)


def is_about_the_new(case: Case, sentence: Sentence) -> bool:
    """Say whether a sentence speaks of the open role: by its name, or as of one that is being filled now."""
    role = case.dossier.role
    if role is not None and role.id in case.named_in(sentence):
        return True
    return bool(case.inside(sentence, "new_role", "seeking")) and not _has_happened(case, sentence)


def is_about_the_past(case: Case, sentence: Sentence) -> bool:
    """Say whether a sentence speaks of last time."""
    if is_about_the_new(case, sentence):
        return False
    past = {each.id for each in case.dossier.applications}
    return _has_happened(case, sentence) or bool(past & case.named_in(sentence))


def is_no_account(case: Case, sentence: Sentence) -> bool:
    """Say whether a sentence cannot own up to anything: it asks, or speaks of what may be, of an answer, of the new."""
    first = sentence.plain.split(maxsplit=1)[:1]
    is_open = "?" in sentence.text or not case.phrases.words("if_words").isdisjoint(first)
    return is_open or is_about_the_new(case, sentence) or bool(case.inside(sentence, "easy_out"))


def owns_silence(case: Case, sentence: Sentence, *, is_sorry: bool) -> bool:
    """Say whether a sentence speaks of our silence, even beside how it ended, or is sorry for something else."""
    if is_no_account(case, sentence) or case.inside(sentence, "open_offers"):
        return False
    if case.inside(sentence, "silence_hinted"):
        return True
    return is_sorry and has(case, sentence, "sorry_words") and not case.inside(sentence, *_ENDED)


def around_the_past(case: Case) -> Iterator[Sentence]:
    """Give the sentences that speak of last time, and those right before and behind, but none about the open role."""
    places = {each.index for each in case.letter.sentences if is_about_the_past(case, each)}
    near = places | {place + 1 for place in places} | {place - 1 for place in places}
    yield from (each for each in case.letter.sentences if each.index in near and not is_about_the_new(case, each))


def from_the_new_on(case: Case) -> Iterator[Sentence]:
    """Give the sentences from the first one about the open role on, without those that speak of last time."""
    first = next((each.index for each in case.letter.sentences if is_about_the_new(case, each)), None)
    if first is not None:
        yield from (each for each in case.letter.sentences if each.index >= first and not is_about_the_past(case, each))


def _has_happened(case: Case, sentence: Sentence) -> bool:
    return bool(
        any(moment.days for moment in case.moments(sentence)) or case.inside(sentence, *EVENTS, *_ENDED, "last_time")
    )
