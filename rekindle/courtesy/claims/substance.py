"""What a letter says the person can, did or wants, held against what may be said of them. Nothing may be invented."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, Severity, refuse, warn
from rekindle.courtesy.known import Fact
from rekindle.courtesy.objects import begins, behind, end_of_thought, parts_of
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems

RULES = ("claimed-strength", "claimed-interest")
_COMMAND = "`rekindle candidates note`"
_WORD = re.compile(r"\w")
# "You told me about them" names a topic, not yet a wish.
_TOPIC_NAMED = re.compile(r"\b(?:told|talk(?:ed)?|spoken?|erzählt|gesprochen)\b(?: \w+)? (?:about|of|von|über)\b")
#: So many words beside a title or an employer claim something of their own.
_TELLING = 2


def claimed_strengths(case: Case) -> Iterator[Finding]:
    """Compare what "impressed" us, and "your work on …", with strengths, backgrounds, skills and interests."""
    judge = partial(judged, case, "claimed-strength", on_record(case))
    for hit in case.hits("strength_lead"):
        yield from judge(hit, parts_of(case, behind(case, hit, "object_ends"), "courtesies"))
    for hit in case.hits("did_lead"):
        parts = parts_of(case, behind(case, hit, "object_ends"), "courtesies")
        # "You led the discussion" may have been seen by all who were there; three words are a claim.
        is_slight = all(len(part) < _TELLING for part in parts)
        for finding in judge(hit, parts):
            yield replace(finding, severity=Severity.WARN) if is_slight else finding
    for hit in case.hits("was_theirs"):
        start, _ = case.clause(hit)
        yield from judge(hit, parts_of(case, hit.sentence.plain[start : hit.start], "courtesies"), start)
    for hit in case.hits("strength_tail"):
        start = begins(case, hit)
        yield from judge(hit, parts_of(case, hit.sentence.plain[start : hit.start], "courtesies"), start)


def on_record(case: Case) -> tuple[Fact, ...]:
    """Return all that may be said of them, and what we talked about: "your talk on pricing" may be the contact."""
    return (*case.known.about_them, *case.known.talks)


def claimed_interests(case: Case) -> Iterator[Finding]:
    """Compare what "you told us" with interests, preferences and what we talked about."""
    facts = (*case.known.wishes, *case.known.talks, *case.known.about_them)
    judge = partial(judged, case, "claimed-interest", facts)
    for hit in case.hits("interest_lead"):
        said = behind(case, hit, "interest_ends")
        is_topic = _TOPIC_NAMED.search(f"{hit.plain} {said}") is not None
        for finding in judge(hit, parts_of(case, said, "courtesies", "wish_words")):
            yield replace(finding, severity=Severity.WARN) if is_topic else finding
    for hit in case.hits("memory_lead"):
        # What we remember about somebody may be anything: a person looks.
        for finding in judge(hit, parts_of(case, behind(case, hit, "interest_ends"), "courtesies", "wish_words")):
            yield replace(finding, severity=Severity.WARN)
    for hit in case.hits("wish_tail"):
        start = _before(case, hit)
        told = hit.sentence.plain[start : hit.start]
        yield from judge(hit, parts_of(case, told, "courtesies", "wish_words"), start)
    if not case.known.wishes and not case.known.talks:
        for hit in case.claims("interest_any"):
            message = f"No interest of theirs is on record: leave the claim out, or add it with {_COMMAND}."
            yield refuse("claimed-interest", message, hit.quote)


def _before(case: Case, hit: Hit) -> int:
    """Return where begins what "as you wanted" closes: its part of the sentence, or where it is all of one the last."""
    start, _ = case.clause(hit)
    if _WORD.search(hit.sentence.plain, start, hit.start):
        return start
    return next((first for first, last in case.clauses(hit.sentence) if last == start), start)


def judged(
    case: Case, rule: str, facts: tuple[Fact, ...], hit: Hit, parts: tuple[Stems, ...], start: int | None = None
) -> Iterator[Finding]:
    """Refuse when nothing of it is on record; with something true beside it, or something alike, a person looks."""
    invented = [part for part in parts if not _is_known(case, part, facts)]
    if not invented or case.is_denied(hit) or case.is_unreal(hit):
        return
    # What a talk was about bears a claim out, but is nothing to praise them for.
    told = case.known.about_them if rule == RULES[0] else facts
    known = "; ".join(dict.fromkeys(fact.text for fact in told)) or "nothing that may be said"
    words = hit.through(end_of_thought(hit)) if start is None else hit.sentence.text[start : hit.end]
    message = f"On record is {known}: say that, or add a sayable note with {_COMMAND}."
    ids = tuple(dict.fromkeys(fact.id for fact in told if fact.id))
    # That somebody wants what their title says is no reason to believe the rest of the wish.
    is_near = rule == RULES[0] and all(_is_near(case, part, facts) for part in invented)
    is_unsure = is_near or len(invented) < len(parts) or not case.known.reads_as
    yield (warn if is_unsure else refuse)(rule, message, words, *ids)


def _is_known(case: Case, part: Stems, facts: tuple[Fact, ...]) -> bool:
    """Say whether a fact bears a part out by more than what everybody who applied shares, or the name of an employer.

    "Your work at Globex" is borne out by the name alone, "the payment system at Globex" is not.
    """
    own = telling(case, part)
    named = part & case.known.employers
    # What was done there stands in the notes that name it; a skill may have been used anywhere.
    bearing = [fact for fact in facts if not named or not fact.id or fact.stems & named]
    return not own or own <= named or any(case.shared(own, fact.stems) for fact in bearing)


def telling(case: Case, part: Stems) -> Stems:
    """Return the words of a part that only a fact can bear out."""
    own = part - case.title_stems
    return own - case.known.employers or own


def _is_near(case: Case, part: Stems, facts: tuple[Fact, ...]) -> bool:
    """Say whether a part is nearly on record: a title or an employer, and one word that is not."""
    return len(telling(case, part)) < _TELLING and any(case.shared(part, fact.stems) for fact in facts)
