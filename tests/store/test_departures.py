"""Who has left, and which candidates have been told: a message that never left has told nobody."""

from datetime import date, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from rekindle.store.departures import Departure, departed, introduced, note_introductions
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from states.message import MessageState
from states.programme import Programme
from tests.cast import NOW, stored
from tests.journey.stage import change

ANN, BEN, CLEO = "ann@acme.example", "ben@acme.example", "cleo@acme.example"
DAY = date(2026, 10, 13)


def left(person: str, successor: str, on: date = DAY) -> Departure:
    return Departure(person=person, successor=successor, left_on=on, recorded_by=ANN, recorded_at=NOW)


def message(session: Session, candidate_id: int, state: MessageState = MessageState.SENDING) -> int:
    row = Message(
        candidate_id=candidate_id,
        programme=Programme.QUARTERLY_UPDATE,
        state=state,
        key=f"k-{candidate_id}-{session.query(Message).count()}",
        due_at=NOW,
        created_at=NOW,
        sending_at=NOW,
    )
    session.add(row)
    session.flush()
    return row.id


def told(store: Store, *successors: str) -> list[int]:
    """Let a message introduce each of them to Anne; return the messages."""
    made = []
    with store.writing() as session:
        who = (session.query(Message).count() and 1) or stored(session, "Anne").id
        for successor in successors:
            made.append(message(session, who))
            note_introductions(session, [(who, made[-1], successor)])
    return made


def become(store: Store, message_id: int, state: MessageState) -> None:
    change(store, lambda session: session.execute(update(Message).where(Message.id == message_id).values(state=state)))


def known(store: Store, besides: int | None = None) -> set[str]:
    with store.reading() as session:
        return introduced(session, [1], besides).get(1, set())


def test_who_leaves_has_left_from_that_day_on(store: Store) -> None:
    change(store, lambda session: session.add_all([left(ANN, BEN), left(BEN, CLEO, DAY + timedelta(days=1))]))
    with store.reading() as session:
        assert departed(session, DAY - timedelta(days=1)) == ()
        assert departed(session, DAY) == ((ANN, BEN),)
        assert departed(session, DAY + timedelta(days=1)) == ((ANN, BEN), (BEN, CLEO))


def test_a_letter_on_its_way_has_introduced_somebody_and_so_has_one_nobody_knows_of(store: Store) -> None:
    (first,) = told(store, BEN)
    for state in (MessageState.SENDING, MessageState.SENT, MessageState.UNCONFIRMED):
        become(store, first, state)
        assert known(store) == {BEN}
    assert known(store, besides=first) == set(), "what it says itself"


def test_a_letter_that_never_left_has_introduced_nobody(store: Store) -> None:
    (first,) = told(store, BEN)
    for state in (MessageState.FAILED, MessageState.CANCELLED, MessageState.DEFERRED):
        become(store, first, state)
        assert known(store) == set()


def test_the_next_letter_does_it_then(store: Store) -> None:
    (first,) = told(store, BEN)
    become(store, first, MessageState.FAILED)
    (second,) = told(store, BEN)
    assert known(store) == {BEN}
    assert known(store, besides=second) == set()


def test_each_successor_is_kept_and_saying_it_again_changes_nothing(store: Store) -> None:
    first, *_ = told(store, BEN, CLEO, BEN)
    assert known(store) == {BEN, CLEO}
    become(store, first + 2, MessageState.FAILED)
    assert known(store) == {BEN, CLEO}, "the first one did it"
