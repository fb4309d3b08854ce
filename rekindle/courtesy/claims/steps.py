"""How many steps are left and what they are: "two conversations", "just one call", "no interviews", "no take-home"."""

import re
from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.claims.left_out import is_dropped
from rekindle.courtesy.claims.processes import is_about_process, steps_named
from rekindle.courtesy.dossier import OpenRole, Step
from rekindle.courtesy.entries import entry_in, numbers_in, ways_to_write
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import plainly
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-steps",)
# "Pair programming (90), meeting the team": these belong to different things.
_PUNCTUATED = re.compile(r"[(),:;]")
_MOST_STEPS = 12
_NO_COUNT = ("duration", "level_up", "level_down")


def claimed_counts(case: Case) -> Iterator[Finding]:
    """Compare each number of steps with the plan; where something else than talks is planned, talks may be counted."""
    role = case.dossier.role
    if role is None or not role.steps:
        return
    for hit in case.hits("step_count"):
        if _PUNCTUATED.search(hit.plain):
            continue
        numbers = {int(number) for number in numbers_in(case.phrases.lists, hit.plain)} or {_unsaid(case, hit)}
        # "45 call" are minutes.
        if max(numbers) > _MOST_STEPS or hit.sentence.plain.endswith("?"):
            continue
        if numbers & _counts(case, role) or any(hit.overlaps(other) for other in case.hits(*_NO_COUNT)):
            continue
        # "It begins with a conversation" counts nothing; "just a conversation" does.
        if numbers == {1} and not any(hit.overlaps(other) for other in case.inside(hit.sentence, "only_one")):
            continue
        if is_about_process(case, hit) and not _goes_on(case, hit, role, numbers):
            steps = ", ".join(step.name for step in role.steps)
            message = f"The process of {role.id} has {len(role.steps)} steps ({steps}): say that."
            yield refuse("claimed-steps", message, hit.quote, role.id)


def claimed_kinds(case: Case) -> Iterator[Finding]:
    """Refuse a kind of step that is not planned, and "no take-home" where one is."""
    role = case.dossier.role
    if role is None or not role.steps:
        return
    names = plainly(" ".join(step.name for step in role.steps))
    for hit in case.hits("kinds_named"):
        place = entry_in(case.phrases.lists["step_kinds"], hit.plain)
        # "Your case study" is what they did last time.
        if place is None or _is_theirs(case, hit) or _is_of_a_note(case, hit):
            continue
        planned = any(_stands(way, names) for way in _ways(case, place))
        # "We leave out the test" is a no as well, and "I cannot spare you the test" leaves it where it is.
        denied = is_dropped(case, hit, is_denied=case.is_denied(hit))
        if planned is not denied or (
            not denied and any(_stands(way, _known_words(case)) for way in _ways(case, place))
        ):
            continue
        if is_about_process(case, hit):
            steps = ", ".join(step.name for step in role.steps)
            message = f"The plan of {role.id} is {steps}: say what is true of it."
            # A word such as "case" or "on site" means many things; that a step is left out means one.
            # A "panel" may be a talk with three people; a take-home exercise is nothing else.
            is_certain = denied or entry_in(case.phrases.lists["certain_kinds"], hit.plain) is not None
            yield (refuse if is_certain else warn)("claimed-steps", message, hit.quote, role.id)


def _is_theirs(case: Case, hit: Hit) -> bool:
    before = hit.sentence.plain[: hit.start].split()
    return bool(before) and before[-1] in case.phrases.words("addressed")


def _is_of_a_note(case: Case, hit: Hit) -> bool:
    """Say whether the sentence speaks of what is noted, as "your blotter test": the word itself, and one more of it."""
    own, said = case.stems(hit.plain), case.stems(hit.sentence.plain)
    plan = case.stems(" ".join(step.name for step in case.dossier.role.steps)) if case.dossier.role else frozenset()
    return any(
        case.shared(own, fact.stems) and case.shared(fact.stems - own - plan - case.title_stems, said)
        for fact in case.known.noted
    )


def _ways(case: Case, place: int) -> list[str]:
    return ways_to_write(case.phrases.lists["step_kinds"][place])


def _known_words(case: Case) -> str:
    """Return what is said of them and of the role: "our exercise", "test automation" and "as we know your case"."""
    role = case.dossier.role
    told = [fact.text for fact in case.known.about_them]
    told += [role.process_because, role.whats_in_it, *role.skills] if role else []
    return plainly(" ".join(told))


def _stands(way: str, names: str) -> bool:
    return way.replace("-", " ") in names.replace("-", " ")


def _unsaid(case: Case, hit: Hit) -> int:
    """Return the number in "just one call", "no interviews": what no word of the list of numbers tells."""
    return 0 if case.inside(hit.sentence, "none_at_all") else 1


def _counts(case: Case, role: OpenRole) -> set[int]:
    return {len(role.steps), len([step for step in role.steps if not _is_task(case, step)])}


def _is_task(case: Case, step: Step) -> bool:
    return entry_in(case.phrases.lists["tasks"], plainly(step.name)) is not None


def _goes_on(case: Case, hit: Hit, role: OpenRole, numbers: set[int]) -> bool:
    """Say whether "a talk with the manager and a deep-dive" goes on to name all steps, so that none is hidden."""
    if numbers != {1}:
        return False
    # "One conversation, one technical interview": two, counted one by one.
    elsewhere = steps_named(case, hit.sentence.plain.replace(case.clause_text(hit), " "))
    # "A talk, a visit, no more": the talk is the only step that is not named.
    kind = hit.plain.split()[-1]
    if len([step for step in elsewhere if kind not in plainly(step.name)]) == len(role.steps) - 1 > 0:
        return True
    ones = [each for each in case.inside(hit.sentence, "step_count") if not _PUNCTUATED.search(each.plain)]
    return len(ones) in _counts(case, role) or len(steps_named(case, hit.sentence.plain)) == len(role.steps)
