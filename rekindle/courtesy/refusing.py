"""The letter that turns somebody down: it thanks, it says no and means it, and promises only what can be kept."""

from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, refuse

RULES = ("thanks", "says-the-decision", "false-hope", "keepable-promise")


def thanks(case: Case) -> Iterator[Finding]:
    """Ask for thanks for the time they gave."""
    if not any(case.inside(hit.sentence, "thanks_for") for hit in case.hits("thanks")):
        message = "It does not thank them for the time they gave: do, in your own words."
        yield refuse("thanks", message)


def says_the_decision(case: Case) -> Iterator[Finding]:
    """Ask for a plain no."""
    if not case.hits("decision_no", "reason_lead", "outcome"):
        yield refuse("says-the-decision", "It does not plainly say that it is a no: do, in one sentence.")


def no_false_hope(case: Case) -> Iterator[Finding]:
    """Refuse what makes a no sound like a perhaps."""
    for hit in case.hits("false_hope"):
        # In "it is a no for now" the no is the matter, and denies nothing.
        said = hit.sentence.plain[: hit.start]
        if not case.is_denied(hit) or any(said.endswith(f"{no.plain} ") for no in case.inside(hit.sentence, "a_no")):
            message = "This makes a no sound like a perhaps: leave it out, and say what you can truly promise."
            yield refuse("false-hope", message, hit.quote)


def keepable_promise(case: Case) -> Iterator[Finding]:
    """Refuse a promise that nobody can keep: a job next time, a place in the first row."""
    for hit in case.hits("unkeepable"):
        if not case.is_denied(hit):
            message = "Nobody can promise that: promise to write when a role fits, and keep it."
            yield refuse("keepable-promise", message, hit.quote)
