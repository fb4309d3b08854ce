"""One writer of a candidate's state: every move is a row, a refused one leaves no trace, of two at once one wins."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rekindle.errors import LostRace, MoveRefused, NotFound
from rekindle.journey.approvals import approval
from rekindle.journey.moving import Cause, admit_new, consider, move
from rekindle.store.approvals import ApprovalKind
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.facts import facts_of
from rekindle.store.moves import MoveRow
from states.candidate import Actor, CandidateState, Trigger
from states.facts import Basis, Facts
from states.machine import Allowed, NeedsApproval, Refused
from tests.cast import NOW, POLICY, anne, stored
from tests.journey.stage import FROZEN, approved, change_candidate, letter_states, letters, moves_of, state_of
from tests.racing import at_once, while_uncommitted

WANTS_OUT = Cause(Actor.RECRUITER, "told us on the phone", by="ann@acme.example")
COOLED = Cause(Actor.SCHEDULE, "cooled off")
YES = Cause(Actor.RECRUITER, "answered that she is interested", by="ann@acme.example")


@pytest.fixture
def anne_id(store: Store) -> int:
    with store.writing() as session:
        return anne(session).id


def decline(session: Session, candidate_id: int) -> CandidateState:
    return move(session, candidate_id, Trigger.DECLINE, WANTS_OUT, now=NOW, policy=POLICY)


def interview(session: Session, candidate_id: int, approval_id: int | None = None) -> CandidateState:
    cause = replace(YES, approval_id=approval_id)
    return move(session, candidate_id, Trigger.INTERVIEW, cause, now=NOW, policy=POLICY, candidate_said_yes=True)


def an_approval(session: Session) -> int:
    ask = approval.Ask(ApprovalKind.MOVE, "Interview?", "0" * 64, {})
    return approval.ask(session, ask, by="ben@acme.example", deciders=("lead",), now=NOW, due=FROZEN.due).id


def test_a_move_changes_the_state_and_is_kept(store: Store, anne_id: int) -> None:
    with store.writing() as session:
        assert decline(session, anne_id) is CandidateState.DECLINED
    assert state_of(store, anne_id) is CandidateState.DECLINED
    (kept,) = moves_of(store, anne_id)
    assert (kept.source, kept.target) == (CandidateState.NURTURING, CandidateState.DECLINED)
    assert (kept.trigger, kept.actor, kept.by) == (Trigger.DECLINE, Actor.RECRUITER, "ann@acme.example")
    assert (kept.reason, kept.approval_id, kept.at) == ("told us on the phone", None, NOW)


def test_a_refused_move_leaves_no_trace_and_says_every_reason(store: Store, anne_id: int) -> None:
    change_candidate(store, anne_id, state=CandidateState.REJECTED_WARM, opted_out_at=NOW, basis=Basis.UNKNOWN)
    with pytest.raises(MoveRefused) as refused, store.writing() as session:
        move(session, anne_id, Trigger.NURTURE, COOLED, now=NOW, policy=POLICY)
    assert str(refused.value) == (
        f"candidate c-{anne_id}: the candidate asked us to stop; "
        "no lawful basis for writing to the candidate is on record"
    )
    assert state_of(store, anne_id) is CandidateState.REJECTED_WARM
    assert moves_of(store, anne_id) == []


def test_a_move_that_waits_for_a_person_is_not_made_without_one(store: Store, anne_id: int) -> None:
    with pytest.raises(MoveRefused, match="interview waits for a person's approval"), store.writing() as session:
        interview(session, anne_id)
    assert state_of(store, anne_id) is CandidateState.NURTURING


def test_an_approved_move_names_its_approval(store: Store, anne_id: int) -> None:
    with store.writing() as session:
        approval_id = an_approval(session)
        assert interview(session, anne_id, approval_id) is CandidateState.INTERVIEWING
    assert [kept.approval_id for kept in moves_of(store, anne_id)] == [approval_id]


def test_moves_are_kept_in_order(store: Store, anne_id: int) -> None:
    with store.writing() as session:
        interview(session, anne_id, an_approval(session))
    with store.writing() as session:
        decline(session, anne_id)
    assert [(kept.source, kept.target) for kept in moves_of(store, anne_id)] == [
        (CandidateState.NURTURING, CandidateState.INTERVIEWING),
        (CandidateState.INTERVIEWING, CandidateState.DECLINED),
    ]


def test_considering_a_move_changes_nothing(store: Store, anne_id: int) -> None:
    with store.writing() as session:
        ask = partial(consider, session, anne_id, now=NOW, policy=POLICY)
        assert ask(Trigger.DECLINE, WANTS_OUT) == Allowed(CandidateState.DECLINED)
        yes = ask(Trigger.INTERVIEW, YES, candidate_said_yes=True)
        assert yes == NeedsApproval(CandidateState.INTERVIEWING)
        assert isinstance(ask(Trigger.INTERVIEW, YES), Refused)
    assert state_of(store, anne_id) is CandidateState.NURTURING
    assert moves_of(store, anne_id) == []


def test_nobody_can_be_moved_who_is_not_stored(store: Store) -> None:
    with pytest.raises(NotFound, match="no candidate c-4711 is stored"), store.writing() as session:
        decline(session, 4711)


def test_somebody_new_is_admitted_one_by_one(store: Store) -> None:
    cause = Cause(Actor.RECRUITER, "came second", by="ann@acme.example")
    with store.writing() as session:
        person = stored(session, "Anne", state=None)
        move(session, person.id, Trigger.ADMIT, cause, now=NOW, policy=POLICY)
    (kept,) = moves_of(store, person.id)
    assert (kept.source, kept.target) == (None, CandidateState.REJECTED_WARM)


def test_an_import_admits_only_those_who_are_new(store: Store, anne_id: int) -> None:
    with store.writing() as session:
        new = [stored(session, name, state=None).id for name in ("Emil", "Finn")]
        admit_new(session, [anne_id, *new], Cause(Actor.IMPORT, "came close", by="acme-ats"), NOW)
    assert state_of(store, anne_id) is CandidateState.NURTURING
    assert moves_of(store, anne_id) == []
    for candidate_id in new:
        assert state_of(store, candidate_id) is CandidateState.REJECTED_WARM
        assert [(kept.source, kept.trigger, kept.by) for kept in moves_of(store, candidate_id)] == [
            (None, Trigger.ADMIT, "acme-ats")
        ]


def test_admitting_nobody_new_is_nothing_to_do(store: Store, anne_id: int) -> None:
    with store.writing() as session:
        admit_new(session, [], Cause(Actor.IMPORT, "came close"), NOW)
        admit_new(session, [anne_id], Cause(Actor.IMPORT, "came close"), NOW)
        assert session.scalars(select(MoveRow)).all() == []


def test_of_two_moves_at_once_one_wins_and_the_other_is_told(store: Store, anne_id: int) -> None:
    outcomes = at_once(store, lambda session: decline(session, anne_id), lambda session: decline(session, anne_id))
    won = [outcome for outcome in outcomes if isinstance(outcome, CandidateState)]
    lost = [outcome for outcome in outcomes if isinstance(outcome, LostRace | MoveRefused)]
    assert (len(won), len(lost)) == (1, 1)
    assert len(moves_of(store, anne_id)) == 1


def test_a_move_that_comes_second_is_told_what_happened_first(store: Store, anne_id: int) -> None:
    lost = while_uncommitted(store, lambda s: decline(s, anne_id), lambda s: decline(s, anne_id))
    assert isinstance(lost, LostRace | MoveRefused)
    assert f"c-{anne_id} is declined" in str(lost) or "the candidate is declined" in str(lost)
    assert len(moves_of(store, anne_id)) == 1


def test_a_decline_takes_back_what_waits_however_long_its_reason(store: Store) -> None:
    approved(store, "Anne")
    cause = replace(WANTS_OUT, reason="because " * 200)
    with store.writing() as session:
        move(session, 1, Trigger.DECLINE, cause, now=NOW, policy=POLICY)
    assert letter_states(store) == ["cancelled"]
    assert len(letters(store)[0].reason or "") == 500


def test_a_state_that_changes_while_the_facts_are_gathered_is_noticed(
    store: Store, anne_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(session: Session, *about: Any) -> dict[int, Facts]:
        session.execute(update(Candidate).values(state=CandidateState.DECLINED))
        return facts_of(session, *about)

    monkeypatch.setattr("rekindle.journey.moving.facts_of", slowly)
    with pytest.raises(LostRace, match=f"c-{anne_id} is declined meanwhile"), store.writing() as session:
        interview(session, anne_id, an_approval(session))
    assert moves_of(store, anne_id) == []


def test_an_error_names_ids_and_nobody(store: Store, anne_id: int) -> None:
    with pytest.raises(MoveRefused) as refused, store.writing() as session:
        interview(session, anne_id)
    assert "Anne" not in str(refused.value)
    assert "@" not in str(refused.value)
