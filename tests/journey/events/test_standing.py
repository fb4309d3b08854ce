"""The last look before mail about an event leaves: what is owed goes, what has become wrong does not."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from rekindle.journey.events import cancelling
from rekindle.journey.events.kinds import Kind
from rekindle.journey.events.reminding import prepare_reminders
from rekindle.journey.outbox.hours import Hours
from rekindle.journey.outbox.pace import Pace
from rekindle.journey.outbox.sending import Desk, take
from rekindle.store.engine import Store
from rekindle.store.events import Answer, Event
from rekindle.store.messages import Message
from states.candidate import CandidateState
from states.message import MessageState
from tests.cast import NOW
from tests.journey.events.stage import (
    EVENT_DESK,
    FROZEN,
    RECORD,
    SLUG,
    approve,
    change_event,
    invited,
    mailed,
    said,
)
from tests.journey.stage import change_candidate

NEAR = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
SHUT = Hours(time(8), time(19), frozenset(), holidays=False, country="DE", zone="Europe/Berlin")
NEVER_OPEN = replace(EVENT_DESK, pace=Pace(SHUT, 0, frozenset()))


def sent(store: Store, now: datetime = NOW, desk: Desk = EVENT_DESK) -> list[str]:
    """Take everything that may go."""
    with store.writing() as session:
        return [out.recipient for out in take(session, 10, now, desk)]


def reasons(store: Store, state: MessageState = MessageState.CANCELLED) -> list[str | None]:
    with store.reading() as session:
        return list(session.scalars(select(Message.reason).where(Message.state == state).order_by(Message.id)))


def to(*ids: int) -> list[str]:
    return [f"c-{each}@example.org" for each in ids]


def coming(store: Store, kind: Kind) -> tuple[Event, int]:
    """Let Anne say yes, and a notice of this kind be approved."""
    event, (anne, emil) = mailed(store, "Anne", "Emil", capacity=1)
    if kind is Kind.PLACE:
        said(store, emil, Answer.YES)
        said(store, anne, Answer.YES)
        said(store, emil, Answer.NO)
    else:
        said(store, anne, Answer.YES)
        said(store, emil, Answer.NO)
    with store.writing() as session:
        match kind:
            case Kind.CHANGE:
                change_event(session, place="Elsewhere")
            case Kind.REMIND:
                prepare_reminders(session, NEAR, timedelta(days=2), FROZEN)
            case Kind.CANCEL:
                cancelling.cancel(session, SLUG, "it rains", NOW, FROZEN)
            case _:
                pass
    assert approve(store, event, kind).won
    return event, anne


SERVICE = [Kind.REMIND, Kind.CHANGE, Kind.PLACE, Kind.CANCEL]


@pytest.mark.parametrize("kind", SERVICE)
def test_what_guests_are_owed_goes_within_the_days_between_two_mails(store: Store, kind: Kind) -> None:
    # The invitation went this morning: an update would have to wait for three weeks.
    _, anne = coming(store, kind)
    assert sent(store) == to(anne)


@pytest.mark.parametrize(
    "columns",
    [
        {"state": CandidateState.RE_ENGAGED},
        {"snoozed_until": (NOW + timedelta(90)).date()},
        {"wants_events": False},
        {"consent_until": NOW.date() - timedelta(1)},
    ],
)
def test_neither_state_nor_snooze_holds_it(sqlite_store: Store, columns: dict[str, Any]) -> None:
    _, anne = coming(sqlite_store, Kind.CHANGE)
    change_candidate(sqlite_store, anne, **columns)
    assert sent(sqlite_store) == to(anne)


@pytest.mark.parametrize("kind", SERVICE)
@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"opted_out_at": NOW}, "the candidate asked us to stop"),
        ({"unreachable_since": NOW}, "mail to the candidate's address came back"),
        ({"state": CandidateState.DECLINED}, "the candidate wants nothing more from us"),
    ],
)
def test_a_stop_holds_everything(sqlite_store: Store, kind: Kind, columns: dict[str, Any], why: str) -> None:
    _, anne = coming(sqlite_store, kind)
    change_candidate(sqlite_store, anne, **columns)
    assert sent(sqlite_store) == []
    assert reasons(sqlite_store)[-1] == why


def test_an_invitation_is_held_by_the_budget_as_other_mail_is(store: Store) -> None:
    event, (anne,) = invited(store, "Anne")
    assert approve(store, event, Kind.INVITE).won
    change_candidate(store, anne, most_per_year=0)
    assert sent(store) == []
    assert (reasons(store)[-1] or "").startswith("the candidate has heard from us often enough")


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"wants_events": False}, "the candidate does not want invitations to events"),
        ({"state": CandidateState.INTERVIEWING}, "the candidate is interviewing by now, not nurturing"),
    ],
)
def test_an_invitation_goes_only_to_whom_it_is_for_still(
    sqlite_store: Store, columns: dict[str, Any], why: str
) -> None:
    event, (anne,) = invited(sqlite_store, "Anne")
    assert approve(sqlite_store, event, Kind.INVITE).won
    change_candidate(sqlite_store, anne, **columns)
    assert (sent(sqlite_store), reasons(sqlite_store)) == ([], [why])


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (NOW + timedelta(days=17), None),
        (NOW + timedelta(days=18), "the last day to answer was 2026-10-30"),
        (NOW + timedelta(days=24), "the event has begun"),
    ],
)
def test_nobody_is_invited_to_what_cannot_be_answered(sqlite_store: Store, now: datetime, why: str | None) -> None:
    event, (anne,) = invited(sqlite_store, "Anne")
    assert approve(sqlite_store, event, Kind.INVITE).won
    assert sent(sqlite_store, now) == ([] if why else to(anne))
    assert reasons(sqlite_store) == ([why] if why else [])


def test_who_answered_meanwhile_is_not_invited(sqlite_store: Store) -> None:
    event, (anne,) = invited(sqlite_store, "Anne")
    assert approve(sqlite_store, event, Kind.INVITE).won
    said(sqlite_store, anne, Answer.MAYBE)
    assert (sent(sqlite_store), reasons(sqlite_store)) == ([], ["their answer is maybe by now"])


def test_a_reminder_goes_only_to_who_still_comes(sqlite_store: Store) -> None:
    _, anne = coming(sqlite_store, Kind.REMIND)
    said(sqlite_store, anne, Answer.MAYBE)
    assert (sent(sqlite_store), reasons(sqlite_store)[-1]) == ([], "their answer is maybe by now")


@pytest.mark.parametrize("kind", SERVICE)
def test_once_the_event_has_begun_nothing_about_it_goes(sqlite_store: Store, kind: Kind) -> None:
    _, _ = coming(sqlite_store, kind)
    assert sent(sqlite_store, RECORD.starts_at) == []
    assert reasons(sqlite_store)[-1] == f"the event {'would have begun by now' if kind is Kind.CANCEL else 'has begun'}"


def test_an_event_that_was_cancelled_past_every_step_sends_nothing(store: Store) -> None:
    # As a careless hand in the database would leave it.
    event, (anne,) = invited(store, "Anne")
    assert approve(store, event, Kind.INVITE).won
    with store.writing() as session:
        session.get_one(Event, event.id).cancelled_at = NOW
    assert sent(store) == []
    assert reasons(store) == ["the event is cancelled"]
    assert anne


def test_a_change_that_was_overtaken_does_not_go(sqlite_store: Store) -> None:
    event, _ = coming(sqlite_store, Kind.CHANGE)
    with sqlite_store.writing() as session:
        session.get_one(Event, event.id).sequence += 1
    assert (sent(sqlite_store), reasons(sqlite_store)[-1]) == ([], "another change has come since")


def test_near_the_event_what_is_owed_does_not_wait_for_the_morning(sqlite_store: Store) -> None:
    _, anne = coming(sqlite_store, Kind.CHANGE)
    assert sent(sqlite_store, NOW, NEVER_OPEN) == []
    with sqlite_store.writing() as session:
        for row in session.scalars(select(Message).where(Message.state == MessageState.APPROVED)):
            row.due_at = NOW
    assert sent(sqlite_store, NEAR, NEVER_OPEN) == to(anne)


def test_an_invitation_waits_for_the_morning_always(sqlite_store: Store) -> None:
    event, _ = invited(sqlite_store, "Anne", answer_by=RECORD.answer_by + timedelta(days=5))
    assert approve(sqlite_store, event, Kind.INVITE).won
    assert sent(sqlite_store, NEAR, NEVER_OPEN) == []
    assert "held until" in (reasons(sqlite_store, MessageState.APPROVED)[0] or "")
