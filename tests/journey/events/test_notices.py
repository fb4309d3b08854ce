"""Cancellations, reminders and who came."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from rekindle.errors import BadInput
from rekindle.journey.approvals import approval
from rekindle.journey.events import cancelling, inviting, keeping
from rekindle.journey.events.attending import Attended, attended
from rekindle.journey.events.kinds import Kind
from rekindle.journey.events.reminding import prepare_reminders
from rekindle.store.approvals import ApprovalState
from rekindle.store.engine import Store
from rekindle.store.events import Answer
from rekindle.store.touches import Touch
from tests.cast import NOW
from tests.journey.events.stage import (
    FROZEN,
    RULE,
    SLUG,
    added,
    answers,
    approve,
    change_event,
    edition_of,
    editions_of,
    invited,
    last_contact,
    letters,
    mailed,
    people,
    said,
)

BEFORE = timedelta(days=2)
NEAR = datetime(2026, 11, 3, 18, 0, tzinfo=UTC)
OVER = datetime(2026, 11, 5, 20, 30, tzinfo=UTC)


def cancel(store: Store, now: datetime = NOW, because: str = "the speaker is ill") -> cancelling.Cancelled:
    with store.writing() as session:
        return cancelling.cancel(session, SLUG, because, now, FROZEN)


def remind(store: Store, now: datetime = NEAR, before: timedelta = BEFORE) -> list[str]:
    with store.writing() as session:
        return [each.period for each in prepare_reminders(session, now, before, FROZEN)]


def came(store: Store, *ids: int, came: bool = True, now: datetime = OVER) -> Attended:
    with store.writing() as session:
        return attended(session, SLUG, ids, now, came=came)


# Cancelling.


def test_letters_that_have_not_left_never_will(store: Store) -> None:
    event, ids = invited(store, "Anne", "Emil")
    done = cancel(store)
    assert (done.taken_back, done.notice) == (2, None)
    assert letters(store, event) == [(each, "invite", "cancelled") for each in ids]
    assert editions_of(store, event) == ["1-invite declined"]
    with store.reading() as session:
        asked = approval.of_edition(session, edition_of(store, event, Kind.INVITE).id)
        assert asked is not None
        assert asked.state is ApprovalState.VOIDED


def test_approved_letters_too_while_they_wait_to_be_sent(sqlite_store: Store) -> None:
    event, (anne,) = invited(sqlite_store, "Anne")
    approve(sqlite_store, event, Kind.INVITE)
    assert cancel(sqlite_store).taken_back == 1
    assert letters(sqlite_store, event) == [(anne, "invite", "cancelled")]


def test_an_invitation_in_the_middle_of_its_planning_is_called_off(store: Store) -> None:
    people(store, "Anne", "Emil")
    event = added(store)
    with store.writing() as session:
        edition = inviting.begin_invitations(session, event, NOW)
        inviting.plan_page(session, edition, 0, NOW, RULE)
    assert cancel(store).taken_back == 2
    inviting.plan_invitations(store, event.id, NOW, RULE, FROZEN)
    assert editions_of(store, event) == ["1-invite declined"]
    assert {state for _, _, state in letters(store, event)} == {"cancelled"}


def test_whoever_knows_of_it_and_did_not_say_no_is_told(store: Store) -> None:
    event, ids = mailed(store, "Anne", "Emil", "Olga", "Kim", capacity=1)
    for each, what in zip(ids, (Answer.YES, Answer.YES, Answer.NO, Answer.NONE), strict=True):
        if what is not Answer.NONE:
            said(store, each, what)
    done = cancel(store)
    assert done.notice is not None
    assert letters(store, event, Kind.CANCEL) == [(each, "cancel", "awaiting") for each in (ids[0], ids[1], ids[3])]
    assert approve(store, event, Kind.CANCEL).won


def test_a_cancellation_is_newer_than_what_calendars_hold(sqlite_store: Store) -> None:
    mailed(sqlite_store, "Anne")
    done = cancel(sqlite_store, because="  the speaker\n is ill ")
    assert (done.event.sequence, done.event.cancelled_because) == (1, "the speaker is ill")


def test_other_notices_are_taken_back(sqlite_store: Store) -> None:
    event, (anne,) = mailed(sqlite_store, "Anne")
    said(sqlite_store, anne, Answer.YES)
    with sqlite_store.writing() as session:
        change_event(session, place="Elsewhere")
    assert cancel(sqlite_store).taken_back == 1
    assert letters(sqlite_store, event, Kind.CHANGE) == [(anne, "change-1", "cancelled")]


@pytest.mark.parametrize("because", ["", " \n", "x" * 501, "it\x07rings"])
def test_guests_are_told_why(sqlite_store: Store, because: str) -> None:
    added(sqlite_store)
    with pytest.raises(BadInput, match="say why in a sentence"):
        cancel(sqlite_store, because=because)


def test_it_is_cancelled_once_and_before_it_begins(sqlite_store: Store) -> None:
    added(sqlite_store)
    with pytest.raises(BadInput, match="has begun"):
        cancel(sqlite_store, OVER)
    cancel(sqlite_store)
    with pytest.raises(BadInput, match="was cancelled on 2026-10-13: the speaker is ill"):
        cancel(sqlite_store)


# Reminding.


def test_who_said_yes_is_reminded_once(store: Store) -> None:
    event, ids = mailed(store, "Anne", "Emil", "Olga")
    said(store, ids[0], Answer.YES)
    said(store, ids[1], Answer.MAYBE)
    assert remind(store) == ["1-remind"]
    assert remind(store, NEAR + timedelta(days=1)) == []
    assert letters(store, event, Kind.REMIND) == [(ids[0], "remind", "awaiting")]


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (NEAR - timedelta(hours=1), BEFORE),
        (OVER, BEFORE),
        (NEAR, timedelta()),
    ],
)
def test_a_reminder_is_neither_early_nor_late_nor_unwanted(
    sqlite_store: Store, now: datetime, before: timedelta
) -> None:
    _, (anne,) = mailed(sqlite_store, "Anne")
    said(sqlite_store, anne, Answer.YES)
    assert remind(sqlite_store, now, before) == []


def test_a_cancelled_event_reminds_nobody(sqlite_store: Store) -> None:
    _, (anne,) = mailed(sqlite_store, "Anne")
    said(sqlite_store, anne, Answer.YES)
    cancel(sqlite_store)
    assert remind(sqlite_store) == []


def test_the_question_about_a_reminder_ends_when_the_event_begins(sqlite_store: Store) -> None:
    event, (anne,) = mailed(sqlite_store, "Anne")
    said(sqlite_store, anne, Answer.YES)
    remind(sqlite_store)
    with sqlite_store.reading() as session:
        asked = approval.of_edition(session, edition_of(sqlite_store, event, Kind.REMIND).id)
    assert asked is not None
    assert asked.due_at == event.starts_at


# Who came.


def test_who_came_is_a_contact(store: Store) -> None:
    event, ids = mailed(store, "Anne", "Emil")
    (kim,) = people(store, "Kim")
    assert came(store, ids[0], kim, ids[0]) == Attended(2, 0)
    assert came(store, ids[0]) == Attended(0, 1)
    with store.reading() as session:
        rows = session.scalars(select(Touch).where(Touch.channel == "event").order_by(Touch.candidate_id))
        assert [(row.candidate_id, row.on, row.direction) for row in rows] == [
            (ids[0], date(2026, 11, 5), "in"),
            (kim, date(2026, 11, 5), "in"),
        ]
    assert [last_contact(store, each) for each in (ids[0], ids[1], kim)] == [
        date(2026, 11, 5),
        date(2026, 5, 2),
        date(2026, 11, 5),
    ]
    assert answers(store, event)[kim] == "none"


def test_who_did_not_come_is_no_contact(sqlite_store: Store) -> None:
    _, (anne,) = mailed(sqlite_store, "Anne")
    assert came(sqlite_store, anne, came=False) == Attended(1, 0)
    assert last_contact(sqlite_store, anne) == date(2026, 5, 2)


def test_a_slip_is_put_right(store: Store) -> None:
    _, (anne,) = mailed(store, "Anne")
    said(store, anne, Answer.YES, on=NOW.date())
    came(store, anne)
    came(store, anne, came=False)
    assert last_contact(store, anne) == NOW.date()
    with store.reading() as session:
        assert session.scalars(select(Touch).where(Touch.channel == "event")).all() == []
    came(store, anne)
    assert last_contact(store, anne) == date(2026, 11, 5)


def test_nobody_has_come_before_it_begins_or_to_what_was_cancelled(sqlite_store: Store) -> None:
    _, (anne,) = mailed(sqlite_store, "Anne")
    with pytest.raises(BadInput, match="has not begun: it starts at 2026-11-05 17:30 UTC"):
        came(sqlite_store, anne, now=NEAR)
    cancel(sqlite_store)
    with pytest.raises(BadInput, match="nobody came"):
        came(sqlite_store, anne)


def test_the_day_is_that_of_where_it_took_place(sqlite_store: Store) -> None:
    starts = datetime(2026, 11, 5, 23, 30, tzinfo=UTC)
    _, (anne,) = mailed(sqlite_store, "Anne", starts_at=starts, ends_at=starts + timedelta(hours=1))
    came(sqlite_store, anne, now=starts)
    assert last_contact(sqlite_store, anne) == date(2026, 11, 6)
    with sqlite_store.reading() as session:
        assert keeping.find_event(session, SLUG.upper()).slug == SLUG
