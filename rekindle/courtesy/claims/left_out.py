"""Steps that a letter leaves out: "we would drop the trial shift" where one is planned, "a call is all it takes"."""

from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.claims.processes import steps_named
from rekindle.courtesy.dossier import OpenRole, Step
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-shortcut",)
_FULL = "full"
#: How many words stand at most between what is left out and the verb, on either side of it.
_BEFORE, _BEHIND = 4, 3
#: "Without a" says no more than "no", "no need for the" does.
_A_NO = 2


def left_out(case: Case) -> Iterator[Finding]:
    """Refuse that a step of the plan falls away, whatever kind of plan it is."""
    role = case.dossier.role
    if role is None or not role.steps:
        return
    for hit in case.stated("step_left_out"):
        if _is_regretted(case, hit) or any(each.days for each in case.times_of(hit)):
            continue
        if steps := _named_beside(case, role, hit):
            message = f"'{steps[0].name}' is part of the process of {role.id}: say so, or change the plan."
            # "No trial shift went better" leaves none out.
            yield (warn if _is_a_no(case, hit) else refuse)(RULES[0], message, hit.quote, role.id)


def is_all_there_is(case: Case) -> Iterator[Finding]:
    """Ask a person to look where a sentence names some of the steps and says that there is nothing else."""
    role = case.dossier.role
    for hit in case.stated("nothing_else") if role else ():
        named = steps_named(case, hit.sentence.plain)
        if role and 0 < len(named) < len(role.steps):
            missing = ", ".join(step.name for step in role.steps if step not in named)
            yield warn(RULES[0], f"The process of {role.id} also has {missing}: name it.", hit.quote, role.id)


def is_dropped(case: Case, hit: Hit, *, is_denied: bool) -> bool:
    """Say whether a step is said not to be: by a "no", or by being left out; "I cannot spare you the trial" is none."""
    left = [other for other in case.beside(hit, "step_left_out") if not _is_a_no(case, other)]
    near = [other for other in left if _is_near(case, hit, other)]
    if not near:
        # "Without the trial it cannot be done" says that it will be.
        return is_denied and not any(_is_regretted(case, other) for other in case.beside(hit, "without_it"))
    return not is_denied and not any(_is_regretted(case, other) for other in near)


def _is_near(case: Case, hit: Hit, other: Hit) -> bool:
    if case.phrases.language == "de":
        return True
    plain = hit.sentence.plain
    between, most = (
        (plain[other.end : hit.start], _BEHIND) if other.start < hit.start else (plain[hit.end : other.start], _BEFORE)
    )
    return len(between.split()) < most


def _is_regretted(case: Case, hit: Hit) -> bool:
    """Say whether it is only wished for: "I wish I could skip it", "if you want to leave it out"."""
    no = [other for other in case.inside(hit.sentence, "no_shortcut") if not other.overlaps(hit)]
    return bool(no) or hit.sentence.plain.endswith("?") or bool(case.beside(hit, "conditions"))


def _is_a_no(case: Case, hit: Hit) -> bool:
    """Say whether it is only a "no" or a "without", which may mean much."""
    words = hit.plain.split()
    return len(words) <= _A_NO and words[0] in case.phrases.words("negations")


def _named_beside(case: Case, role: OpenRole, hit: Hit) -> list[Step]:
    """Return the steps that stand beside the words; where some were dropped, by more than "interview"."""
    near = _near(case, hit)
    named = steps_named(case, near)
    if role.process_kind == _FULL and not _is_a_no(case, hit):
        return named
    loose, said = case.scanner.stems("step_nouns"), case.stems(near)
    return [step for step in named if case.shared(case.stems(step.name) - loose - case.title_stems, said)]


def _near(case: Case, hit: Hit) -> str:
    """Return the words around; in German, where the verb comes late, all of that part of the sentence."""
    start, end = case.clause(hit)
    if case.phrases.language == "de":
        return case.clause_text(hit)
    before, behind = hit.sentence.plain[start : hit.start].split(), hit.sentence.plain[hit.end : end].split()
    return " ".join((*before[-_BEFORE:], hit.plain, *behind[:_BEHIND]))
