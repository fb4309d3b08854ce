"""The versions of a letter: kept as they were written, the newest is what goes; and whose place is taken today."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from rekindle.store.candidates import Candidate
from rekindle.store.delegations import Delegation, delegate_of, stood_in_for
from rekindle.store.engine import Store
from rekindle.store.letters import Letter, letters_of
from rekindle.store.messages import Message
from states.message import MessageState, Occasion
from states.programme import Programme
from tests.cast import NOW, anne, dana

ANN, BEN, CLEO = "ann@acme.example", "ben@acme.example", "cleo@acme.example"


def message(session: Session, candidate_id: int, key: str = "k") -> int:
    row = Message(
        candidate_id=candidate_id,
        programme=Programme.RE_ENGAGEMENT,
        occasion=Occasion.RE_ENGAGEMENT,
        state=MessageState.DRAFTED,
        key=key,
        due_at=NOW,
        created_at=NOW,
    )
    session.add(row)
    session.flush()
    return row.id


def version(session: Session, message_id: int, body: str) -> Letter:
    row = Letter(
        message_id=message_id,
        author="rekindle",
        signer=ANN,
        subject="A role",
        body=body,
        proofs={"outcome": ["a-1"]},
        written_at=NOW,
    )
    session.add(row)
    session.flush()
    return row


def test_the_newest_version_of_each_letter_is_found(store: Store) -> None:
    with store.writing() as session:
        first, second = message(session, anne(session).id), message(session, dana(session).id, "other")
        for number, body in ((first, "one"), (second, "two"), (first, "three")):
            version(session, number, body)
        found = letters_of(session, [first, second])
    assert {number: row.body for number, row in found.items()} == {first: "three", second: "two"}


def test_the_newest_is_the_one_written_last_whatever_its_clock_said(store: Store) -> None:
    with store.writing() as session:
        number = message(session, anne(session).id)
        version(session, number, "one").written_at = NOW + timedelta(days=1)
        version(session, number, "two")
        assert letters_of(session, [number])[number].body == "two"


def test_messages_without_words_and_messages_nobody_asked_for_are_left_out(store: Store) -> None:
    with store.writing() as session:
        first, second = message(session, anne(session).id), message(session, dana(session).id, "other")
        version(session, first, "one")
        assert letters_of(session, [second, 404]) == letters_of(session, []) == {}


def test_what_a_letter_rests_on_comes_back_as_it_was_kept(store: Store) -> None:
    with store.writing() as session:
        number = message(session, anne(session).id)
        version(session, number, "Grüße 🌱")
    with store.reading() as session:
        row = letters_of(session, [number])[number]
    assert (row.body, row.proofs, row.written_at) == ("Grüße 🌱", {"outcome": ["a-1"]}, NOW)


def test_with_a_candidate_go_all_versions_of_their_letters(store: Store) -> None:
    with store.writing() as session:
        version(session, message(session, anne(session).id), "one")
        session.execute(delete(Candidate))
        assert session.scalar(select(func.count()).select_from(Letter)) == 0


def test_no_words_without_a_message(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing() as session:
        version(session, 404, "one")


# Whose place is taken.


def away(session: Session, person: str, to: str, first: int = 0, last: int = 7) -> None:
    """Let `to` decide in the place of `person` from the day `first` days on to `last`."""
    day = NOW.date()
    since, until = day + timedelta(days=first), day + timedelta(days=last)
    session.add(Delegation(person=person, delegate=to, since=since, until=until, created_at=NOW))
    session.flush()


def on(day: int) -> date:
    return NOW.date() + timedelta(days=day)


@pytest.mark.parametrize(("day", "expected"), [(-1, None), (0, BEN), (7, BEN), (8, None)])
def test_a_delegation_holds_from_its_first_to_its_last_day(store: Store, day: int, expected: str | None) -> None:
    with store.writing() as session:
        away(session, ANN, BEN)
        assert delegate_of(session, ANN, on(day)) == expected
        assert delegate_of(session, CLEO, on(day)) is None
        assert stood_in_for(session, BEN, on(day)) == ([ANN] if expected else [])


def test_the_later_of_two_words_wins_from_both_sides(store: Store) -> None:
    with store.writing() as session:
        away(session, ANN, BEN)
        away(session, ANN, CLEO, last=3)
        assert (delegate_of(session, ANN, on(0)), delegate_of(session, ANN, on(5))) == (CLEO, BEN)
        assert [stood_in_for(session, BEN, on(day)) for day in (0, 5)] == [[], [ANN]]
        assert [stood_in_for(session, CLEO, on(day)) for day in (0, 5)] == [[ANN], []]


def test_somebody_may_stand_in_for_several_and_each_is_named_once(store: Store) -> None:
    with store.writing() as session:
        away(session, ANN, CLEO)
        away(session, ANN, CLEO)
        away(session, BEN, CLEO)
        assert sorted(stood_in_for(session, CLEO, on(1))) == [ANN, BEN]
