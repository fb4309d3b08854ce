"""The exhaustive matrix: what the table allows, and that nothing else is possible."""

from itertools import product

import pytest

from states.candidate import NEW, Actor, CandidateState, Trigger, named
from states.facts import Facts
from states.machine import Allowed, Refused, decide
from states.moves import MOVES, Move, approvals_from

ROWS = [(source, move) for move in MOVES for source in move.sources]
PAIRS = list(product((NEW, *CandidateState), Trigger))
ILLEGAL = [pair for pair in PAIRS if pair not in {(source, move.trigger) for source, move in ROWS}]

# Written out once more on purpose: whoever changes the table says here that it was meant.
ARROWS = {
    "new admit rejected-warm",
    "interviewing admit rejected-warm",
    "rejected-warm nurture nurturing",
    "rejected-warm re_engage re-engaged",
    "nurturing re_engage re-engaged",
    "re-engaged rest nurturing",
    "re-engaged interview interviewing",
    "nurturing interview interviewing",
    "interviewing hire hired",
    "rejected-warm decline declined",
    "nurturing decline declined",
    "re-engaged decline declined",
    "interviewing decline declined",
    "declined reopen nurturing",
}
HANDS = {
    "admit": "import recruiter",
    "nurture": "schedule",
    "re_engage": "delivery",
    "rest": "schedule candidate",
    "interview": "recruiter",
    "hire": "recruiter ats",
    "decline": "candidate recruiter",
    "reopen": "recruiter",
}


def test_the_states_are_called_what_the_users_call_them() -> None:
    assert [*CandidateState] == ["rejected-warm", "nurturing", "re-engaged", "interviewing", "declined", "hired"]


def test_the_table_holds_these_moves_and_no_others() -> None:
    assert {f"{named(source)} {move.trigger} {move.target}" for source, move in ROWS} == ARROWS


@pytest.mark.parametrize("move", MOVES, ids=[f"{named(move.sources[0])}-{move.trigger}" for move in MOVES])
def test_a_move_is_made_by_these_hands(move: Move) -> None:
    assert move.actors == tuple(Actor(hand) for hand in HANDS[move.trigger].split())


def test_a_trigger_leads_to_one_place_only() -> None:
    assert len(ROWS) == len({(source, move.trigger) for source, move in ROWS})


@pytest.mark.parametrize(("state", "trigger"), ILLEGAL, ids=[f"{named(s)}-{t}" for s, t in ILLEGAL])
def test_what_is_not_in_the_table_is_refused(state: CandidateState | None, trigger: Trigger, ideal: Facts) -> None:
    for actor in Actor:
        outcome = decide(state, trigger, actor, ideal, needs_approval=frozenset(), approved=True)
        assert isinstance(outcome, Refused)
        assert outcome.reasons[0].code == "wrong_state"


@pytest.mark.parametrize(("source", "move"), ROWS, ids=[f"{named(s)}-{m.trigger}" for s, m in ROWS])
def test_a_move_in_the_table_is_allowed_when_nothing_speaks_against_it(
    source: CandidateState | None, move: Move, ideal: Facts
) -> None:
    for actor in move.actors:
        outcome = decide(source, move.trigger, actor, ideal, needs_approval=approvals_from({}), approved=True)
        assert outcome == Allowed(move.target)


@pytest.mark.parametrize(("source", "move"), ROWS, ids=[f"{named(s)}-{m.trigger}" for s, m in ROWS])
def test_a_move_is_refused_to_everybody_it_is_not_for(source: CandidateState | None, move: Move, ideal: Facts) -> None:
    for actor in set(Actor) - set(move.actors):
        outcome = decide(source, move.trigger, actor, ideal, needs_approval=frozenset(), approved=True)
        assert isinstance(outcome, Refused)
        assert [reason.code for reason in outcome.reasons] == ["wrong_actor"]
