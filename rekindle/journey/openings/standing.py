"""Why somebody is not on a list although they have something in common with the role. Asks the guards; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from states import guards
from states.candidate import CandidateState, Trigger
from states.facts import Facts
from states.guards import Refusal
from states.moves import MOVES

OPTED_OUT: Final = "opted_out"
#: What the guards call it, and what a list does; contact has three cases, see `_named`.
_CODES = {
    "did_not_withdraw": "withdrew",
    "is_not_with_us": "with_us",
    "basis_is_known": "no_basis",
    "is_not_snoozed": "snoozed",
    "budget_allows": "budget",
    "cooled_off": "cooling",
}
_STATES = {
    None: Refusal("not_admitted", "they are not among the candidates yet"),
    CandidateState.RE_ENGAGED: Refusal("re_engaged", "they had a letter about a role, and the answer is awaited"),
    CandidateState.INTERVIEWING: Refusal("interviewing", "they are in interviews with us"),
    CandidateState.DECLINED: Refusal("declined", "they declined: only they can change that"),
    CandidateState.HIRED: Refusal("hired", "they got a job here"),
}
_OPEN = frozenset(state for move in MOVES if move.trigger is Trigger.RE_ENGAGE for state in move.sources)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One person who is not on the list, and the first reason why. `evidence` are ids: c-17, a-7, m-4, o-2."""

    candidate_id: int
    code: str
    sentence: str
    evidence: tuple[str, ...]


def against(state: CandidateState | None, facts: Facts) -> tuple[Refusal, ...]:
    """Return what speaks against a letter to somebody now, the gravest first; nothing when they may be on a list."""
    return tuple(_against(state, facts))


def _against(state: CandidateState | None, facts: Facts) -> Iterator[Refusal]:
    refusals = [_named(refusal, facts) for refusal in guards.may_be_approached(facts)]
    yield from (refusal for refusal in refusals if refusal.code == OPTED_OUT)
    if state not in _OPEN:
        yield _STATES.get(state) or Refusal("state", f"they are {state}")
    yield from (refusal for refusal in refusals if refusal.code != OPTED_OUT)
    # Whose day is not on record may be an old acquaintance: that day is asked for when the letter is drafted.
    if facts.decided_on is not None and (warm := guards.cooled_off(facts)):
        yield _named(warm, facts)


def _named(refusal: Refusal, facts: Facts) -> Refusal:
    code = _CODES.get(refusal.code, refusal.code)
    if refusal.code == "is_contactable":
        code = OPTED_OUT if facts.opted_out else "unreachable" if facts.has_address else "no_address"
    return Refusal(code, refusal.reason)
