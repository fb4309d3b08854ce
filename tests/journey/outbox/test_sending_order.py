"""Which letter goes first, and that finding it costs the same however many wait."""

from datetime import timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.dialects import sqlite

from rekindle.journey.outbox import sending
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from states.message import MessageState
from tests.cast import NOW
from tests.journey.stage import DESK, approved, letters

AN_HOUR = timedelta(hours=1)


def set_columns(store: Store, candidate: str, **columns: object) -> None:
    with store.writing() as session:
        owner = update(Message).where(Message.candidate_id == Candidate.id, Candidate.given_name == candidate)
        session.execute(owner.values(columns), execution_options={"synchronize_session": False})


def taken(store: Store, at_most: int) -> list[int]:
    with store.writing() as session:
        return [out.message_id for out in sending.take(session, at_most, NOW, DESK)]


def test_the_oldest_goes_first(store: Store) -> None:
    approved(store, "Anne", "Emil", "Finn")
    set_columns(store, "Finn", due_at=NOW - AN_HOUR)
    first, second, third = (letter.id for letter in letters(store))
    assert [taken(store, 1) for _ in range(4)] == [[third], [first], [second], []]


def test_what_was_put_off_goes_after_what_is_new_however_old_it_is(store: Store) -> None:
    approved(store, "Anne", "Emil", "Finn")
    set_columns(store, "Anne", state=MessageState.DEFERRED, attempts=1, due_at=NOW - 5 * AN_HOUR)
    set_columns(store, "Emil", state=MessageState.DEFERRED, attempts=1, due_at=NOW - 9 * AN_HOUR)
    first, second, third = (letter.id for letter in letters(store))
    assert taken(store, 2) == [third, second], "a round is filled up with what was put off, oldest first"
    assert taken(store, 2) == [first]


def test_what_was_put_off_until_later_waits(store: Store) -> None:
    approved(store, "Anne")
    set_columns(store, "Anne", state=MessageState.DEFERRED, due_at=NOW + AN_HOUR)
    assert taken(store, 2) == []


@pytest.mark.parametrize("edition", [None, 1])
def test_the_first_few_are_found_without_sorting_all_that_wait(sqlite_store: Store, edition: int | None) -> None:
    query = sending._DUE if edition is None else sending._DUE.where(Message.edition_id == edition)
    told = {"state": MessageState.APPROVED, "now": NOW, "room": 8}
    statement = query.params(told).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with sqlite_store.engine.connect() as connection:
        plan = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]
    assert any("ix_messages_state_due" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan
