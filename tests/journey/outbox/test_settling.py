import pytest
from sqlalchemy import select, update

from rekindle.errors import BadInput, NotFound
from rekindle.journey.outbox.settling import settle
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.touches import Touch
from states.message import MessageState
from tests.cast import NOW
from tests.journey.letters.stage import STANDARDS
from tests.journey.stage import change, letters, planned

BY = "ann@acme.example"


def lost(store: Store) -> int:
    planned(store, "Anne")
    letter = letters(store)[0]
    values = {"state": MessageState.UNCONFIRMED, "sending_at": NOW}
    change(store, lambda session: session.execute(update(Message).where(Message.id == letter.id).values(**values)))
    return letter.id


def test_what_arrived_is_sent_and_counts_as_a_contact(store: Store) -> None:
    number = lost(store)
    with store.writing() as session:
        assert settle(session, number, arrived=True, by=BY, now=NOW, standards=STANDARDS) is MessageState.SENT
    with store.reading() as session:
        touch = session.scalars(select(Touch)).one()
        assert (touch.message_id, touch.on, touch.channel) == (number, NOW.date(), "email")
    assert letters(store)[0].sent_at == NOW


def test_what_did_not_arrive_has_failed_and_was_no_contact(store: Store) -> None:
    number = lost(store)
    with store.writing() as session:
        assert settle(session, number, arrived=False, by=BY, now=NOW, standards=STANDARDS) is MessageState.FAILED
    with store.reading() as session:
        assert session.query(Touch).count() == 0
    assert letters(store)[0].reason == f"{BY} found out on 2026-10-13 that it did not arrive"


def test_it_is_settled_once(store: Store) -> None:
    number = lost(store)
    with store.writing() as session:
        settle(session, number, arrived=True, by=BY, now=NOW, standards=STANDARDS)
    with pytest.raises(BadInput, match=f"message {number} is sent"), store.writing() as session:
        settle(session, number, arrived=False, by=BY, now=NOW, standards=STANDARDS)


def test_a_message_with_an_outcome_to_come_is_not_settled(store: Store) -> None:
    planned(store, "Anne")
    with pytest.raises(BadInput, match="is awaiting"), store.writing() as session:
        settle(session, letters(store)[0].id, arrived=True, by=BY, now=NOW, standards=STANDARDS)


def test_there_has_to_be_a_message(store: Store) -> None:
    with pytest.raises(NotFound), store.writing() as session:
        settle(session, 404, arrived=True, by=BY, now=NOW, standards=STANDARDS)
