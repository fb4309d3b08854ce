from datetime import timedelta

import pytest

from rekindle.errors import BadInput, MoveRefused, NotFound
from rekindle.journey.approvals import deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.approvals.requesting import Wish, request
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from states.candidate import CandidateState, Trigger
from states.message import MessageState
from tests.cast import NOW, POLICY, anne
from tests.journey.stage import ANN, TERMS, letter_states, moves_of, planned, state_of

BEN = "ben@acme.example"
YES = Wish(Trigger.INTERVIEW, "wants to talk about the new role", BEN, "her mail of 12 October")


def ask(store: Store, candidate_id: int, wish: Wish) -> CandidateState | Approval:
    with store.writing() as session:
        return request(session, candidate_id, wish, policy=POLICY, deciders=("lead",), due=timedelta(days=7), now=NOW)


def stored_anne(store: Store, state: CandidateState = CandidateState.NURTURING) -> int:
    with store.writing() as session:
        return anne(session, state=state).id


def test_a_move_that_waits_for_a_person_is_asked_about(store: Store) -> None:
    candidate_id = stored_anne(store)
    asked = ask(store, candidate_id, YES)
    assert isinstance(asked, Approval)
    assert (asked.kind, asked.state, asked.asked_by) == (ApprovalKind.MOVE, ApprovalState.WAITING, BEN)
    assert asked.question == f"Move candidate c-{candidate_id} from nurturing to interviewing?"
    assert asked.due_at == NOW + timedelta(days=7)
    assert state_of(store, candidate_id) is CandidateState.NURTURING


def test_once_approved_the_move_is_made_with_its_reason_and_evidence(store: Store) -> None:
    candidate_id = stored_anne(store)
    asked = ask(store, candidate_id, YES)
    assert isinstance(asked, Approval)
    with store.writing() as session:
        decided = deciding.decide(session, asked.id, Decision.APPROVE, ANN, terms=TERMS, now=NOW, via="cli")
    assert decided.won
    assert state_of(store, candidate_id) is CandidateState.INTERVIEWING
    last = moves_of(store, candidate_id)[-1]
    assert last.reason == "wants to talk about the new role (evidence: her mail of 12 October)"
    assert (last.by, last.approval_id) == (ANN.address, asked.id)


def test_asking_twice_finds_the_approval_that_waits(store: Store) -> None:
    candidate_id = stored_anne(store)
    first, second = ask(store, candidate_id, YES), ask(store, candidate_id, YES)
    assert isinstance(first, Approval)
    assert isinstance(second, Approval)
    assert first.id == second.id


@pytest.mark.parametrize(
    ("trigger", "state", "said"),
    [
        (Trigger.INTERVIEW, CandidateState.NURTURING, "has not said that they are interested"),
        (Trigger.REOPEN, CandidateState.DECLINED, "no request of the candidate"),
        (Trigger.REST, CandidateState.RE_ENGAGED, "still has time to answer"),
    ],
)
def test_without_the_candidates_own_word_it_is_refused_and_said_what_is_missing(
    trigger: Trigger, state: CandidateState, said: str, store: Store
) -> None:
    candidate_id = stored_anne(store, state)
    with pytest.raises(MoveRefused, match=f"{said}.*give --evidence"):
        ask(store, candidate_id, Wish(trigger, "I think so", BEN))


def test_not_now_that_came_by_phone_is_passed_on(store: Store) -> None:
    candidate_id = stored_anne(store, CandidateState.RE_ENGAGED)
    assert ask(store, candidate_id, Wish(Trigger.REST, "not now", BEN, "call of 12 October")) == "nurturing"
    last = moves_of(store, candidate_id)[-1]
    assert (last.actor, last.by) == ("candidate", BEN)


def test_a_move_that_is_none_is_refused_with_what_is_possible(store: Store) -> None:
    with pytest.raises(MoveRefused, match="only rest or interview or decline is possible"):
        ask(store, stored_anne(store, CandidateState.RE_ENGAGED), Wish(Trigger.HIRE, "she is great", BEN))


def test_a_recruiter_cannot_make_a_move_of_the_schedule(store: Store) -> None:
    with pytest.raises(MoveRefused, match="nurture is made by schedule, not by recruiter"):
        ask(store, stored_anne(store, CandidateState.REJECTED_WARM), Wish(Trigger.NURTURE, "now", BEN))


def test_nobody_is_re_engaged_by_hand(store: Store) -> None:
    with pytest.raises(MoveRefused, match="re_engage is made by delivery"):
        ask(store, stored_anne(store), Wish(Trigger.RE_ENGAGE, "please", BEN, "evidence of nothing"))


def test_who_declines_gets_nothing_that_was_queued_and_nothing_is_asked_any_more(store: Store) -> None:
    edition_id = planned(store, "Anne", "Emil")
    with store.reading() as session:
        first = session.query(Message).order_by(Message.id).first()
        assert first is not None
    asked = ask(store, first.candidate_id, YES)
    assert isinstance(asked, Approval)
    assert ask(store, first.candidate_id, Wish(Trigger.DECLINE, "took another job", BEN)) == "declined"
    assert letter_states(store, edition_id) == [MessageState.CANCELLED, MessageState.AWAITING]
    with store.reading() as session:
        assert session.get_one(Approval, asked.id).state is ApprovalState.VOIDED


@pytest.mark.parametrize("reason", ["", "   ", "one\ntwo", "x" * 2001, "a\x1b[2Jb"])
def test_a_reason_that_is_none_is_refused(reason: str, store: Store) -> None:
    with pytest.raises(BadInput, match="reason"):
        ask(store, stored_anne(store), Wish(Trigger.DECLINE, reason, BEN))


def test_nobody_is_moved_who_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        ask(store, 404, YES)
