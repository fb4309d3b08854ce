"""Whatever is known, whoever asks: the machine answers what the table says, read by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from states.candidate import NEW, Actor, CandidateState, Trigger
from states.facts import Basis, Facts
from states.machine import Allowed, NeedsApproval, Refused, decide
from states.moves import MOVES, Move

DAYS = st.one_of(st.none(), st.dates(), st.dates(date(2026, 9, 1), date(2026, 11, 30)))
ANYTHING: dict[str, st.SearchStrategy[Any]] = {
    "now": st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds are naive
    "decided_on": DAYS,
    "cool_off_days": st.integers(0, 400),
    "basis": st.sampled_from(Basis),
    "consent_until": DAYS,
    "snoozed_until": DAYS,
} | {name: st.booleans() for name, kind in Facts.__annotations__.items() if kind is bool}


# Derandomised: a failure on one machine is a failure on all. Unhurried: the machine may be busy.
@settings(derandomize=True, deadline=None, max_examples=500)
@given(
    state=st.sampled_from((NEW, *CandidateState)),
    trigger=st.sampled_from(Trigger),
    actor=st.sampled_from(Actor),
    changes=st.fixed_dictionaries({}, optional=ANYTHING),
    needs_approval=st.frozensets(st.sampled_from(Trigger)),
    approved=st.booleans(),
)
def test_a_move_is_allowed_exactly_when_its_row_lets_it(
    *,
    ideal: Facts,
    state: CandidateState | None,
    trigger: Trigger,
    actor: Actor,
    changes: dict[str, Any],
    needs_approval: frozenset[Trigger],
    approved: bool,
) -> None:
    facts = replace(ideal, **changes)
    outcome = decide(state, trigger, actor, facts, needs_approval=needs_approval, approved=approved)
    row = next((move for move in MOVES if move.trigger is trigger and state in move.sources), None)
    if row is None or speaks_against(row, actor, facts):
        assert isinstance(outcome, Refused)
        assert outcome.reasons
    elif row.waits_for_approval(needs_approval) and not approved:
        assert outcome == NeedsApproval(row.target)
    else:
        assert outcome == Allowed(row.target)


def speaks_against(row: Move, actor: Actor, facts: Facts) -> bool:
    return actor not in row.actors or any(guard(facts) is not None for guard in row.guards)
