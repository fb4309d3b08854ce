"""The proof of a first letter that something is different this time, bound to what is on record."""

from collections.abc import Iterator

from rekindle.courtesy.alike import resembles
from rekindle.courtesy.case import EVENTS, Case
from rekindle.courtesy.claims.levels import step_from
from rekindle.courtesy.claims.teams import teams_differ
from rekindle.courtesy.dossier import OpenRole
from rekindle.courtesy.entries import places_in
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.known import Fact
from rekindle.courtesy.letter import Sentence, plainly
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems
from rekindle.courtesy.traces import from_the_new_on, has

RULES = ("says-what-is-different",)


def says_what_is_different(case: Case) -> Iterator[Finding]:
    """Ask for one difference that the records bear out: a fit that is named, a step up, another team."""
    if case.dossier.role is None or says_step_up(case) or says_other_team(case) or names_fit(case):
        return
    ids = (case.dossier.role.id, *(past.id for past in case.concerned))
    if hint := next(_different_hints(case, case.dossier.role), None):
        message = f"It may say what is different this time, but not plainly: {_what_differs(case)}."
        yield warn("says-what-is-different", message, hint.text, *ids)
        return
    generic = next(iter(case.hits("fit_words")), None)
    message = f"It does not say what is different this time: {_what_differs(case)}."
    yield refuse("says-what-is-different", message, generic.quote if generic else "", *ids)


def says_step_up(case: Case) -> bool:
    """Say whether it truly says that the role is a level up."""
    if not any(step_from(case, past) == 1 for past in case.concerned):
        return False
    return bool(case.claims("level_up")) or any(_names_own_level(case, hit) for hit in case.hits("level_contrast"))


def says_other_team(case: Case) -> bool:
    """Say whether it truly says that the team is another, in so many words or by naming it beside the old one."""
    if not any(teams_differ(case, past) for past in case.concerned):
        return False
    if case.claims("team_other") or any(_begins_with_no(case, hit) for hit in case.hits("team_other")):
        return True
    team = case.known.stems(case.dossier.role.team if case.dossier.role else None)
    named = [hit for hit in case.claims("team_named") if case.shared(team, case.stems(hit.plain))]
    if any(case.inside(hit.sentence, "team_instead", "context_new") for hit in named):
        return True
    return bool(team) and _names_both(case, team)


def _begins_with_no(case: Case, hit: Hit) -> bool:
    """See "not the same house and not the same team": the second no turns nothing around."""
    return hit.plain.split()[0] in case.phrases.words("negations")


def _names_both(case: Case, team: Stems) -> bool:
    """See "Product Designer in Checkout" and, further down, "in Onboarding this time": the reader does."""
    role, ids = case.dossier.role, {past.id for past in case.dossier.applications}
    before = [case.known.stems(past.team) for past in case.concerned if teams_differ(case, past)]
    then = [each for each in case.letter.said if ids & case.named_in(each) or case.inside(each, *EVENTS)]
    now = [
        each for each in case.letter.said if (role and role.id in case.named_in(each)) or case.inside(each, "new_role")
    ]
    return any(old and old <= case.stems(each.plain) for each in then for old in before) and any(
        team <= case.stems(each.plain) for each in now if each not in then
    )


def names_fit(case: Case) -> bool:
    """Say whether something on record about them is named where the role is spoken of."""
    if not case.known.reads_as:
        return bool(case.hits("fit_words"))
    facts, role = case.known.about_them, case.dossier.role
    fitting = {hit.sentence.index: hit.sentence for hit in (*case.hits("fit_words"), *case.hits("interest_lead"))}
    for sentence in fitting.values():
        if not _facts_in(case, sentence, facts) or _is_past(case, sentence):
            continue
        if (role and role.id in case.named_in(sentence)) or case.inside(sentence, "role_words_new", "new_role"):
            return True
    return _meets_the_role(case, facts)


def _meets_the_role(case: Case, facts: tuple[Fact, ...]) -> bool:
    """Say whether, once the role is named, something about them comes up that the role itself asks for or offers."""
    role = case.dossier.role
    if role is None:
        return False
    wanted = case.known.stems(" ".join((*role.skills, role.whats_in_it, role.title))) - case.title_stems
    fitting = tuple(fact for fact in facts if case.shared(fact.stems - case.title_stems, wanted))
    first = next((each.index for each in case.letter.said if role.id in case.named_in(each)), None)
    later = [each for each in case.letter.sentences if first is not None and each.index >= first]
    return any(_facts_in(case, each, fitting) for each in later if not _is_past(case, each))


def _facts_in(case: Case, sentence: Sentence, facts: tuple[Fact, ...]) -> list[Fact]:
    """Return the facts that a sentence speaks of, by more than the words of the titles."""
    said = case.stems(sentence.plain)
    return [fact for fact in facts if case.shared(fact.stems - case.title_stems or fact.stems, said)]


def _is_past(case: Case, sentence: Sentence) -> bool:
    """Say whether a sentence only speaks of last time."""
    return bool(case.inside(sentence, "outcome", "reason_lead"))


def _names_own_level(case: Case, hit: Hit) -> bool:
    role, words = case.dossier.role, case.phrases.lists["level_words"]
    if role is None:
        return False
    own = {place for place, _ in places_in(words, plainly(f"{role.level} {role.title}"))}
    return bool(own & {place for place, _ in places_in(words, hit.plain)})


def _different_hints(case: Case, role: OpenRole) -> Iterator[Sentence]:
    """Give the sentences with a word of what the role offers and asks for, or of its place where roles are compared."""
    past = case.stems(" ".join(f"{each.role} {each.family or ''} {each.team or ''}" for each in case.concerned))
    offers = case.stems(" ".join((*role.skills, role.whats_in_it))) - case.title_stems - past
    place = case.stems(f"{role.title} {role.level} {role.team or ''}") ^ past
    for each in from_the_new_on(case):
        said = case.stems(each.plain)
        # Its title, team and level are named in every letter: they say what differs only where roles are compared.
        found = resembles(offers, said - case.title_stems, case.phrases.language)
        if found or (has(case, each, "contrast_words") and resembles(place, said, case.phrases.language)):
            yield each


def _what_differs(case: Case) -> str:
    """Say what the records offer."""
    role = case.dossier.role
    found: list[str] = []
    for past in case.concerned[:1]:
        if role and step_from(case, past) == 1:
            found.append(f"the level ({past.level}, now {role.level})")
        if role and teams_differ(case, past):
            found.append(f"the team ({past.team}, now {role.team})")
    asked = case.stems(" ".join((*role.skills, role.whats_in_it))) if role else frozenset()
    found += [f"'{fact.text}'" for fact in case.known.about_them if case.shared(fact.stems - case.title_stems, asked)]
    return f"on record are {', '.join(found)}" if found else "nothing on record does; ask whether it is worth a letter"
