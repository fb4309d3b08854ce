"""Whether a sentence speaks of the process that lies ahead: not of the last one, and not of the chat it asks for."""

from rekindle.courtesy.case import Case
from rekindle.courtesy.dossier import Step
from rekindle.courtesy.scanning import Hit


def is_about_process(case: Case, hit: Hit) -> bool:
    """Say whether the words are about what is left to do."""
    if steps_named(case, case.clause_text(hit)):
        return True
    if any(other.overlaps(hit) for other in case.inside(hit.sentence, "not_process")):
        return False
    ahead = case.beside(hit, "still_ahead")
    if not ahead and (_is_over(case, hit) or case.inside(hit.sentence, "process_then")):
        return False
    return bool(ahead or case.inside(hit.sentence, "process_words", "still_ahead", "whole_process"))


def _is_over(case: Case, hit: Hit) -> bool:
    """Say whether that part of the sentence tells of last time, by its words or by a time: "in May, after the case"."""
    return bool(case.beside(hit, "past_process", "form_letter")) or any(each.days for each in case.times_of(hit))


def steps_named(case: Case, plain: str) -> list[Step]:
    """Return the steps of the plan that a text names; "Talk with the hiring manager" is known by its manager."""
    role = case.dossier.role
    said = case.stems(plain)
    named = [(step, case.stems(step.name)) for step in role.steps] if role else []
    return [step for step, own in named if case.shared(own - case.title_stems or own, said)]
