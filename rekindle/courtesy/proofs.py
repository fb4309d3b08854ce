"""The first proofs of a first letter: that we remember when we spoke and about which role, and why it was not them."""

from collections.abc import Iterator

from rekindle.courtesy.case import EVENTS, Case
from rekindle.courtesy.claims.reasons import reason_parts, sayable_reasons, speaks_of
from rekindle.courtesy.claims.times import example_time
from rekindle.courtesy.events import says_when
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Sentence

RULES = ("remembers-when", "remembers-role", "gives-reason")


def remembers_when(case: Case) -> Iterator[Finding]:
    """Ask for a time that fits something on record; a wrong one is refused by `claimed-time`."""
    if any(event.is_dated for event in says_when(case)):
        return
    example = example_time(case.dossier, case.phrases.language)
    ids = tuple(past.id for past in case.concerned)
    if vague := next((event for event in says_when(case) if event.is_vague), None):
        yield warn("remembers-when", f"Say more exactly when it was: {example}.", vague.times[0].quote, *ids)
    else:
        yield refuse("remembers-when", f"It does not say when you spoke: name {example}.", "", *ids)


def remembers_role(case: Case) -> Iterator[Finding]:
    """Ask for the former role, by title or shortened, where the past is spoken of."""
    ids = {past.id for past in case.dossier.applications if past.outcome != "open"}
    if any(_can_be_no_other(case, each, ids) for each in case.letter.said):
        return
    # What is found most often is asked for first: the other lists are long.
    for lists in (EVENTS, ("outcome", "standing_late", "last_time")):
        past = {place for hit in case.hits(*lists) for place in _around(hit.sentence)}
        if any(each.index in past and _names(case, each, ids) for each in case.letter.said):
            return
    roles = " or ".join(dict.fromkeys(f"the {each.role} ({each.id})" for each in case.concerned))
    message = f"It does not say which role it was about last time: name {roles or 'it'}."
    yield refuse("remembers-role", message, "", *(each.id for each in case.concerned))


def gives_reason(case: Case) -> Iterator[Finding]:
    """Ask for the recorded reason where it may be said. Where it may not, that it was a no is enough."""
    told = sayable_reasons(case)
    specific = [own for _, own in told if own]
    if specific and case.known.reads_as and not any(_speaks_of(case, own) for own in specific):
        past = told[0][0]
        message = f"It does not say why it was not them: '{past.reason}' ({past.id})."
        yield refuse("gives-reason", message, "", past.id)


def _can_be_no_other(case: Case, sentence: Sentence, ids: set[str]) -> bool:
    """Say whether a past role is named that is not also the open one, or with a time or team of the past."""
    named = case.named_in(sentence)
    if not ids & named:
        return False
    if case.dossier.role is None or case.dossier.role.id not in named:
        return True
    said = case.stems(sentence.plain)
    teams = [case.known.stems(past.team) for past in case.dossier.applications if past.team]
    return any(moment.days for moment in case.moments(sentence)) or any(team and team <= said for team in teams)


def _names(case: Case, sentence: Sentence, ids: set[str]) -> bool:
    if ids & case.named_in(sentence):
        return True
    # "The product role we spoke about": one word of the title, where the past is spoken of.
    role, nouns = case.dossier.role, case.phrases.words("level_nouns")
    is_new = role is not None and role.id in case.named_in(sentence)
    return not is_new and any(case.naming.hints(name, sentence.plain, nouns) for name in ids)


def _speaks_of(case: Case, own: frozenset[str]) -> bool:
    """Say whether the reason comes up, in whatever frame: a wrong one is refused by `claimed-reason`."""
    hits = case.hits("reason_lead", "reason_whole")
    if any(case.shared(part, own) for hit in hits for part in reason_parts(case, hit)):
        return True
    return any(speaks_of(case, each, own) for each in case.letter.said)


def _around(sentence: Sentence) -> range:
    return range(sentence.index - 1, sentence.index + 2)
