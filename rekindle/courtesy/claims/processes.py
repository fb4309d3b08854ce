"""Whether a sentence speaks of the process that lies ahead: not of the last one, and not of the chat it asks for."""

from rekindle.courtesy.case import Case
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems


def is_about_process(case: Case, hit: Hit) -> bool:
    """Say whether the words are about what is left to do."""
    start, end = case.clause(hit)

    def stands(*names: str) -> bool:
        return any(other.start < end and start < other.end for other in case.inside(hit.sentence, *names))

    if any(other.overlaps(hit) for other in case.inside(hit.sentence, "not_process")):
        return False
    if stands("past_process") and not case.inside(hit.sentence, "still_ahead"):
        return False
    return bool(case.inside(hit.sentence, "process_words", "still_ahead") or names_a_step(case, hit.sentence.plain))


def names_a_step(case: Case, plain: str) -> bool:
    """Say whether a step of the plan is named in the text."""
    said = case.stems(plain)
    return any(case.shared(own, said) for own in step_names(case))


def step_names(case: Case) -> tuple[Stems, ...]:
    """Return for each step what sets it apart; "Conversation with the hiring manager" is known by its manager."""
    role = case.dossier.role
    return tuple(case.stems(step.name) for step in role.steps) if role else ()
