"""The first proofs of a first letter: that we remember when we spoke and about which role, and why it was not them."""

from collections.abc import Iterator

from rekindle.courtesy.alike import resembles
from rekindle.courtesy.case import EVENTS, Case
from rekindle.courtesy.claims.reasons import parted_stems, reason_parts, sayable_reasons, speaks_of
from rekindle.courtesy.claims.times import example_time
from rekindle.courtesy.days.moments import Moment
from rekindle.courtesy.events import days_between_us, says_when
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Sentence
from rekindle.courtesy.traces import around_the_past, has, is_about_the_new

#: Sentences with these speak of what they are good at, or of what is to come.
_NO_EVENTS = ("praise", "strength_lead", "duration", "level_up", "team_other")
RULES = ("remembers-when", "remembers-role", "gives-reason")


def remembers_when(case: Case) -> Iterator[Finding]:
    """Ask for a time that fits something on record; a wrong one is refused by `claimed-time`."""
    if any(event.is_dated for event in says_when(case)):
        return
    example = example_time(case.dossier, case.phrases.language)
    ids = tuple(past.id for past in case.concerned)
    if vague := next((event for event in says_when(case) if event.is_vague), None):
        yield warn("remembers-when", f"Say more exactly when it was: {example}.", vague.times[0].quote, *ids)
    elif hint := next(_times_alone(case), None):
        message = f"It may say when you spoke, but not plainly: name {example}."
        yield warn("remembers-when", message, hint.quote, *ids)
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
    roles = " or ".join(dict.fromkeys(f"the {each.role} ({each.id})" for each in case.concerned)) or "it"
    told = tuple(each.id for each in case.concerned)
    if hint := next(_role_hints(case), None):
        message = f"It may say which role it was about last time, but not plainly: name {roles}."
        yield warn("remembers-role", message, hint.text, *told)
    else:
        message = f"It does not say which role it was about last time: name {roles}."
        yield refuse("remembers-role", message, "", *told)


def gives_reason(case: Case) -> Iterator[Finding]:
    """Ask for the recorded reason where it may be said. Where it may not, that it was a no is enough."""
    told = sayable_reasons(case)
    specific = [own for _, own in told if own]
    if specific and case.known.reads_as and not any(_speaks_of(case, own) for own in specific):
        past = told[0][0]
        if hint := next((each for own in specific for each in _reason_hints(case, own)), None):
            message = f"It may say why it was not them, but not plainly: '{past.reason}' ({past.id})."
            yield warn("gives-reason", message, hint.text, past.id)
        else:
            message = f"It does not say why it was not them: '{past.reason}' ({past.id})."
            yield refuse("gives-reason", message, "", past.id)


def _can_be_no_other(case: Case, sentence: Sentence, ids: set[str]) -> bool:
    """Say whether a past role is named that is not also the open one, or with a time or team of the past."""
    named = case.named_in(sentence)
    if _names_by_team(case, sentence, ids):
        return True
    # "Two account executives" whom they would meet are no role that was applied for.
    if not ids & named or case.inside(sentence, "duration"):
        return False
    if case.dossier.role is None or case.dossier.role.id not in named:
        return True
    said = case.stems(sentence.plain)
    teams = [case.known.stems(past.team) for past in case.dossier.applications if past.team]
    return any(moment.days for moment in case.moments(sentence)) or any(team and team <= said for team in teams)


def _names_by_team(case: Case, sentence: Sentence, ids: set[str]) -> bool:
    """See "engineer on the coast" for the Wind Engineer of the team Coast: its noun and its team, and no new role."""
    role = case.dossier.role
    new = case.stems(f"{role.title} {role.team or ''}") if role else frozenset()
    said = case.stems(sentence.plain)
    for past in case.dossier.applications:
        noun, team = case.stems(past.role) - new, case.known.stems(past.team) - new
        if past.id in ids and noun & said and team and team <= said:
            return True
    return False


def _names(case: Case, sentence: Sentence, ids: set[str]) -> bool:
    if ids & case.named_in(sentence):
        return True
    # "The product role we spoke about": one word of the title, where the past is spoken of.
    role, nouns = case.dossier.role, case.phrases.words("level_nouns")
    is_new = role is not None and role.id in case.named_in(sentence)
    is_plain = not is_new and not case.naming.is_of_another(sentence.text)
    return is_plain and any(case.naming.hints(name, sentence.plain, nouns) for name in ids)


def _speaks_of(case: Case, own: frozenset[str]) -> bool:
    """Say whether the reason comes up, in whatever frame: a wrong one is refused by `claimed-reason`."""
    hits = case.hits("reason_lead", "reason_whole")
    if any(case.shared(part, own) for hit in hits for part in reason_parts(case, hit)):
        return True
    return any(speaks_of(case, each, own) for each in case.letter.said)


def _times_alone(case: Case) -> Iterator[Moment]:
    """Give the times that fit something between us, wherever they stand, but with the open role."""
    spans = days_between_us(case)
    for sentence in case.letter.said:
        if not is_about_the_new(case, sentence):
            told = (moment for moment in case.moments(sentence) if moment.days and not moment.vague)
            yield from (moment for moment in told if any(moment.fits(span.first, span.last) for span in spans))


def _role_hints(case: Case) -> Iterator[Sentence]:
    """Give the sentences about last time that have a word of the role, its family or its team."""
    past = [f"{each.role} {each.family or ''} {each.team or ''}" for each in case.dossier.applications]
    own = case.stems(" ".join(past))
    told = [each for each in around_the_past(case) if _is_event(case, each)]
    if not any(case.naming.is_of_another(each.text) for each in told):
        yield from (each for each in told if resembles(own, case.stems(each.plain), case.phrases.language))


def _is_event(case: Case, sentence: Sentence) -> bool:
    """Say whether a sentence is of what happened: not of whom we chose, nor of what they are good at."""
    if case.inside(sentence, *_NO_EVENTS):
        return False
    if any(moment.days for moment in case.moments(sentence)):
        return True
    if case.inside(sentence, "interest_lead", "wish_tail"):
        return False
    is_outcome = case.inside(sentence, "outcome", "reason_lead") or has(case, sentence, "outcome_trace")
    return not is_outcome and bool(case.inside(sentence, *EVENTS, "last_time"))


def _reason_hints(case: Case, own: frozenset[str]) -> Iterator[Sentence]:
    """Give the sentences about the outcome that have a word of the reason, in whatever form."""
    own = own - case.title_stems or own
    for each in around_the_past(case):
        is_outcome = case.inside(each, "outcome", "reason_lead", "reason_whole") or has(case, each, "outcome_trace")
        if is_outcome and resembles(own, parted_stems(case, each), case.phrases.language):
            yield each


def _around(sentence: Sentence) -> range:
    return range(sentence.index - 1, sentence.index + 2)
