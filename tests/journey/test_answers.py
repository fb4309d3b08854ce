"""A stop is immediate and total: declined, suppressed, nothing left in the queue; in whatever state, however often."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import LostRace, NotFound
from rekindle.journey import answers
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Ask, Decision
from rekindle.journey.bulk.freezing import move_digest
from rekindle.journey.moving import Cause, move
from rekindle.journey.outbox.sending import record, take
from rekindle.mail.outcome import Accepted
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.messages import QUEUED, Message
from rekindle.store.suppressions import Suppression, suppressed
from states.candidate import Actor, CandidateState, Trigger
from states.message import MessageState
from states.programme import Programme
from tests.cast import NOW, POLICY, anne, stored
from tests.journey.letters.stage import hashed
from tests.journey.stage import (
    ANN,
    DESK,
    FROZEN,
    TERMS,
    approved,
    change,
    decide,
    letter_states,
    letters,
    moves_of,
    planned,
    state_of,
)
from tests.racing import at_once, beside, while_uncommitted

HASH = hashed("anne@example.org")


def stop(session: Session, candidate_id: int = 1, address_hash: str = HASH) -> None:
    answers.stop(session, candidate_id, address_hash=address_hash, via="one click", now=NOW, policy=POLICY)


def stop_now(store: Store, candidate_id: int = 1) -> None:
    with store.writing() as session:
        stop(session, candidate_id)


def letter(session: Session, candidate_id: int, state: MessageState) -> None:
    columns = {"programme": Programme.CHECK_IN, "key": f"{candidate_id} {state}", "due_at": NOW, "created_at": NOW}
    session.add(Message(candidate_id=candidate_id, state=state, **columns))


def question_about(session: Session, candidate_id: int | None) -> int:
    what = Ask(ApprovalKind.MOVE, "Interview?", "0" * 64, {}, candidate_id=candidate_id)
    return approval.ask(session, what, by="ann@acme.example", deciders=("lead",), now=NOW, due=FROZEN.due).id


def test_a_stop_declines_and_suppresses(store: Store) -> None:
    with store.writing() as session:
        anne(session)
    stop_now(store)
    with store.reading() as session:
        person = session.get_one(Candidate, 1)
        assert (person.state, person.opted_out_at) == (CandidateState.DECLINED, NOW)
        kept = session.scalars(select(Suppression)).one()
    assert (kept.address_hash, kept.reason, kept.at) == (HASH, "stop", NOW)
    (move_,) = moves_of(store, 1)
    assert (move_.actor, move_.trigger, move_.reason) == (
        Actor.CANDIDATE,
        Trigger.DECLINE,
        "asked us to stop, by one click",
    )


def test_a_stop_cancels_what_is_queued_and_leaves_what_has_gone(store: Store) -> None:
    with store.writing() as session:
        anne(session)
        for state in MessageState:
            letter(session, 1, state)
    stop_now(store)
    assert {one.key.split()[1] for one in letters(store) if one.reason == "the candidate asked us to stop"} == {
        *map(str, QUEUED)
    }
    untouched = [one for one in letters(store) if one.key.split()[1] not in QUEUED]
    assert all(one.state == one.key.split()[1] for one in untouched)


def test_a_stop_closes_open_questions_about_the_person(store: Store) -> None:
    with store.writing() as session:
        anne(session)
        other = stored(session, "Emil")
        for about in (1, other.id, None):
            question_about(session, about)
    stop_now(store)
    with store.reading() as session:
        rows = session.scalars(select(Approval).order_by(Approval.id)).all()
    assert [row.state for row in rows] == [ApprovalState.VOIDED, ApprovalState.WAITING, ApprovalState.WAITING]
    assert (rows[0].note, rows[0].decided_at) == ("the candidate asked us to stop", NOW)


def test_a_stop_concerns_nobody_else(store: Store) -> None:
    approved(store, "Anne", "Emil")
    stop_now(store)
    assert state_of(store, 2) is CandidateState.NURTURING
    assert letter_states(store) == ["cancelled", "approved"]
    with store.reading() as session:
        assert suppressed(session, [HASH, hashed("emil@example.org")]) == {HASH}


def test_saying_it_twice_changes_nothing(store: Store) -> None:
    with store.writing() as session:
        anne(session)
    stop_now(store)
    with store.writing() as session:
        answers.stop(session, 1, address_hash=HASH, via="the link", now=NOW.replace(year=2027), policy=POLICY)
    with store.reading() as session:
        assert session.get_one(Candidate, 1).opted_out_at == NOW
        assert len(session.scalars(select(Suppression)).all()) == 1
    assert len(moves_of(store, 1)) == 1


@pytest.mark.parametrize("state", list(CandidateState))
def test_it_can_be_said_in_every_state(store: Store, state: CandidateState) -> None:
    with store.writing() as session:
        anne(session, state=state)
        letter(session, 1, MessageState.APPROVED)
    stop_now(store)
    ends = state if state in {CandidateState.HIRED, CandidateState.DECLINED} else CandidateState.DECLINED
    assert state_of(store, 1) is ends
    assert letter_states(store) == ["cancelled"]
    with store.reading() as session:
        assert session.get_one(Candidate, 1).opted_out_at == NOW
        assert suppressed(session, [HASH]) == {HASH}


def test_who_stopped_gets_nothing_that_is_approved_later(store: Store) -> None:
    edition_id = planned(store, "Anne", "Emil")
    stop_now(store)
    decide(store, edition_id)
    with store.writing() as session:
        assert [out.recipient for out in take(session, 10, NOW, DESK)] == ["c-2@example.org"]


def test_an_error_takes_the_whole_stop_back(store: Store) -> None:
    approved(store, "Anne")

    def breaks(session: Session) -> None:
        stop(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change(store, breaks)
    assert letter_states(store) == ["approved"]
    assert state_of(store, 1) is CandidateState.NURTURING


def test_nobody_of_that_id_can_stop(store: Store) -> None:
    with pytest.raises(NotFound, match="no candidate c-4711 is stored"):
        stop_now(store, 4711)


def test_a_candidate_is_found_by_the_key_of_their_link(store: Store) -> None:
    with store.writing() as session:
        anne(session, key="opaque")
        found = answers.by_key(session, "opaque")
        assert found is not None
        assert found.id == 1
        assert [answers.by_key(session, wrong) for wrong in ("", "Opaque", "1")] == [None, None, None]


# At the same moment.


def test_two_stops_at_once_are_one(store: Store) -> None:
    with store.writing() as session:
        anne(session)
    assert at_once(store, stop, stop) == [None, None]
    assert len(moves_of(store, 1)) == 1


def advance(session: Session) -> None:
    cause = Cause(Actor.SCHEDULE, "cooled off")
    move(session, 1, Trigger.NURTURE, cause, now=NOW, policy=POLICY)


def test_a_stop_that_meets_a_move_is_not_lost(store: Store) -> None:
    with store.writing() as session:
        anne(session, state=CandidateState.REJECTED_WARM)
    assert while_uncommitted(store, advance, stop) is None
    assert state_of(store, 1) is CandidateState.DECLINED
    assert [kept.trigger for kept in moves_of(store, 1)] == [Trigger.NURTURE, Trigger.DECLINE]


def test_a_move_that_meets_a_stop_is_told(store: Store) -> None:
    with store.writing() as session:
        anne(session, state=CandidateState.REJECTED_WARM)
    assert isinstance(while_uncommitted(store, stop, advance), Exception)
    assert state_of(store, 1) is CandidateState.DECLINED


def take_one(session: Session) -> int:
    return len(take(session, 1, NOW, DESK))


def test_a_round_that_meets_a_stop_takes_nothing(store: Store) -> None:
    approved(store, "Anne")
    assert while_uncommitted(store, stop, take_one) == 0
    assert letter_states(store) == ["cancelled"]


def test_a_stop_that_meets_a_round_waits_for_it_and_then_nothing_more_goes(store: Store) -> None:
    approved(store, "Anne")
    assert while_uncommitted(store, take_one, stop) is None
    assert letter_states(store) == ["sending"], "it was on its way before the stop was said"
    with store.writing() as session:
        record(session, [(1, Accepted(250, "OK"))], NOW, DESK)
        assert take(session, 10, NOW, DESK) == []


def test_a_deferred_letter_is_not_tried_again_after_a_stop_during_the_attempt(store: Store) -> None:
    approved(store, "Anne")
    with store.writing() as session:
        take_one(session)
    stop_now(store)
    with store.writing() as session:
        session.get_one(Message, 1).state = MessageState.DEFERRED
        assert take(session, 10, NOW, DESK) == []
    assert letter_states(store) == ["cancelled"]


def test_whoever_wins_nobody_is_written_to_after_their_stop(store: Store) -> None:
    approved(store, "Anne", "Emil", "Finn", "Gita")
    at_once(store, take_one, stop, take_one, lambda session: stop(session, 2, hashed("emil@example.org")))
    for one in letters(store):
        assert one.state in ({MessageState.SENDING, MessageState.CANCELLED} if one.candidate_id < 3 else MessageState)
    with store.writing() as session:
        later = {out.recipient for out in take(session, 10, NOW, DESK)}
    assert later <= {"c-3@example.org", "c-4@example.org"}


def test_a_letter_taken_by_another_round_while_somebody_stops_is_not_waited_for_in_a_circle(store: Store) -> None:
    approved(store, "Anne")
    with store.writing() as session:
        take_one(session)

    def told(session: Session) -> None:
        record(session, [(1, Accepted(250, "OK"))], NOW, DESK)

    assert while_uncommitted(store, stop, told) is None
    assert letter_states(store) == ["sent"]


def interview_asked(session: Session) -> int:
    evidence = {"trigger": "interview", "actor": "recruiter", "reason": "yes", "facts": {"candidate_said_yes": True}}
    digest = move_digest("interview", 1, "nurturing", "yes")
    what = Ask(ApprovalKind.MOVE, "Interview?", digest, evidence, candidate_id=1)
    return approval.ask(session, what, by="ann@acme.example", deciders=("lead",), now=NOW, due=FROZEN.due).id


def approve(session: Session, asked: int) -> bool:
    return deciding.decide(session, asked, Decision.APPROVE, ANN, terms=TERMS, now=NOW, via="web").won


def test_a_decision_after_a_stop_is_too_late(store: Store) -> None:
    with store.writing() as session:
        anne(session)
        asked = interview_asked(session)
    assert while_uncommitted(store, stop, lambda session: approve(session, asked)) is False
    assert state_of(store, 1) is CandidateState.DECLINED


def decline(session: Session) -> CandidateState:
    cause = Cause(Actor.RECRUITER, "told us on the phone", by="ann@acme.example")
    return move(session, 1, Trigger.DECLINE, cause, now=NOW, policy=POLICY)


@pytest.mark.parametrize(
    "before", ["rekindle.journey.approvals.approval.decide", "rekindle.journey.approvals.deciding.move"]
)
@pytest.mark.parametrize("other", [stop, decline])
def test_who_comes_in_the_middle_of_a_decision_waits_for_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, other: Callable[[Session], object], before: str
) -> None:
    goes_on = approval.decide if before.endswith("decide") else move
    with store.writing() as session:
        anne(session)
        asked = interview_asked(session)
    with ThreadPoolExecutor(1) as pool:
        others: list[Future[object]] = []

        def meanwhile(*args: Any, **told: Any) -> Any:
            others.append(beside(store, pool, other))
            return goes_on(*args, **told)

        monkeypatch.setattr(before, meanwhile)
        with store.writing() as session:
            assert approve(session, asked)
    # A stop never gives up; a recruiter is told that the candidate is somewhere else by now.
    late = others[0].exception()
    assert late is None or (isinstance(late, LostRace) and "is interviewing meanwhile" in str(late))
    assert late is None or other is decline
    assert state_of(store, 1) is (CandidateState.INTERVIEWING if late else CandidateState.DECLINED)
