"""Taking a letter back: to the desk, for good, or because it does not stand any more; and always with the reason."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from rekindle.journey.letters import holding, rechecking
from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.notes import Note
from rekindle.store.outreaches import OutreachOutcome
from rekindle.store.roles import Role
from states.message import MessageState
from tests.cast import NOW
from tests.journey.letters.route import (
    approval_states,
    approve,
    ask,
    deliver,
    message,
    message_state,
    outreach,
    re_engaged,
)
from tests.journey.letters.stage import STANDARDS, drafted, role, sarah
from tests.journey.stage import change, change_candidate

WAITS, GOES, PUT_OFF = MessageState.AWAITING, MessageState.APPROVED, MessageState.DEFERRED
LEFT = [MessageState.SENDING, MessageState.SENT, MessageState.UNCONFIRMED, MessageState.BOUNCED]
OVER = [MessageState.FAILED, MessageState.CANCELLED, MessageState.EXPIRED]


def in_state(store: Store, state: MessageState) -> None:
    """Bring Sarah's letter into a state, with its approval as it is then."""
    with store.writing() as session:
        drafted(session, sarah(session), role(session))
    number = ask(store, 1)
    if state is not WAITS:
        approve(store, number)
    change(store, lambda s: setattr(s.get_one(Message, 1), "state", state))


def hold(store: Store) -> bool:
    with store.writing() as session:
        return holding.hold(session, session.get_one(Message, 1), "a look at it first", NOW)


def drop(store: Store) -> bool:
    with store.writing() as session:
        return holding.drop(session, session.get_one(Message, 1), "we spoke", NOW)


@pytest.mark.parametrize("state", [WAITS, GOES, PUT_OFF])
def test_a_letter_that_has_not_left_is_put_back_on_the_desk_with_the_reason(store: Store, state: MessageState) -> None:
    in_state(store, state)
    assert hold(store)
    assert (message_state(store), message(store).reason) == (MessageState.DRAFTED, "a look at it first")
    assert approval_states(store) == ["voided"]
    assert outreach(store).closed_at is None


@pytest.mark.parametrize("state", [MessageState.DRAFTED, WAITS, GOES, PUT_OFF])
def test_a_letter_that_has_not_left_is_taken_back_for_good(store: Store, state: MessageState) -> None:
    in_state(store, state)
    assert drop(store)
    assert (message_state(store), message(store).reason) == (MessageState.CANCELLED, "we spoke")
    assert approval_states(store) == ["voided"]
    assert outreach(store).outcome is OutreachOutcome.NOT_SENT


@pytest.mark.parametrize("state", [*LEFT, *OVER])
def test_what_has_left_or_is_over_stays_as_it_was_decided(store: Store, state: MessageState) -> None:
    in_state(store, state)
    assert not hold(store)
    assert not drop(store)
    assert message_state(store) is state
    assert approval_states(store) == ["approved"], "the history says by whose word it went"
    assert outreach(store).closed_at is None


def test_who_had_decided_is_still_to_be_read_when_it_is_void(store: Store) -> None:
    in_state(store, GOES)
    hold(store)
    with store.reading() as session:
        row = session.scalars(select(Approval)).one()
    assert (row.decided_by, row.decided_at, row.note) == ("ann@acme.example", NOW, "a look at it first")


def test_every_letter_to_one_person_is_put_back_and_nobody_elses(store: Store) -> None:
    in_state(store, WAITS)
    with store.writing() as session:
        second = drafted(session, session.get_one(Candidate, 1), role(session, "head-of-pricing"))
        other = drafted(session, sarah(session, "Ruth"), session.get_one(Role, 1))
        second.state = other.state = WAITS
    with store.writing() as session:
        assert holding.hold_all(session, 1, "she called", NOW) == 2
    assert [message_state(store, number) for number in (1, 2, 3)] == [MessageState.DRAFTED, MessageState.DRAFTED, WAITS]


# The round that looks at all of them.


def recheck(store: Store, after: timedelta = timedelta(0)) -> list[int]:
    return rechecking.recheck_all(store, STANDARDS, NOW + after)


@pytest.mark.parametrize("state", [WAITS, GOES, PUT_OFF])
def test_a_letter_that_stands_is_left_alone(store: Store, state: MessageState) -> None:
    in_state(store, state)
    assert recheck(store) == []
    assert message_state(store) is state


@pytest.mark.parametrize("state", [WAITS, GOES, PUT_OFF])
def test_a_letter_whose_records_have_changed_is_asked_about_anew(store: Store, state: MessageState) -> None:
    in_state(store, state)
    change(store, lambda s: setattr(s.scalars(select(Note)).one(), "source", "onsite"))
    assert recheck(store) == [1]
    assert (message_state(store), approval_states(store)) == (WAITS, ["voided", "waiting"])
    assert recheck(store) == []


def test_a_letter_that_may_not_go_now_lies_on_the_desk(store: Store) -> None:
    in_state(store, GOES)
    change_candidate(store, 1, basis="unknown")
    assert recheck(store) == [1]
    assert (message_state(store), approval_states(store)) == (MessageState.DRAFTED, ["voided"])
    assert "no lawful basis" in (message(store).reason or "")


def test_a_letter_that_can_never_go_is_cancelled(store: Store) -> None:
    in_state(store, GOES)
    change(store, lambda s: setattr(s.get_one(Role, 1), "closed_at", NOW))
    assert recheck(store) == [1]
    assert message_state(store) is MessageState.CANCELLED
    assert outreach(store).outcome is OutreachOutcome.NOT_SENT


@pytest.mark.parametrize("state", [*LEFT, *OVER])
def test_what_has_left_is_not_looked_at_again(store: Store, state: MessageState) -> None:
    in_state(store, state)
    change_candidate(store, 1, email="sarah.new@example.org")
    assert recheck(store) == []
    assert approval_states(store) == ["approved"]


def test_an_approved_letter_that_nobody_has_delivered_is_listed(store: Store) -> None:
    in_state(store, GOES)
    with store.reading() as session:
        assert rechecking.undelivered(session, NOW - timedelta(seconds=1)) == []
        assert rechecking.undelivered(session, NOW) == [1]
    deliver(store)
    with store.reading() as session:
        assert rechecking.undelivered(session, NOW) == []


def test_a_letter_that_was_answered_is_not_rechecked_into_a_second_one(store: Store) -> None:
    re_engaged(store)
    change(store, lambda s: setattr(s.scalars(select(Note)).one(), "source", "onsite"))
    assert recheck(store) == []
