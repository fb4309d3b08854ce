"""The ledger of messages: a state is compared and set, and no step is taken that is not in the table."""

from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from rekindle.store.editions import Edition, EditionState
from rekindle.store.engine import Store
from rekindle.store.messages import MAILED, QUEUED, Message, become
from rekindle.store.touches import Touch
from states.message import MessageState, may_become
from states.programme import Programme
from tests.cast import NOW, anne, stored
from tests.racing import at_once, while_uncommitted

APPROVED, SENDING, SENT = MessageState.APPROVED, MessageState.SENDING, MessageState.SENT


def letter(session: Session, state: MessageState = APPROVED, **changes: object) -> Message:
    columns = {
        "candidate_id": 1,
        "programme": Programme.CHECK_IN,
        "state": state,
        "key": f"k-{state}",
        "due_at": NOW,
        "created_at": NOW,
        **changes,
    }
    row = Message(**columns)
    session.add(row)
    session.flush()
    return row


@pytest.fixture
def letter_id(store: Store) -> int:
    with store.writing() as session:
        anne(session)
        return letter(session).id


def state_of(store: Store, letter_id: int) -> MessageState:
    with store.reading() as session:
        return session.get_one(Message, letter_id).state


def test_a_letter_goes_on_if_it_is_where_it_was_thought_to_be(store: Store, letter_id: int) -> None:
    with store.writing() as session:
        assert become(session, [letter_id], APPROVED, SENDING, sending_at=NOW, reason="why") == 1
        assert become(session, [letter_id], APPROVED, SENDING) == 0
    with store.reading() as session:
        row = session.get_one(Message, letter_id)
    assert (row.state, row.sending_at, row.reason) == (SENDING, NOW, "why")


def test_of_many_only_those_go_on_that_are_where_they_were_thought_to_be(store: Store, letter_id: int) -> None:
    with store.writing() as session:
        others = [letter(session, state).id for state in (SENDING, SENT)]
        assert become(session, [letter_id, *others, 99], APPROVED, SENDING) == 1
        assert become(session, [], APPROVED, SENDING) == 0
    assert state_of(store, others[1]) is SENT


STEPS = [(old, new) for old, new in product(MessageState, MessageState) if not may_become(old, new)]


@pytest.mark.parametrize(("old", "new"), STEPS, ids=[f"{old}-{new}" for old, new in STEPS])
def test_no_step_is_taken_that_the_table_does_not_have(old: MessageState, new: MessageState) -> None:
    with pytest.raises(ValueError, match=f"a message cannot go from {old} to {new}"):
        become(Session(), [1], old, new)


def test_of_two_who_take_a_letter_one_gets_it(store: Store, letter_id: int) -> None:
    def take(session: Session) -> int:
        return become(session, [letter_id], APPROVED, SENDING)

    outcomes = at_once(store, take, take)
    assert sorted(map(str, outcomes)) == ["0", "1"]


def test_who_takes_a_letter_before_the_first_has_committed_does_not_get_it(store: Store, letter_id: int) -> None:
    def take(session: Session) -> int:
        return become(session, [letter_id], APPROVED, SENDING)

    assert while_uncommitted(store, take, take) == 0


def test_a_person_gets_one_letter_of_an_edition(store: Store, letter_id: int) -> None:
    with store.writing() as session:
        columns = {"state": EditionState.PLANNING, "items": [], "left_out": {}, "planned_at": NOW}
        edition = Edition(programme=Programme.QUARTERLY_UPDATE, period="2026-Q4", **columns)
        session.add(edition)
        session.flush()
        letter(session, key="first", edition_id=edition.id)
    with pytest.raises(IntegrityError), store.writing() as session:
        letter(session, key="second", edition_id=edition.id)


def test_a_message_id_is_used_once(store: Store, letter_id: int) -> None:
    with store.writing() as session:
        emil = stored(session, "Emil").id
    with pytest.raises(IntegrityError), store.writing() as session:
        letter(session, candidate_id=emil)


def test_the_database_knows_the_states_too(store: Store, letter_id: int) -> None:
    with pytest.raises(IntegrityError), store.writing() as session:
        session.connection().exec_driver_sql("UPDATE messages SET state = 'lost'")


def test_what_is_queued_can_be_cancelled_and_what_may_have_arrived_cannot_be_sent_again() -> None:
    assert all(may_become(state, MessageState.CANCELLED) for state in QUEUED)
    assert not set(QUEUED) & set(MAILED)
    assert {state for state in MAILED if may_become(state, SENDING)} == set()


def test_a_letter_goes_with_its_candidate_and_so_does_its_touch(store: Store, letter_id: int) -> None:
    with store.writing() as session:
        session.add(Touch(candidate_id=1, on=NOW.date(), channel="email", direction="out", message_id=letter_id))
        session.flush()
        session.connection().exec_driver_sql("DELETE FROM candidates")
    with store.reading() as session:
        assert [*session.scalars(select(Message)), *session.scalars(select(Touch))] == []
