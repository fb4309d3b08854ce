"""What a rejection letter does once it has been sent: the state, the grade and the promise say what happened."""

from sqlalchemy.orm import Session

from rekindle.courtesy.letter import Letter
from rekindle.courtesy.promises import promises_in
from rekindle.journey import answers
from rekindle.journey.letters import editing
from rekindle.journey.outbox.sending import record, take
from rekindle.mail.outcome import Accepted
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.letters import letters_of
from states.candidate import Actor, CandidateState, Trigger
from states.message import MessageState
from tests.cast import POLICY
from tests.journey.letters.route import (
    LATER,
    approve,
    ask,
    deliver,
    draft_rejection,
    go,
    message,
    message_state,
    not_told,
    said_yes,
    turned_down_again,
)
from tests.journey.letters.stage import STANDARDS
from tests.journey.stage import DESK, change, moves_of, state_of


def application(store: Store, number: int) -> Application:
    with store.reading() as session:
        return session.get_one(Application, number)


def test_who_has_been_told_again_is_rejected_warm_by_whoever_approved_the_letter(store: Store) -> None:
    number = turned_down_again(store)
    approval_id = ask(store, number, LATER)
    approve(store, approval_id, LATER)
    assert state_of(store, 1) is CandidateState.INTERVIEWING
    deliver(store, LATER)
    assert state_of(store, 1) is CandidateState.REJECTED_WARM
    last = moves_of(store, 1)[-1]
    assert (last.trigger, last.actor, last.by) == (Trigger.ADMIT, Actor.RECRUITER, "ann@acme.example")
    assert last.approval_id == approval_id


def test_who_is_told_at_last_stays_where_they_are(store: Store) -> None:
    change(store, not_told)
    go(store, draft_rejection(store), LATER)
    assert state_of(store, 1) is CandidateState.NURTURING
    assert moves_of(store, 1) == []
    assert application(store, 1).rejection == "personal"


def test_what_was_promised_is_recorded_in_the_words_that_were_sent(store: Store) -> None:
    number = turned_down_again(store)
    with store.reading() as session:
        sent = letters_of(session, [number])[number].body
    assert application(store, 2).promise is None
    go(store, number, LATER)
    promise = application(store, 2).promise
    assert promise
    assert promise in " ".join(sent.split())
    assert application(store, 1).promise == "reach out if a product role opens", "what was owed before is still owed"


def test_a_promise_is_read_in_the_language_of_the_letter_not_of_the_person(store: Store) -> None:
    number = turned_down_again(store)
    change(store, lambda session: setattr(session.get_one(Candidate, 1), "locale", "de-AT"))
    go(store, number, LATER)
    assert application(store, 2).promise


def edited(store: Store, number: int, *, promise: str) -> None:
    """Put other words in the place of the sentences that promise something."""
    with store.writing() as session:
        words = letters_of(session, [number])[number]
        text = words.body
        for hit in promises_in(Letter(words.body, words.subject), STANDARDS.manner.of("en")):
            assert hit.sentence.text in text
            text = text.replace(hit.sentence.text, promise)
        editing.edit(session, number, words.subject, text, STANDARDS, by="ann@acme.example", now=LATER)


def test_a_promise_that_was_edited_is_recorded_as_it_was_sent(store: Store) -> None:
    number = turned_down_again(store)
    edited(store, number, promise="I will let you know when we open a product role in Berlin.")
    approve(store, 2, LATER)
    deliver(store, LATER)
    assert application(store, 2).promise == "I will let you know when we open a product role in Berlin."


def test_a_promise_that_was_taken_out_is_not_recorded(store: Store) -> None:
    number = turned_down_again(store)
    edited(store, number, promise="")
    approve(store, 2, LATER)
    deliver(store, LATER)
    assert (application(store, 2).promise, application(store, 2).rejection) == (None, "personal")


def test_who_declines_while_the_letter_is_on_the_wire_stays_declined(store: Store) -> None:
    number = turned_down_again(store)
    approve(store, ask(store, number, LATER), LATER)
    change(store, lambda s: taken(s, number))
    change(store, lambda s: answers.stop(s, 1, address_hash="h", via="phone", now=LATER, policy=POLICY))
    change(store, lambda s: accepted(s, number))
    assert state_of(store, 1) is CandidateState.DECLINED
    assert (message_state(store, number), application(store, 2).rejection) == (MessageState.SENT, "personal")


def taken(session: Session, number: int) -> None:
    assert [out.message_id for out in take(session, 5, LATER, DESK)] == [number]


def accepted(session: Session, number: int) -> None:
    record(session, [(number, Accepted(250, "OK"))], LATER, DESK)


def test_interviews_that_began_meanwhile_take_back_a_letter_about_what_was_before(store: Store) -> None:
    change(store, not_told)
    number = draft_rejection(store)
    approve(store, ask(store, number, LATER), LATER)
    change(store, lambda s: said_yes(s, 1, LATER))
    assert deliver(store, LATER) == []
    row = message(store, number)
    assert row.state is MessageState.CANCELLED
    assert "in interviews again, of which the letter knows nothing" in (row.reason or "")


def test_a_letter_about_what_was_before_ends_no_interviews(store: Store) -> None:
    change(store, not_told)
    number = draft_rejection(store)
    approve(store, ask(store, number, LATER), LATER)
    change(store, lambda s: taken(s, number))
    change(store, lambda s: said_yes(s, 1, LATER))
    change(store, lambda s: accepted(s, number))
    assert state_of(store, 1) is CandidateState.INTERVIEWING
    assert application(store, 1).rejection == "personal"
