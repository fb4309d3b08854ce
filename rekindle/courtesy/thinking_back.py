"""When somebody thought of it is not when it was: "today I thought of our talk" dates the thought, not the talk.

A letter about a role says when we spoke; a check-in begins with such a thought, so its times are read with it.
"""

from collections.abc import Callable, Iterable, Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding
from rekindle.courtesy.letter import Sentence

Question = Callable[[Case], Iterable[Finding]]
#: A thought is of these days; what lies further back is when it was.
_LATELY = 14


def spared(question: Question) -> Question:
    """Return the question without what it finds about a thought of these days."""

    def ask(case: Case) -> Iterator[Finding]:
        yield from (finding for finding in question(case) if not _is_of_a_thought(case, finding))

    return ask


def _is_of_a_thought(case: Case, finding: Finding) -> bool:
    """Say whether the words stand beside a thought, and the only time there is that of the thought.

    It took place: a contact that is on record at no time was not thought of rightly either.
    """
    took_place = finding.rule == "claimed-time" or any(name.startswith("t-") for name in finding.evidence)
    if not took_place:
        return False
    found = [each for each in case.letter.said if finding.quote and finding.quote in each.text]
    return bool(found) and all(case.inside(each, "thought_back") and _only_lately(case, each) for each in found)


def _only_lately(case: Case, sentence: Sentence) -> bool:
    dated = [moment for moment in case.moments(sentence) if moment.days]
    today = case.dossier.today
    return len(dated) == 1 and all((today - last).days <= _LATELY for _, last in dated[0].days)
