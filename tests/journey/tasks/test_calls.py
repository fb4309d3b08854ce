"""A second no is told by a call first: it is asked for, and any conversation on record settles it."""

import pytest

from rekindle.errors import BadInput
from rekindle.journey.tasks import doing, finding
from rekindle.journey.tasks.doing import Doing
from rekindle.store.applications import Application
from rekindle.store.engine import Store
from rekindle.store.tasks import Task, TaskKind
from tests.cast import NOW, turned_down
from tests.journey.letters.route import LATER, ask, draft_rejection, interviewing, not_told, spoken, turn_down
from tests.journey.stage import change
from tests.journey.tasks.stage import ANN, DAY, RULES, find, kinds, only

CALL = TaskKind.CALL


def turned_down_twice(store: Store) -> int:
    interviewing(store)
    return turn_down(store)


def call(store: Store, candidate_id: int = 1) -> Task | None:
    with store.writing() as session:
        return finding.ask_for_call(session, candidate_id, RULES, LATER)


def test_who_is_turned_down_again_is_called(store: Store) -> None:
    about = turned_down_twice(store)
    assert find(store, LATER).added == {CALL: 1}
    task = only(store)
    assert (task.key, task.assignee, task.due_on) == (f"call:a-{about}", ANN, LATER.date() + 5 * DAY)
    assert (
        task.reason == "not chosen for Director of Product, and it is not the first no: a call comes before the letter"
    )
    assert find(store, LATER).added == {}


def test_trying_to_write_asks_for_the_call_and_finding_it_later_is_no_second_one(store: Store) -> None:
    turned_down_twice(store)
    task = call(store)
    assert task is not None
    assert find(store, LATER).added == {}
    assert call(store).id == task.id  # type: ignore[union-attr] # it is there


def test_a_first_no_needs_no_call(store: Store) -> None:
    change(store, not_told)
    assert call(store) is None
    assert find(store).added == {}


def test_nobody_is_called_about_old_files_until_somebody_writes_to_them(store: Store) -> None:
    change(store, not_told)
    change(store, lambda s: s.add(turned_down(1, decided_on=NOW.date() - 300 * DAY)))
    assert find(store).added == {}
    draft_rejection(store)
    assert find(store).added == {CALL: 1}


def test_the_draft_of_an_old_file_asks_for_the_call_before_it_is_there(store: Store) -> None:
    change(store, not_told)
    change(store, lambda s: s.add(turned_down(1, decided_on=NOW.date() - 300 * DAY)))
    assert call(store) is not None
    assert find(store).dropped == 0


@pytest.mark.parametrize("channel", ["call", "meeting"])
def test_a_conversation_on_record_settles_it_and_the_letter_may_be_asked_about(channel: str, store: Store) -> None:
    turned_down_twice(store)
    find(store, LATER)
    spoken(store, LATER, channel=channel)
    assert find(store, LATER + DAY).done == 1
    assert only(store).note == f"spoken to on {LATER.date()}"
    assert call(store) is None
    assert ask(store, draft_rejection(store), LATER)


def test_ticking_it_off_is_a_call_on_record(store: Store) -> None:
    turned_down_twice(store)
    find(store, LATER)
    number = draft_rejection(store)
    with store.writing() as session:
        doing.done(session, 1, Doing("took it well", LATER.date()), by=ANN, now=LATER)
    assert ask(store, number, LATER)


def test_what_was_said_before_the_decision_has_told_them_nothing(store: Store) -> None:
    turned_down_twice(store)
    find(store, LATER)
    with store.writing() as session, pytest.raises(BadInput, match="has not told them"):
        doing.done(session, 1, Doing("spoke", LATER.date() - DAY), by=ANN, now=LATER)
    assert kinds(store) == [CALL]


@pytest.mark.parametrize("grade", ["personal", "gone"])
def test_when_nothing_is_left_to_tell_it_is_let_go(grade: str, store: Store) -> None:
    about = turned_down_twice(store)
    find(store, LATER)
    if grade == "personal":
        change(store, lambda s: setattr(s.get_one(Application, about), "rejection", "personal"))
    else:
        change(store, lambda s: s.delete(s.get_one(Application, about)))
    assert find(store, LATER).dropped == 1
    assert kinds(store) == []


def test_a_call_that_somebody_let_go_is_not_asked_for_again(store: Store) -> None:
    turned_down_twice(store)
    find(store, LATER)
    with store.writing() as session:
        doing.drop(session, 1, "she asked for a mail", by=ANN, now=LATER)
    assert find(store, LATER + DAY).added == {}
    task = call(store)
    assert task is not None
    assert task.dropped
