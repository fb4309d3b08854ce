"""An edition stops in the middle and goes on: nothing leaves while it is paused, and nothing goes twice."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.bulk import editions, pausing
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.outbox.sending import record, take
from rekindle.mail.outcome import Accepted, Deferred, Step
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.content import Content
from rekindle.store.editions import Edition, EditionState
from rekindle.store.engine import Store
from states.message import MessageState
from tests.cast import NOW
from tests.journey.stage import (
    DESK,
    FROZEN,
    approved,
    change,
    decide,
    edition,
    letter_states,
    letters,
    planned,
    spread_over,
)
from tests.racing import at_once, while_uncommitted

LATER = NOW + timedelta(hours=1)
NEXT_DAY = NOW + timedelta(days=1)
BY = "ann@acme.example"
WHY = "a wrong link"


def pause_one(session: Session) -> Edition:
    return pausing.pause(session, 1, because=WHY, by=BY, now=LATER)


def resume_one(session: Session, frozen: Frozen = FROZEN) -> Approval | None:
    return pausing.resume(session, 1, frozen, by="ben@acme.example", now=NEXT_DAY)


def send(store: Store, at_most: int = 10) -> int:
    """Deliver what may go now; return how many letters that was."""
    with store.writing() as session:
        taken = take(session, at_most, NEXT_DAY, DESK)
    with store.writing() as session:
        record(session, [(out.message_id, Accepted(250, "queued")) for out in taken], NEXT_DAY, DESK)
    return len(taken)


def test_nothing_of_a_paused_edition_is_taken(store: Store) -> None:
    approved(store, "Anne", "Emil", "Fay")
    assert send(store, at_most=1) == 1
    change(store, pause_one)
    assert send(store) == 0
    found = edition(store, 1)
    assert (found.state, found.note) == (EditionState.PAUSED, f"{BY}: {WHY}")
    assert found.told_at == LATER, "who pauses it knows"
    assert sorted(letter_states(store)) == ["approved", "approved", "sent"]


def test_a_resumed_edition_sends_what_is_left_and_nothing_twice(store: Store) -> None:
    approved(store, "Anne", "Emil", "Fay")
    send(store, at_most=1)
    change(store, pause_one)
    change(store, resume_one)
    assert send(store) == 2
    assert letter_states(store) == ["sent"] * 3
    assert [letter.attempts for letter in letters(store)] == [1, 1, 1]
    assert edition(store, 1).note == "paused, and let go on by ben@acme.example on 2026-10-14"


def test_what_is_left_is_spread_anew(store: Store) -> None:
    approved(store, "Anne", "Emil", "Fay")
    send(store, at_most=1)
    change(store, pause_one)
    frozen = spread_over(2)
    change(store, lambda session: resume_one(session, frozen))
    days = frozen.spread.starts(NEXT_DAY) if frozen.spread else []
    assert sorted(letter.due_at for letter in letters(store) if letter.state == MessageState.APPROVED) == days


def test_what_is_on_the_wire_when_it_is_paused_arrives(store: Store) -> None:
    approved(store, "Anne")
    with store.writing() as session:
        (out,) = take(session, 10, LATER, DESK)
    change(store, pause_one)
    with store.writing() as session:
        record(session, [(out.message_id, Accepted(250, "queued"))], LATER, DESK)
    assert letter_states(store) == ["sent"]


def test_what_was_put_off_waits_with_its_edition(store: Store) -> None:
    approved(store, "Anne")
    with store.writing() as session:
        (out,) = take(session, 10, LATER, DESK)
        record(session, [(out.message_id, Deferred(451, None, "later", Step.RCPT))], LATER, DESK)
    change(store, pause_one)
    assert send(store) == 0
    change(store, resume_one)
    assert send(store) == 1


def test_what_has_changed_meanwhile_is_asked_about_anew(store: Store) -> None:
    approved(store, "Anne", "Emil")
    send(store, at_most=1)
    change(store, pause_one)
    change(store, lambda session: setattr(session.query(Content).one(), "summary", "Another summary."))
    with store.writing() as session:
        asked = resume_one(session)
    assert asked is not None
    assert (asked.state, asked.question) == (ApprovalState.WAITING, "Send quarterly-update 2026-Q4 to 1 person?")
    assert edition(store, 1).state is EditionState.AWAITING
    assert send(store) == 0


@pytest.mark.parametrize("begin", [planned, approved])
def test_only_what_is_being_sent_can_be_paused_and_only_what_is_paused_resumed(store: Store, begin: object) -> None:
    begin(store, "Anne")  # type: ignore[operator]
    with pytest.raises(BadInput, match="only a paused one can be resumed"):
        change(store, resume_one)
    if begin is planned:
        with pytest.raises(BadInput, match="edition 1 is awaiting: only one that is approved"):
            change(store, pause_one)
    else:
        change(store, pause_one)
        with pytest.raises(BadInput, match="edition 1 is paused"):
            change(store, pause_one)


@pytest.mark.parametrize("words", ["", "  ", "two\nlines"])
def test_a_pause_says_why(sqlite_store: Store, words: str) -> None:
    approved(sqlite_store, "Anne")
    with pytest.raises(BadInput, match="say why in one line"), sqlite_store.writing() as session:
        pausing.pause(session, 1, because=words, by=BY, now=LATER)
    assert edition(sqlite_store, 1).state is EditionState.APPROVED


def test_a_decision_about_a_paused_edition_is_refused_with_the_way_on(store: Store) -> None:
    edition_id = approved(store, "Anne")
    change(store, pause_one)
    with pytest.raises(BadInput, match="`rekindle editions resume 1` lets it go on"):
        decide(store, edition_id, Decision.DECLINE)
    assert edition(store, 1).state is EditionState.PAUSED


def test_a_paused_edition_can_be_cancelled(store: Store) -> None:
    approved(store, "Anne", "Emil")
    change(store, pause_one)
    with store.writing() as session:
        assert editions.cancel(session, 1, reason="enough", now=LATER) == 2
    assert (edition(store, 1).state, letter_states(store)) == (EditionState.DECLINED, ["cancelled"] * 2)


def test_a_paused_edition_is_neither_taken_back_nor_closed_nor_forgotten(store: Store) -> None:
    approved(store, "Anne")
    send(store)
    change(store, pause_one)
    change(store, lambda session: setattr(session.query(Content).one(), "summary", "Another summary."))
    with store.writing() as session:
        assert editions.recheck(session, 1, FROZEN, LATER) is None
        assert not editions.close_if_done(session, 1)
        assert [row.id for row in editions.unfinished(session)] == [row.id for row in pausing.paused(session)] == [1]


def test_of_two_who_resume_at_once_one_does(store: Store) -> None:
    approved(store, "Anne", "Emil")
    change(store, pause_one)
    outcomes = at_once(store, resume_one, resume_one)
    assert sorted(type(each).__name__ for each in outcomes) == ["BadInput", "NoneType"]
    assert send(store) == 2


def test_a_pause_that_meets_a_cancelling_loses(store: Store) -> None:
    approved(store, "Anne")
    late = while_uncommitted(store, lambda session: editions.cancel(session, 1, reason="no", now=LATER), pause_one)
    assert isinstance(late, BadInput)
    assert edition(store, 1).state is EditionState.DECLINED


def test_nothing_is_taken_while_somebody_is_pausing(store: Store) -> None:
    approved(store, "Anne")
    taken = while_uncommitted(store, pause_one, lambda session: take(session, 10, LATER, DESK))
    assert taken == []
    assert letter_states(store) == ["approved"]


def test_a_pause_waits_for_the_round_that_is_being_taken(store: Store) -> None:
    approved(store, "Anne")
    paused = while_uncommitted(store, lambda session: take(session, 10, LATER, DESK), pause_one)
    assert isinstance(paused, Edition)
    assert letter_states(store) == ["sending"]
