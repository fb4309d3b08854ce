"""The earlier outcome: a first letter names it, early, and does not dwell on it."""

from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.claims.reasons import sayable_reasons, speaks_of
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Sentence
from rekindle.courtesy.traces import around_the_past, has, is_about_the_new

RULES = ("names-the-outcome", "outcome-early", "outcome-briefly")


def names_the_outcome(case: Case) -> Iterator[Finding]:
    """Ask that it does not pretend the rejection never happened, within the first sentences or the first half."""
    places = [hit.sentence for hit in case.hits("outcome", "reason_lead", "reason_whole") if hit.sentence.index >= 0]
    places = places or _of_reason(case)
    ids = tuple(past.id for past in case.concerned)
    early = max(case.limits["outcome_within_sentences"], len(case.letter.sentences) / 2)
    first = min(places, key=lambda sentence: sentence.index, default=None)
    if first is not None and first.index < early:
        return
    new = next((each.index for each in case.letter.sentences if is_about_the_new(case, each)), early)
    hint = next((each for each in _hints(case) if each.index < (early if first is None else new)), None)
    if hint is not None:
        message = "It may say that you turned them down last time, but not plainly: say so, in half a sentence."
        yield warn("names-the-outcome", message, hint.text, *ids)
    elif first is None:
        message = "It does not mention that you turned them down last time: say so, in half a sentence."
        yield refuse("names-the-outcome", message, "", *ids)
    else:
        message = f"The rejection comes as sentence {first.index + 1} only: name it before you speak of the new role."
        yield refuse("outcome-early", message, first.text, *ids)


def _of_reason(case: Case) -> list[Sentence]:
    """Return the sentences that say why it was somebody else: who says why has said that."""
    reasons = [own for _, own in sayable_reasons(case) if own]
    return [each for each in case.letter.said if any(speaks_of(case, each, own) for own in reasons)]


def _hints(case: Case) -> Iterator[Sentence]:
    """Give the sentences about last time that have a word of loss, or of which there was none."""
    for each in around_the_past(case):
        if "?" in each.text or case.inside(each, "easy_out", "owned_up", "duration"):
            continue
        # "I have not been in touch" is another no, "someone else" in the same breath is this one.
        is_a_no = has(case, each, "noes", "outcome_things") and not case.inside(each, "gap_said", "in_touch")
        if is_a_no or has(case, each, "outcome_trace") or case.inside(each, "a_no"):
            yield each


def is_brief(case: Case) -> Iterator[Finding]:
    """Ask that it neither dwells on the rejection nor grovels."""
    names = ("outcome", "regret", "grovelling", "grovelling_mild")
    told = {hit.sentence.index: hit for hit in case.hits(*names) if hit.sentence.index >= 0}
    most = case.limits["outcome_sentences"]
    if len(told) > most:
        message = f"{len(told)} sentences dwell on the rejection: {most:.0f} are enough."
        yield refuse("outcome-briefly", message, told[max(told)].sentence.text)
    elif grovelling := case.hits("grovelling", "grovelling_mild"):
        message = "It grovels: say it once and plainly, and go on."
        is_more = len(grovelling) > 1 or grovelling[0].name == "grovelling"
        yield (refuse if is_more else warn)("outcome-briefly", message, grovelling[0].quote)
