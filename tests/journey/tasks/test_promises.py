"""Promises that fall due when a role opens: each is somebody's task until it is kept."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from rekindle.errors import BadInput
from rekindle.journey.openings.opening import close_role
from rekindle.journey.tasks import doing
from rekindle.journey.tasks.doing import Doing
from rekindle.store.applications import Application
from rekindle.store.engine import Store
from rekindle.store.letters import REKINDLE
from rekindle.store.roles import Role
from rekindle.store.tasks import TaskKind
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from tests.cast import NOW
from tests.journey.letters.route import go
from tests.journey.letters.stage import drafted, role, sarah
from tests.journey.stage import change, change_candidate
from tests.journey.tasks.stage import ANN, BEN, DAY, TODAY, find, kinds, only, tasks

PROMISE = TaskKind.PROMISE


def promised(store: Store, opened_at: datetime = NOW, **changes: Any) -> None:
    """Sarah was promised word of a product role, and one opens."""
    with store.writing() as session:
        sarah(session, **changes)
        role(session, opened_at=opened_at)


def test_a_promise_becomes_a_task_with_its_words_the_role_and_a_day(store: Store) -> None:
    promised(store)
    assert find(store).added == {PROMISE: 1}
    task = only(store)
    assert (task.key, task.assignee, task.due_on) == ("promise:a-1:r-1", ANN, TODAY + 7 * DAY)
    assert task.reason == (
        "director-product is open; promised on 2026-05-02: reach out if a product role opens (the promise names it)"
    )
    assert find(store).added == {}


def test_each_role_makes_it_fall_due_once(store: Store) -> None:
    promised(store)
    find(store)
    change(store, lambda s: role(s, "head-of-product", title="Head of Product"))
    assert find(store).added == {PROMISE: 1}
    assert [task.key for task in tasks(store)] == ["promise:a-1:r-1", "promise:a-1:r-2"]


def test_what_was_promised_when_the_role_was_open_already_is_about_another_one(store: Store) -> None:
    promised(store, opened_at=datetime(2026, 5, 2, 23, tzinfo=NOW.tzinfo))
    assert find(store).added == {}
    change(store, lambda s: setattr(s.get_one(Role, 1), "opened_at", NOW))
    assert find(store).added == {PROMISE: 1}


def test_a_promise_of_an_unknown_day_is_due_as_well(store: Store) -> None:
    promised(store)
    change(store, lambda s: setattr(s.get_one(Application, 1), "decided_on", None))
    assert find(store).added == {PROMISE: 1}
    assert "promised on an unknown day" in only(store).reason


def test_a_long_promise_is_quoted_in_part(store: Store) -> None:
    promised(store)
    change(store, lambda s: setattr(s.get_one(Application, 1), "promise", "a product role, " * 100))
    find(store)
    assert len(only(store).reason) <= 500
    assert only(store).reason.endswith("… (the promise names it)")


@pytest.mark.parametrize(
    "columns",
    [
        {"opted_out_at": NOW},
        {"state": CandidateState.DECLINED},
        {"snoozed_until": TODAY + DAY},
        {"wants_openings": False},
    ],
)
def test_who_wants_to_hear_nothing_of_openings_now_is_not_told(columns: dict[str, Any], store: Store) -> None:
    promised(store, **columns)
    assert find(store).added == {}


def test_the_letter_about_the_role_keeps_it(store: Store) -> None:
    promised(store)
    find(store)
    with store.writing() as session:
        from rekindle.store.candidates import Candidate  # noqa: PLC0415

        drafted(session, session.get_one(Candidate, 1), session.get_one(Role, 1))
    assert find(store).done == 0
    go(store, 1)
    assert find(store, NOW + DAY).done == 1
    task = only(store)
    with store.reading() as session:
        touch = session.scalars(select(Touch)).one()
    assert (task.dropped, task.done_by, task.touch_id) == (False, REKINDLE, touch.id)
    assert task.note == "kept by the letter of message 1"


def test_a_letter_that_went_before_anybody_looked_has_kept_it(store: Store) -> None:
    with store.writing() as session:
        drafted(session, sarah(session), role(session))
    go(store, 1)
    assert find(store).added == {}


def test_it_is_kept_by_hand_and_somebody_says_how(store: Store) -> None:
    promised(store)
    find(store)
    with store.writing() as session, pytest.raises(BadInput, match="say how the promise was kept"):
        doing.done(session, 1, Doing("told her", TODAY), by=ANN, now=NOW)
    with store.writing() as session:
        doing.done(session, 1, Doing("told her", TODAY, "meeting"), by=BEN, now=NOW)
    assert kinds(store) == []
    assert find(store).added == {}


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("closed", "the role was closed before anybody kept it"),
        ("withdrawn", "the promise is not on record any more, or the role is not what it waits for"),
    ],
)
def test_when_it_cannot_fall_due_any_more_it_is_let_go(what: str, why: str, store: Store) -> None:
    promised(store)
    find(store)
    with store.writing() as session:
        if what == "closed":
            close_role(session, "director-product", "filled", NOW, by=ANN, take_back=lambda *_: 0)
        else:
            session.get_one(Application, 1).promise = None
    assert find(store).dropped == 1
    assert only(store).note == why


def test_a_stop_ends_it_in_the_next_pass(store: Store) -> None:
    promised(store)
    find(store)
    change_candidate(store, 1, opted_out_at=NOW)
    assert find(store).dropped == 1
    assert only(store).note == "the candidate asked us to stop"


def test_what_was_kept_and_then_stopped_stays_kept(store: Store) -> None:
    promised(store)
    find(store)
    with store.writing() as session:
        from rekindle.store.candidates import Candidate  # noqa: PLC0415

        drafted(session, session.get_one(Candidate, 1), session.get_one(Role, 1))
    go(store, 1)
    change_candidate(store, 1, opted_out_at=NOW)
    assert find(store).done == 1
