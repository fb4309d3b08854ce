"""The ledger of delivery: what may go is taken once, checked at the last moment, and every outcome is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.bulk import nurture
from rekindle.journey.outbox.sending import (
    BACK_OFF,
    LOST_AFTER,
    ROUTE_PAUSE,
    Desk,
    Outgoing,
    confirm_lost,
    record,
    take,
)
from rekindle.mail.outcome import Accepted, Deferred, Failed, NotSent, Outcome, Step, Unknown
from rekindle.store.content import Content
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.suppressions import Suppression
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from states.facts import Basis
from states.message import MessageState
from tests.cast import NOW, news
from tests.journey.letters.stage import hashed
from tests.journey.stage import (
    DESK,
    FROZEN,
    RULE,
    approved,
    change,
    change_candidate,
    decide,
    letter_states,
    letters,
    planned,
    write,
)
from tests.racing import at_once, while_uncommitted

LATER = NOW + timedelta(minutes=1)
OK = Accepted(250, "2.0.0 queued")
BUSY = Deferred(451, "4.3.0", "try again later", Step.RCPT)
NO = Failed(550, "5.1.1", "no such user", Step.RCPT)
GONE = NotSent("connecting: refused")
OFTEN_ENOUGH = "the candidate has heard from us often enough for now"
SILENT = Unknown("waiting for the answer to the message: nothing came")


def take_all(
    store: Store, at_most: int = 10, now: datetime = LATER, desk: Desk = DESK, only: int | None = None
) -> list[int]:
    """Take what may go, commit, and return whose letters they are."""
    with store.writing() as session:
        taken = take(session, at_most, now, desk, only)
    owners = {letter.id: letter.candidate_id for letter in letters(store)}
    return [owners[out.message_id] for out in taken]


def tell(store: Store, outcome: Outcome, now: datetime = LATER) -> None:
    """Write one outcome down for every letter that is on its way."""
    on_their_way = [letter.id for letter in letters(store) if letter.state is MessageState.SENDING]
    with store.writing() as session:
        record(session, [(message_id, outcome) for message_id in on_their_way], now, DESK)


def touches(store: Store) -> list[Touch]:
    with store.reading() as session:
        return list(session.scalars(select(Touch)))


# Taking.


def test_an_approved_letter_is_taken_and_says_so(store: Store) -> None:
    approved(store, "Anne")
    with store.writing() as session:
        (out,) = take(session, 10, LATER, DESK)
    assert (out.sender, out.recipient) == ("hello@acme.example", "c-1@example.org")
    (letter,) = letters(store)
    assert (letter.state, letter.sending_at, letter.attempts) == (MessageState.SENDING, LATER, 1)


def test_nothing_is_taken_twice(store: Store) -> None:
    approved(store, "Anne", "Emil")
    assert take_all(store) == [1, 2]
    assert take_all(store) == []


def test_an_empty_queue_is_nothing_to_do(store: Store) -> None:
    assert take_all(store) == []
    approved(store, "Anne")
    assert take_all(store, at_most=0) == []
    assert letter_states(store) == ["approved"]


def test_no_more_is_taken_than_there_is_room_for_oldest_first(store: Store) -> None:
    approved(store, "Anne", "Emil", "Finn")
    assert [take_all(store, at_most=2), take_all(store, at_most=2)] == [[1, 2], [3]]


def test_what_is_not_approved_is_not_taken(store: Store) -> None:
    planned(store, "Anne")
    assert take_all(store) == []


def test_a_letter_waits_for_its_time(store: Store) -> None:
    approved(store, "Anne")
    assert take_all(store, now=NOW - timedelta(seconds=1)) == []
    assert take_all(store, now=NOW) == [1]


def test_one_edition_can_be_sent_alone(store: Store) -> None:
    first = approved(store, "Anne")
    assert take_all(store, only=first + 1) == []
    assert take_all(store, only=first) == [1]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"opted_out_at": NOW}, "the candidate asked us to stop"),
        ({"unreachable_since": NOW}, "mail to the candidate's address came back"),
        ({"address": None}, "there is no email address to write to"),
        ({"basis": Basis.UNKNOWN}, "no lawful basis for writing to the candidate is on record"),
        ({"consent_until": date(2026, 10, 12)}, "the candidate's consent ended on 2026-10-12"),
        ({"snoozed_until": date(2026, 10, 14)}, "the candidate asked to be left in peace until 2026-10-14"),
    ],
)
def test_whatever_came_between_cancels_the_letter_with_the_reason(
    store: Store, changes: dict[str, Any], reason: str
) -> None:
    approved(store, "Anne", "Emil")
    change_candidate(store, 1, **changes)
    assert take_all(store) == [2]
    assert [(letter.state, letter.reason) for letter in letters(store)] == [("cancelled", reason), ("sending", None)]


def test_the_contact_budget_is_asked_at_the_last_moment(store: Store) -> None:
    approved(store, "Anne")
    change(store, lambda session: session.add(other_mail(1, sending_at=NOW)))
    assert take_all(store) == []
    assert letters(store)[0].reason == f"{OFTEN_ENOUGH}: one more mail may go from 2026-11-03 on"


def other_mail(candidate_id: int, **changes: Any) -> Message:
    columns = {
        "candidate_id": candidate_id,
        "programme": "check-in",
        "state": MessageState.SENT,
        "key": "other",
        "due_at": NOW,
        "created_at": NOW,
        **changes,
    }
    return Message(**columns)


def two_letters_to_anne(store: Store) -> None:
    """Two editions, both approved before the first has gone."""
    approved(store, "Anne")
    change(store, lambda session: news(session, 2))
    assert decide(store, nurture.plan_update(store, "2027-Q1", NOW, RULE, FROZEN)).won


def test_two_letters_to_one_person_do_not_go_in_one_round(store: Store) -> None:
    two_letters_to_anne(store)
    assert take_all(store) == [1]
    assert letter_states(store) == ["sending", "approved"]
    assert take_all(store) == []
    assert letters(store)[1].reason == f"{OFTEN_ENOUGH}: one more mail may go from 2026-11-03 on"


def test_two_rounds_at_once_do_not_write_to_one_person_twice(store: Store) -> None:
    two_letters_to_anne(store)
    second = while_uncommitted(
        store, lambda session: take(session, 1, LATER, DESK), lambda session: take(session, 1, LATER, DESK)
    )
    assert second == []
    assert [letter.state for letter in letters(store)].count(MessageState.SENDING) == 1


def test_a_suppressed_address_is_not_written_to(store: Store) -> None:
    approved(store, "Anne", "Emil")
    suppression = Suppression(address_hash=hashed("anne@example.org"), reason="complaint", at=NOW)
    change(store, lambda session: session.add(suppression))
    assert take_all(store) == [2]
    assert letters(store)[0].reason == "the address is suppressed"


def test_a_letter_that_is_far_too_late_expires(store: Store) -> None:
    approved(store, "Anne")
    assert take_all(store, now=NOW + DESK.stale_after + timedelta(seconds=1)) == []
    assert [(letter.state, letter.reason) for letter in letters(store)] == [
        ("expired", "too late: it was due long ago")
    ]


def test_the_age_of_a_letter_is_counted_from_its_release_however_often_it_was_put_off(store: Store) -> None:
    approved(store, "Anne")
    now = NOW
    while take_all(store, now=now):
        tell(store, GONE, now)
        now += DESK.stale_after / 4
    assert letter_states(store) == ["expired"]
    assert now - NOW > DESK.stale_after


@pytest.mark.parametrize("state", [CandidateState.INTERVIEWING, CandidateState.HIRED, CandidateState.RE_ENGAGED])
def test_news_for_who_is_nurturing_do_not_reach_who_is_further_by_now(store: Store, state: CandidateState) -> None:
    approved(store, "Anne", "Emil")
    change_candidate(store, 1, state=state)
    assert take_all(store) == [2]
    assert letters(store)[0].reason == f"the candidate is {state} by now, not nurturing"


def test_a_letter_that_is_late_still_goes(store: Store) -> None:
    approved(store, "Anne")
    assert take_all(store, now=NOW + DESK.stale_after) == [1]


def test_a_letter_that_cannot_be_written_is_cancelled_and_the_others_go(store: Store) -> None:
    approved(store, "Anne", "Emil")

    def picky(session: Session, rows: Sequence[Message], now: datetime) -> Mapping[int, Outgoing | BadInput]:
        return {**write(session, rows, now), 1: BadInput("the template has no word for it")}

    assert take_all(store, desk=replace(DESK, write=picky)) == [2]
    assert [(letter.state, letter.reason) for letter in letters(store)] == [
        ("cancelled", "cannot be written: the template has no word for it"),
        ("sending", None),
    ]


def test_a_change_that_makes_letters_unwritable_cancels_none(store: Store) -> None:
    approved(store, "Anne")
    broken = replace(DESK, write=lambda _session, rows, _now: {row.id: BadInput("no such word") for row in rows})
    assert take_all(store, desk=replace(broken, frozen=replace(FROZEN, template="broken"))) == []
    assert letter_states(store) == ["approved"]


def test_taking_goes_on_until_something_may_go(store: Store) -> None:
    approved(store, "Anne", "Bert", "Emil")
    change_candidate(store, 1, opted_out_at=NOW)
    change_candidate(store, 2, opted_out_at=NOW)
    assert take_all(store, at_most=1) == [3]


def test_a_changed_edition_is_not_sent_however_lately_it_changed(store: Store) -> None:
    approved(store, "Anne")

    def edit(session: Session) -> None:
        session.get_one(Content, 1).summary = "Something nobody approved."

    change(store, edit)
    assert take_all(store) == []
    assert letter_states(store) == ["approved"]


def test_another_template_than_the_approved_one_is_not_sent(store: Store) -> None:
    approved(store, "Anne")
    assert take_all(store, desk=replace(DESK, frozen=replace(FROZEN, template="another"))) == []
    assert take_all(store) == [1]


def test_a_changed_edition_does_not_hold_up_other_letters(store: Store) -> None:
    approved(store, "Anne", "Emil")
    with store.writing() as session:
        session.get_one(Content, 1).title = "Something nobody approved"
        session.add(other_mail(2, state=MessageState.APPROVED))
    assert take_all(store) == [2]
    assert letter_states(store) == ["approved", "approved", "sending"]


def test_two_rounds_at_once_take_different_letters(store: Store) -> None:
    approved(store, "Anne", "Emil", "Finn", "Gita")

    def two(session: Session) -> list[int]:
        return [out.message_id for out in take(session, 2, LATER, DESK)]

    rounds = at_once(store, two, two)
    taken = [message_id for one in rounds if not isinstance(one, Exception) for message_id in one]
    assert len(taken) == len(set(taken))
    assert letter_states(store).count("sending") == len(taken)


def test_a_second_round_passes_over_what_the_first_holds(postgres_store: Store) -> None:
    approved(postgres_store, "Anne", "Emil")
    second = while_uncommitted(
        postgres_store,
        lambda session: take(session, 1, LATER, DESK),
        lambda session: [out.recipient for out in take(session, 2, LATER, DESK)],
    )
    assert second == ["c-2@example.org"]


# Writing down what became of it.


def test_an_accepted_letter_is_sent_and_is_a_touch(store: Store) -> None:
    approved(store, "Anne")
    take_all(store)
    tell(store, OK)
    (letter,) = letters(store)
    assert (letter.state, letter.sent_at) == (MessageState.SENT, LATER)
    (touch,) = touches(store)
    assert (touch.candidate_id, touch.message_id, touch.on) == (1, letter.id, LATER.date())
    assert (touch.channel, touch.direction, touch.summary) == ("email", "out", "quarterly-update")


@pytest.mark.parametrize("outcome", [BUSY, NO, GONE, SILENT])
def test_only_what_was_accepted_is_a_touch(store: Store, outcome: Outcome) -> None:
    approved(store, "Anne")
    take_all(store)
    tell(store, outcome)
    assert touches(store) == []


def test_writing_the_same_down_twice_changes_nothing(store: Store) -> None:
    approved(store, "Anne")
    take_all(store)
    for _ in range(2):
        with store.writing() as session:
            record(session, [(1, OK)], LATER, DESK)
    assert letter_states(store) == ["sent"]
    assert len(touches(store)) == 1


@pytest.mark.parametrize("outcome", [BUSY, NO, GONE, SILENT])
def test_what_is_sent_stays_sent_whatever_is_said_later(store: Store, outcome: Outcome) -> None:
    approved(store, "Anne")
    take_all(store)
    with store.writing() as session:
        record(session, [(1, OK), (1, outcome)], LATER, DESK)
    assert letter_states(store) == ["sent"]


def test_a_refused_letter_has_failed(store: Store) -> None:
    approved(store, "Anne")
    take_all(store)
    tell(store, NO)
    assert [(letter.state, letter.reason) for letter in letters(store)] == [("failed", "550 no such user")]


def test_every_outcome_of_a_round_is_written_down(store: Store) -> None:
    approved(store, "Anne", "Emil", "Finn", "Gita", "Hana")
    take_all(store)
    outcomes: list[Outcome] = [OK, BUSY, NO, GONE, SILENT]
    with store.writing() as session:
        record(session, list(enumerate(outcomes, start=1)), LATER, DESK)
    assert letter_states(store) == ["sent", "deferred", "failed", "deferred", "unconfirmed"]


def test_a_deferred_letter_is_tried_again_later_and_later_and_fails_in_the_end(store: Store) -> None:
    approved(store, "Anne")
    now, waits = LATER, list[timedelta]()
    while letter_states(store) != ["failed"]:
        assert take_all(store, now=now - timedelta(seconds=1)) == ([] if waits else [1])
        if waits:
            assert take_all(store, now=now) == [1]
        tell(store, BUSY, now)
        waits.append(letters(store)[0].due_at - now)
        now = letters(store)[0].due_at
    assert tuple(waits[:-1]) == BACK_OFF
    assert sorted(BACK_OFF) == list(BACK_OFF)
    assert letters(store)[0].reason == "put off 8 times, last with 451 try again later"


def test_when_the_server_is_gone_the_letter_waits_and_it_was_no_attempt(store: Store) -> None:
    approved(store, "Anne")
    now = LATER
    for _ in range(len(BACK_OFF) + 2):
        assert take_all(store, now=now) == [1]
        tell(store, GONE, now)
        (letter,) = letters(store)
        assert (letter.state, letter.attempts, letter.due_at) == (MessageState.DEFERRED, 0, now + ROUTE_PAUSE)
        now = letter.due_at
    assert letter.reason == "connecting: refused"


def test_what_may_have_arrived_waits_for_a_person_and_is_never_taken_again(store: Store) -> None:
    approved(store, "Anne")
    take_all(store)
    tell(store, SILENT)
    assert letter_states(store) == ["unconfirmed"]
    assert take_all(store, now=NOW + timedelta(days=20)) == []


def test_a_very_long_reason_is_cut(postgres_store: Store) -> None:
    approved(postgres_store, "Anne")
    take_all(postgres_store)
    tell(postgres_store, Failed(550, None, "x" * 2000, Step.RCPT))
    assert len(letters(postgres_store)[0].reason or "") == 500


# What nobody wrote down.


def test_what_was_on_its_way_when_the_sender_died_is_handed_to_a_person(store: Store) -> None:
    approved(store, "Anne")
    take_all(store)
    with store.writing() as session:
        assert confirm_lost(session, LATER + LOST_AFTER) == 0
        assert confirm_lost(session, LATER + LOST_AFTER + timedelta(seconds=1)) == 1
    (letter,) = letters(store)
    assert (letter.state, letter.reason) == (
        MessageState.UNCONFIRMED,
        "the sender stopped between handing it over and writing down the answer",
    )
    assert take_all(store, now=NOW + timedelta(days=20)) == []


@pytest.mark.parametrize(("outcome", "state"), [(OK, "sent"), (NO, "failed"), (BUSY, "unconfirmed")])
def test_a_sender_thought_dead_may_still_say_what_became_of_it(store: Store, outcome: Outcome, state: str) -> None:
    approved(store, "Anne")
    take_all(store)
    with store.writing() as session:
        confirm_lost(session, LATER + LOST_AFTER * 2)
        record(session, [(1, outcome)], LATER + LOST_AFTER * 2, DESK)
    assert letter_states(store) == [state]
    assert len(touches(store)) == (state == "sent")


def test_a_letter_that_never_left_is_not_lost(store: Store) -> None:
    approved(store, "Anne")
    with store.writing() as session:
        assert confirm_lost(session, NOW + timedelta(days=300)) == 0
