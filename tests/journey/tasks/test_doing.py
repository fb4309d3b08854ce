"""What a person does with a task: done becomes a touch, once; put off, let go, given away."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound
from rekindle.journey.tasks import doing
from rekindle.journey.tasks.doing import Doing, Done
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.tasks import Task, TaskKind
from rekindle.store.touches import Touch
from tests.cast import NOW, anne
from tests.journey.stage import change
from tests.journey.tasks.stage import ANN, BEN, DAY, TODAY, a_task, only
from tests.racing import while_uncommitted

TEAM = {ANN: frozenset({"lead"}), BEN: frozenset({"recruiter"})}


@pytest.fixture(autouse=True)
def a_call(store: Store) -> None:
    """Ann is to call Anne."""
    change(store, lambda s: a_task(s, anne(s).id, key="call:a-1"))


def made(store: Store, kind: TaskKind) -> None:
    change(store, lambda s: setattr(s.get_one(Task, 1), "kind", kind))


def done(store: Store, note: str = "took it well", on: date = TODAY, channel: str | None = None, **how: bool) -> Done:
    with store.writing() as session:
        return doing.done(session, 1, Doing(note, on, channel, **how), by=BEN, now=NOW)


def touches(store: Store) -> list[Touch]:
    with store.reading() as session:
        return list(session.scalars(select(Touch)))


def test_what_was_done_is_a_contact_of_that_day_and_starts_the_clock_anew(store: Store) -> None:
    did = done(store, on=TODAY - DAY, channel="meeting")
    (touch,) = touches(store)
    assert (touch.on, touch.channel, touch.direction, touch.summary) == (TODAY - DAY, "meeting", "out", "took it well")
    assert (did.first, did.task.touch_id, did.task.done_by, did.task.done_at) == (True, touch.id, BEN, NOW)
    with store.reading() as session:
        assert session.get_one(Candidate, 1).last_contact_on == TODAY - DAY


def test_done_twice_is_done_once_and_says_how_it_ended(store: Store) -> None:
    done(store)
    again = done(store, "again", channel="meeting")
    assert not again.first
    assert doing.ending(again.task) == f"was done on {TODAY} by {BEN}: took it well"
    assert len(touches(store)) == 1


def test_two_who_do_it_at_once_have_done_it_once(store: Store) -> None:
    def step(note: str) -> Callable[[Session], bool]:
        return lambda session: doing.done(session, 1, Doing(note, TODAY), by=ANN, now=NOW).first

    assert while_uncommitted(store, step("one"), step("the other")) is False
    assert [touch.summary for touch in touches(store)] == ["one"]


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        (TaskKind.CALL, "call"),
        (TaskKind.REPLY, "reply"),
        (TaskKind.LINKEDIN_CONNECT, "linkedin"),
        (TaskKind.LINKEDIN_ENGAGE, "linkedin"),
    ],
)
def test_each_kind_has_its_own_way(kind: TaskKind, channel: str, store: Store) -> None:
    made(store, kind)
    done(store)
    assert touches(store)[0].channel == channel


@pytest.mark.parametrize(
    ("kind", "channel", "said"),
    [
        (TaskKind.CALL, "linkedin", "a call task is not done by linkedin: --channel call, meeting"),
        (TaskKind.LINKEDIN_CONNECT, "call", "is not done by call"),
        (TaskKind.REPLY, "pigeon", "is not done by pigeon"),
        (TaskKind.PROMISE, None, "say how the promise was kept"),
        (TaskKind.PROMISE, "event", "is not done by event"),
    ],
)
def test_what_does_not_settle_it_is_refused(kind: TaskKind, channel: str | None, said: str, store: Store) -> None:
    made(store, kind)
    with pytest.raises(BadInput, match=said):
        done(store, channel=channel)
    assert (only(store).done_at, touches(store)) == (None, [])


@pytest.mark.parametrize(
    ("note", "on", "said"),
    [
        ("", TODAY, "say in a line what came of it"),
        (" \t ", TODAY, "say in a line"),
        ("a\x1b[31mb", TODAY, "say in a line"),
        ("x" * 2001, TODAY, "at most 2000 characters"),
        ("fine", TODAY + 2 * DAY, "a day that has come"),
    ],
)
def test_a_note_that_says_nothing_or_a_day_to_come_is_refused(note: str, on: date, said: str, store: Store) -> None:
    with pytest.raises(BadInput, match=said):
        done(store, note, on)
    assert (only(store).done_at, touches(store)) == (None, [])


def test_where_nobody_was_reached_no_contact_is_claimed(store: Store) -> None:
    made(store, TaskKind.LINKEDIN_ENGAGE)
    assert done(store, "nothing new", contact=False).first
    assert touches(store) == []


def test_a_call_that_reached_nobody_is_not_done(store: Store) -> None:
    with pytest.raises(BadInput, match="only done with a contact: snooze it, or drop it"):
        done(store, "no answer", contact=False)


def test_a_task_is_put_off_until_a_day_to_come(store: Store) -> None:
    with store.writing() as session:
        assert doing.snooze(session, 1, TODAY + DAY, TODAY).snoozed_until == TODAY + DAY
    with store.writing() as session, pytest.raises(BadInput, match="is no day to come"):
        doing.snooze(session, 1, TODAY, TODAY)


def test_a_task_that_is_let_go_says_why_and_is_not_changed_after(store: Store) -> None:
    with store.writing() as session:
        task = doing.drop(session, 1, "moved to the moon", by=ANN, now=NOW)
    assert (task.dropped, task.done_by, task.note) == (True, ANN, "moved to the moon")
    assert not done(store).first
    acts: tuple[Callable[[Session], Task], ...] = (
        lambda s: doing.snooze(s, 1, TODAY + DAY, TODAY),
        lambda s: doing.assign(s, 1, BEN, TEAM),
        lambda s: doing.drop(s, 1, "again", by=ANN, now=NOW),
    )
    for act in acts:
        with store.writing() as session, pytest.raises(BadInput, match="is over, nothing was changed: it was let go"):
            act(session)


def test_a_task_is_given_to_whoever_is_here(store: Store) -> None:
    with store.writing() as session:
        assert doing.assign(session, 1, BEN, TEAM).assignee == BEN
    with store.writing() as session, pytest.raises(BadInput, match="is not one of the people in"):
        doing.assign(session, 1, "eve@acme.example", TEAM)


def test_a_task_that_is_none_is_not_found(store: Store) -> None:
    with store.reading() as session, pytest.raises(NotFound, match="there is no task 9"):
        doing.find(session, 9)
