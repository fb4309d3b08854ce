"""What becomes of an edition once it is planned: released, called off, taken back when it changed, done."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Decided, Decision
from rekindle.journey.bulk import editions
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.content import Content
from rekindle.store.editions import EditionState
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from states.message import MessageState
from tests.cast import NOW
from tests.journey.stage import (
    ANN,
    FROZEN,
    TERMS,
    approved,
    change,
    decide,
    edition,
    letter_states,
    letters,
    planned,
)
from tests.racing import while_uncommitted

LATER = NOW + timedelta(days=1)


def edit_items(session: Session) -> None:
    for item in session.query(Content):
        item.summary = "Another summary."


def set_first_letter(store: Store, state: MessageState) -> None:
    with store.writing() as session:
        session.get_one(Message, letters(store)[0].id).state = state


def recheck(store: Store, edition_id: int) -> Approval | None:
    with store.writing() as session:
        return editions.recheck(session, edition_id, FROZEN, LATER)


def test_there_is_no_such_edition(store: Store) -> None:
    with pytest.raises(NotFound, match="there is no edition 9"), store.reading() as session:
        editions.find(session, 9)


def test_the_question_says_how_many_letters_and_what_they_rest_on(store: Store) -> None:
    edition_id = planned(store, "Anne", "Emil")
    with store.reading() as session:
        asked = approval.of_edition(session, edition_id)
    assert asked is not None
    assert asked.question == "Send quarterly-update 2026-Q4 to 2 people?"
    assert asked.evidence == {"content": [1], "letters": 2, "left_out": {}}
    assert (asked.deciders, asked.due_at) == (["lead"], NOW + FROZEN.due)


def test_a_letter_may_go_from_the_moment_of_its_release(store: Store) -> None:
    edition_id = planned(store, "Anne")
    with store.writing() as session:
        assert editions.release(session, edition_id, FROZEN, LATER) == 1
    assert [letter.due_at for letter in letters(store)] == [LATER]


def test_an_edition_that_is_as_it_was_seen_is_left_alone(store: Store) -> None:
    edition_id = approved(store, "Anne")
    assert recheck(store, edition_id) is None
    assert letter_states(store) == ["approved"]


def test_a_changed_edition_is_taken_back_and_asked_about_again(store: Store) -> None:
    edition_id = approved(store, "Anne", "Emil")
    set_first_letter(store, MessageState.SENT)
    change(store, edit_items)
    asked = recheck(store, edition_id)
    assert asked is not None
    assert (asked.state, asked.question) == (
        ApprovalState.WAITING,
        "Send quarterly-update 2026-Q4 to 1 person?",
    )
    assert edition(store, edition_id).state is EditionState.AWAITING
    assert letter_states(store) == ["sent", "awaiting"]
    assert letters(store)[1].reason == "the template, an item or the rule changed after the approval"
    assert recheck(store, edition_id) is None, "it waits already"


def test_an_edition_taken_back_goes_after_its_second_approval(store: Store) -> None:
    edition_id = approved(store, "Anne")
    change(store, edit_items)
    recheck(store, edition_id)
    assert decide(store, edition_id).won
    assert (edition(store, edition_id).state, letter_states(store)) == (EditionState.APPROVED, ["approved"])
    assert letters(store)[0].reason is None


@pytest.mark.parametrize(("expired", "state"), [(False, "cancelled"), (True, "expired")])
def test_a_deferred_letter_shares_the_fate_of_its_edition(store: Store, expired: bool, state: str) -> None:  # noqa: FBT001 - a table
    edition_id = approved(store, "Anne", "Emil")
    set_first_letter(store, MessageState.DEFERRED)
    change(store, edit_items)
    asked = recheck(store, edition_id)
    assert asked is not None
    assert asked.evidence["letters"] == 2, "the deferred one is asked about as well"
    with store.writing() as session:
        assert editions.call_off(session, edition_id, expired=expired, reason="no") == 2
    assert letter_states(store) == [state, state]


def test_an_edition_is_done_when_every_letter_has_an_outcome(store: Store) -> None:
    edition_id = approved(store, "Anne", "Emil")
    for number, state in enumerate((MessageState.SENT, MessageState.UNCONFIRMED)):
        with store.writing() as session:
            assert not editions.close_if_done(session, edition_id)
            session.get_one(Message, letters(store)[number].id).state = state
    with store.writing() as session:
        assert editions.close_if_done(session, edition_id)
        assert not editions.close_if_done(session, edition_id)
        assert editions.tally(session, edition_id) == {"sent": 1, "unconfirmed": 1}
    assert edition(store, edition_id).state is EditionState.DONE


@pytest.mark.parametrize("waiting", [MessageState.APPROVED, MessageState.SENDING, MessageState.DEFERRED])
def test_an_edition_is_not_done_while_a_letter_is_under_way(sqlite_store: Store, waiting: MessageState) -> None:
    edition_id = approved(sqlite_store, "Anne")
    set_first_letter(sqlite_store, waiting)
    with sqlite_store.writing() as session:
        assert not editions.close_if_done(session, edition_id)


def test_an_edition_is_unfinished_until_it_is_over(store: Store) -> None:
    edition_id = planned(store, "Anne")
    with store.reading() as session:
        assert [row.id for row in editions.unfinished(session)] == [edition_id]
    decide(store, edition_id, Decision.DECLINE)
    with store.reading() as session:
        assert editions.unfinished(session) == []


def test_a_run_finds_the_edition_it_shows(store: Store) -> None:
    edition_id = planned(store, "Anne")
    with store.writing() as session:
        editions.find(session, edition_id).run_id = "run-1"
        shown = editions.shown_by(session, "run-1")
        assert shown is not None
        assert (shown.id, editions.shown_by(session, "run-2")) == (edition_id, None)


def rewrite(store: Store, edition_id: int, words: str) -> Approval:
    with store.writing() as session:
        return editions.rewrite_intro(session, edition_id, words, FROZEN, by="ann@acme.example", now=LATER)


def test_other_opening_words_are_asked_about_anew(store: Store) -> None:
    edition_id = planned(store, "Anne", "Emil")
    with store.reading() as session:
        before = approval.of_edition(session, edition_id)
    after = rewrite(store, edition_id, "A quiet quarter.\n")
    assert before is not None
    assert after.digest != before.digest
    with store.reading() as session:
        assert approval.find(session, before.id).state is ApprovalState.VOIDED
        assert editions.find(session, edition_id).intro == "A quiet quarter."


def test_the_words_of_an_approved_edition_cannot_be_changed(store: Store) -> None:
    edition_id = approved(store, "Anne", "Emil")
    with pytest.raises(BadInput, match="only one that waits for approval"):
        rewrite(store, edition_id, "Something else.")


@pytest.mark.parametrize("words", ["a" * 4001, "bell \x07", "nul \x00"])
def test_opening_words_are_plain_text_of_some_length(store: Store, words: str) -> None:
    with pytest.raises(BadInput, match="plain text of at most 4000"):
        rewrite(store, planned(store, "Anne", "Emil"), words)


def approve(session: Session) -> Decided:
    asked = approval.of_edition(session, 1)
    assert asked is not None
    told = partial(deciding.decide, session, asked.id, Decision.APPROVE, ANN, terms=TERMS)
    return told(now=NOW, via="web")


def rewrite_one(session: Session) -> Approval:
    return editions.rewrite_intro(session, 1, "Other words.", FROZEN, by="ann@acme.example", now=LATER)


def cancel_one(session: Session) -> int:
    return editions.cancel(session, 1, reason="a wrong link", now=LATER)


def test_words_that_come_while_somebody_approves_come_too_late(store: Store) -> None:
    planned(store, "Anne")
    assert isinstance(while_uncommitted(store, approve, rewrite_one), BadInput)
    assert (edition(store, 1).intro, letter_states(store)) == ("", ["approved"])


def test_an_approval_that_comes_while_somebody_rewrites_is_void(store: Store) -> None:
    planned(store, "Anne")
    late = while_uncommitted(store, rewrite_one, approve)
    assert isinstance(late, Decided)
    assert late.won is (store.engine.dialect.name == "sqlite"), "there it reads, and approves, the new words"
    assert letter_states(store) == ["approved" if late.won else "awaiting"]


@pytest.mark.parametrize("first", [0, 1])
def test_a_cancelling_that_meets_an_approval_wins(store: Store, first: int) -> None:
    planned(store, "Anne")
    while_uncommitted(store, *[(approve, cancel_one), (cancel_one, approve)][first])
    assert edition(store, 1).state is EditionState.DECLINED
    assert letter_states(store) == ["cancelled"]


@pytest.mark.parametrize("begin", [planned, approved])
def test_a_cancelled_edition_sends_nothing_any_more(store: Store, begin: Callable[..., int]) -> None:
    edition_id = begin(store, "Anne", "Emil")
    with store.writing() as session:
        assert editions.cancel(session, edition_id, reason="a wrong link", now=LATER) == len(letters(store))
    assert set(letter_states(store)) == {MessageState.CANCELLED}
    with store.reading() as session:
        assert editions.find(session, edition_id).state is EditionState.DECLINED
    with pytest.raises(BadInput, match="nothing of it waits"), store.writing() as session:
        editions.cancel(session, edition_id, reason="again", now=LATER)


def test_what_was_sent_before_the_cancelling_stays_sent(store: Store) -> None:
    edition_id = approved(store, "Anne", "Emil")
    set_first_letter(store, MessageState.SENT)
    with store.writing() as session:
        editions.cancel(session, edition_id, reason="a wrong link", now=LATER)
    assert letter_states(store).count(MessageState.SENT) == 1
