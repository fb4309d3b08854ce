"""What speaks against a task, by where the person stands and what they want of us. Pure."""

from typing import Final

from rekindle.journey.tasks.wanted import ON_LINKEDIN
from rekindle.store.tasks import TaskKind
from states.candidate import CandidateState, named
from states.facts import Facts
from states.guards import (
    Guard,
    basis_is_known,
    did_not_withdraw,
    is_not_snoozed,
    is_not_with_us,
    wants_openings,
    wants_words_between,
)

_OF_OUR_OWN_ACCORD: Final = (did_not_withdraw, is_not_with_us, basis_is_known, is_not_snoozed)
#: What is asked before somebody is approached, by kind of task. Who wrote to us, or is owed a call, is owed it anyway.
_GUARDS: Final[dict[TaskKind, tuple[Guard, ...]]] = {
    TaskKind.LINKEDIN_CONNECT: (*_OF_OUR_OWN_ACCORD, wants_words_between),
    TaskKind.LINKEDIN_ENGAGE: (*_OF_OUR_OWN_ACCORD, wants_words_between),
    TaskKind.PROMISE: (*_OF_OUR_OWN_ACCORD, wants_openings),
}


def objection(kind: TaskKind, state: CandidateState | None, facts: Facts) -> str:
    """Say why nobody should do this for the candidate now; empty when somebody may."""
    if facts.opted_out:
        return "the candidate asked us to stop"
    if state in {CandidateState.DECLINED, CandidateState.HIRED}:
        return f"the candidate is {named(state)}"
    if kind in ON_LINKEDIN and state is not CandidateState.NURTURING:
        return f"the candidate is {named(state)} now: this is for whoever is kept warm"
    refusals = (guard(facts) for guard in _GUARDS.get(kind, ()))
    return next((refusal.reason for refusal in refusals if refusal), "")
