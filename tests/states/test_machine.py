"""How the machine answers: all the reasons, in words, whatever else is being decided at the same time."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from states import machine
from states.candidate import NEW, Actor, CandidateState, Trigger
from states.facts import Facts
from states.guards import Refusal
from states.machine import Allowed, NeedsApproval, Outcome, Refused, decide
from states.moves import MOVES

NOBODY_ASKED: frozenset[Trigger] = frozenset()


@pytest.fixture
def hurried_threads() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.parametrize(
    ("state", "trigger", "reason"),
    [
        (
            CandidateState.DECLINED,
            Trigger.RE_ENGAGE,
            "the candidate is declined: from there only reopen is possible, not re_engage",
        ),
        (
            CandidateState.INTERVIEWING,
            Trigger.REST,
            "the candidate is interviewing: from there only admit or hire or decline is possible, not rest",
        ),
        (NEW, Trigger.NURTURE, "the candidate is new: from there only admit is possible, not nurture"),
        (CandidateState.HIRED, Trigger.DECLINE, "the candidate is hired: from there no move is possible"),
    ],
)
def test_a_wrong_state_is_told_with_the_ways_that_are_open(
    state: CandidateState | None, trigger: Trigger, reason: str, ideal: Facts
) -> None:
    actor = next(move.actors[0] for move in MOVES if move.trigger is trigger)
    outcome = decide(state, trigger, actor, ideal, needs_approval=NOBODY_ASKED)
    assert outcome == Refused((Refusal("wrong_state", reason),))


def test_a_wrong_state_and_a_wrong_actor_are_both_told(ideal: Facts) -> None:
    outcome = decide(CandidateState.DECLINED, Trigger.ADMIT, Actor.CANDIDATE, ideal, needs_approval=NOBODY_ASKED)
    assert isinstance(outcome, Refused)
    assert [r.code for r in outcome.reasons] == ["wrong_state", "wrong_actor"]
    assert outcome.reasons[1].reason == "admit is made by import or recruiter, not by candidate"


def test_all_reasons_are_told_at_once(ideal: Facts) -> None:
    facts = replace(ideal, opted_out=True, role_open=False, budget_free=False)
    outcome = decide(CandidateState.NURTURING, Trigger.RE_ENGAGE, Actor.RECRUITER, facts, needs_approval=NOBODY_ASKED)
    assert isinstance(outcome, Refused)
    codes = [reason.code for reason in outcome.reasons]
    assert codes == ["wrong_actor", "is_contactable", "role_is_open", "budget_allows"]


def test_a_candidate_may_decline_whatever_is_known_about_them(ideal: Facts) -> None:
    for facts in (ideal, Facts(now=ideal.now)):
        outcome = decide(
            CandidateState.RE_ENGAGED,
            Trigger.DECLINE,
            Actor.CANDIDATE,
            facts,
            needs_approval=frozenset(Trigger),
        )
        assert outcome == Allowed(CandidateState.DECLINED)


def test_nobody_is_asked_to_approve_what_is_refused_anyway(ideal: Facts) -> None:
    def asked(facts: Facts, *, approved: bool) -> Outcome:
        return decide(
            CandidateState.NURTURING,
            Trigger.RE_ENGAGE,
            Actor.DELIVERY,
            facts,
            needs_approval=NOBODY_ASKED,
            approved=approved,
        )

    closed = replace(ideal, role_open=False)
    refused = Refused((Refusal("role_is_open", "the role is not open any more"),))
    assert asked(closed, approved=False) == refused
    assert asked(closed, approved=True) == refused
    assert asked(ideal, approved=False) == NeedsApproval(CandidateState.RE_ENGAGED)
    assert asked(ideal, approved=True) == Allowed(CandidateState.RE_ENGAGED)


@pytest.mark.usefixtures("hurried_threads")
def test_two_threads_deciding_at_once_do_not_mix(ideal: Facts) -> None:
    together = Barrier(2)

    def ask_often(facts: Facts) -> set[Outcome]:
        together.wait()
        return {
            decide(
                CandidateState.NURTURING,
                Trigger.RE_ENGAGE,
                Actor.DELIVERY,
                facts,
                needs_approval=NOBODY_ASKED,
                approved=True,
            )
            for _ in range(1000)
        }

    with ThreadPoolExecutor(2) as threads:
        allowed = threads.submit(ask_often, ideal)
        refused = threads.submit(ask_often, replace(ideal, role_open=False))
        assert allowed.result() == {Allowed(CandidateState.RE_ENGAGED)}
        assert refused.result() == {Refused((Refusal("role_is_open", "the role is not open any more"),))}


def test_the_shared_machine_remembers_nobody(ideal: Facts) -> None:
    for state in CandidateState:
        for trigger in Trigger:
            decide(state, trigger, Actor.RECRUITER, ideal, needs_approval=NOBODY_ASKED)
    assert machine._MACHINE.models == []
