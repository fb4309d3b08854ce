"""Whether a sentence speaks of the process that lies ahead: not of the last one, and not of the chat it asks for."""

import re
from collections.abc import Sequence

from rekindle.courtesy.case import Case
from rekindle.courtesy.dossier import OpenRole, Step
from rekindle.courtesy.letter import plainly
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems
from rekindle.courtesy.traces import is_about_the_new, is_about_the_past

_MANAGER = "hiring manager"
_WORD = re.compile(r"[^\W\d]\w*")
#: A part of a sentence with so few words beside a duration only says how long: "(about 20 minutes)".
_FEW_WORDS = 1
#: What only last time can have had.
_ENDED = ("outcome", "decided", "form_letter", "a_no")


def is_about_process(case: Case, hit: Hit) -> bool:
    """Say whether the words are about what is left to do."""
    ahead = case.beside(hit, "still_ahead")
    if not ahead and _is_told_of_then(case, hit):
        return False
    steps = case.dossier.role.steps if case.dossier.role else ()
    if steps_named(case, said_of(case, hit)) or len(steps_named(case, hit.sentence.plain)) == len(steps) > 1:
        return True
    if any(other.overlaps(hit) for other in case.inside(hit.sentence, "not_process")):
        return False
    if not ahead and (_is_over(case, hit) or case.inside(hit.sentence, "process_then")):
        return False
    return bool(ahead or case.inside(hit.sentence, "process_words", "still_ahead", "whole_process", "in_parts"))


def said_of(case: Case, hit: Hit) -> str:
    """Return the part of the sentence that says what a duration is of: in "the call (20 minutes)" the one before it.

    The durations are cut out of it: in German an hour stands in the name of many a lesson.
    """
    plain, parts = hit.sentence.plain, case.clauses(hit.sentence)
    told = case.inside(hit.sentence, "duration")
    own = _without(case.clause_text(hit), case.clause(hit)[0], told)
    if len(_WORD.findall(own)) > _FEW_WORDS:
        return own
    for start, end in reversed([part for part in parts if part[1] <= case.clause(hit)[0]]):
        if _WORD.search(plain, start, end):
            is_taken = any(each.start < end and start < each.end for each in told)
            return own if is_taken else f"{plain[start:end]} {own}"
    return own


def _without(text: str, start: int, hits: Sequence[Hit]) -> str:
    """Return a text that begins at `start` of its sentence without these hits."""
    for hit in hits:
        if start <= hit.start and hit.end <= start + len(text):
            text = text.replace(hit.plain, " ")
    return text


def _is_told_of_then(case: Case, hit: Hit) -> bool:
    """Say whether all around is of last time: "two interviews, and in March a no", "A talk. We decided against it."."""
    sentence = hit.sentence
    if case.beside(hit, "then_you_were"):
        return True
    if case.inside(sentence, "still_ahead"):
        return False
    past = {each.id for each in case.dossier.applications}
    is_named = past & case.named_in(sentence) and not is_about_the_new(case, sentence)
    if is_named or any(each.days for each in case.moments(sentence)) or case.inside(sentence, *_ENDED):
        return not sentence.plain.endswith("?")
    # What stands before the new role is named belongs to what stands beside it.
    if sentence.index < 0:
        return False
    first = next((each.index for each in case.letter.sentences if is_about_the_new(case, each)), 0)
    beside = [each for each in case.letter.sentences if abs(each.index - sentence.index) == 1]
    return sentence.index < first and any(is_about_the_past(case, each) for each in beside)


def _is_over(case: Case, hit: Hit) -> bool:
    """Say whether that part of the sentence tells of last time, by its words or by a time: "in May, after the case"."""
    return bool(case.beside(hit, "past_process", "form_letter")) or any(each.days for each in case.times_of(hit))


def steps_named(case: Case, plain: str) -> list[Step]:
    """Return the steps of the plan that a text names; "Talk with the hiring manager" is known by its manager."""
    role = case.dossier.role
    said = case.stems(plain)
    named = [(step, _words_of(case, role, step)) for step in role.steps] if role else []
    return [step for step, own in named if case.shared(own - case.title_stems or own, said)]


def _words_of(case: Case, role: OpenRole, step: Step) -> Stems:
    manager = role.hiring_manager_name if _MANAGER in plainly(step.name) else None
    return case.stems(f"{step.name} {manager or ''}")
