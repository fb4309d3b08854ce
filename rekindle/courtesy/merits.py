"""The proof of a first letter that it is about them: something that impressed us, and that is on record."""

from collections.abc import Iterator

from rekindle.courtesy.alike import resembles
from rekindle.courtesy.case import EVENTS, Case
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.known import Fact
from rekindle.courtesy.letter import Sentence, tokens_of
from rekindle.courtesy.stems import Stems
from rekindle.courtesy.traces import has, is_about_the_new

RULES = ("says-why-them",)
#: Two words of a note make sure that it is meant, where nobody is spoken to.
_SURE = 2


def says_why_them(case: Case) -> Iterator[Finding]:
    """Ask for something about them that impressed, and that is on record."""
    facts = case.known.about_them
    # What somebody noted about them can be about nobody else; a skill may be the role's alone.
    if any(_tells(case, each, case.known.strengths, _SURE) for each in case.letter.sentences):
        return
    if any(_tells(case, each, case.known.strengths) for each in case.letter.sentences if _speaks_to_them(case, each)):
        return
    if any(_tells(case, each, case.known.skills) for each in case.letter.sentences if _speaks_to_them(case, each)):
        return
    # What they want is no merit: "you told us that you like it" has to be said with some warmth.
    praising = {hit.sentence.index: hit.sentence for hit in case.hits("praise")}
    if any(_tells(case, each, facts) for each in praising.values()):
        return
    if not case.known.reads_as and case.hits("strength_lead", "strength_tail"):
        return
    yield from _lacking(case)


def _lacking(case: Case) -> Iterator[Finding]:
    """Refuse, or where there is a trace of it let a person look."""
    facts = case.known.about_them
    hint = next(_strength_hints(case), None)
    if hint is not None:
        message = "It may name something about them that impressed you, but not plainly"
        yield warn("says-why-them", f"{message}: {hint[1].text}.", hint[0].text, *filter(None, (hint[1].id,)))
        return
    # What shares its words with a step may still be meant as praise.
    addressed = (each for each in case.letter.sentences if _speaks_to_them(case, each))
    if loose := next((each for each in addressed if _hints_at(case, each)), None):
        yield warn("says-why-them", "It may name something about them that impressed you, but not plainly.", loose.text)
        return
    known = "; ".join(fact.text for fact in facts) or "nothing yet: add it with `rekindle candidates note --sayable`"
    message = f"It names nothing about them that impressed you. On record is {known}."
    yield refuse("says-why-them", message, "", *(fact.id for fact in facts if fact.id))


def _tells(case: Case, sentence: Sentence, facts: tuple[Fact, ...], least: int = 1) -> bool:
    """Say whether a sentence has `least` words of one of the facts, beside those of roles and teams.

    That a trial shift is part of it, and takes six hours, is nothing that they are good at.
    """
    said = case.stems(sentence.plain)
    empty = _steps(case) if case.inside(sentence, "duration", *EVENTS) else case.scanner.stems("numbers")
    places = _places(case)
    found = (case.shared(fact.stems - places, said) for fact in facts)
    return any(len(words) >= least and not words <= empty for words in found)


def _hints_at(case: Case, sentence: Sentence) -> bool:
    said = case.stems(sentence.plain) - case.scanner.stems("numbers")
    return any(case.shared(fact.stems - _places(case), said) for fact in case.known.strengths)


def _places(case: Case) -> Stems:
    """Return the words of roles and teams: whoever applied shares them."""
    teams = [past.team for past in case.dossier.applications] + [case.dossier.role.team if case.dossier.role else None]
    return case.title_stems | case.stems(" ".join(filter(None, teams)))


def _steps(case: Case) -> Stems:
    """Return the words of the planned steps, and of numbers."""
    steps = [step.name for step in case.dossier.role.steps] if case.dossier.role else []
    return case.stems(" ".join(steps)) | case.scanner.stems("numbers") | case.scanner.stems("units")


def _speaks_to_them(case: Case, sentence: Sentence) -> bool:
    return not case.phrases.words("addressed").isdisjoint(tokens_of(sentence.plain))


def _strength_hints(case: Case) -> Iterator[tuple[Sentence, Fact]]:
    """Give the sentences with a word of what somebody noted about them, in whatever form, but for the open role."""
    empty = _places(case) | case.scanner.stems("numbers")
    facts = [(fact, fact.stems - empty) for fact in (*case.known.strengths, *case.known.skills)]
    for each in case.letter.sentences:
        if not is_about_the_new(case, each) and not _is_elsewhere(case, each):
            said = case.stems(each.plain)
            yield from ((each, fact) for fact, stems in facts if resembles(stems, said, case.phrases.language))


def _is_elsewhere(case: Case, sentence: Sentence) -> bool:
    """Say whether a sentence is of the process, or of whom we chose."""
    is_outcome = case.inside(sentence, *EVENTS, "standing_late") and has(case, sentence, "outcome_trace")
    return bool(is_outcome or case.inside(sentence, "outcome", "reason_lead", "duration", "process_then"))
