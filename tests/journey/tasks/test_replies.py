"""Who wrote gets an answer: whatever of theirs has nothing of ours after it is somebody's task."""

from datetime import date

import pytest
from sqlalchemy import select

from rekindle.journey.tasks import doing
from rekindle.journey.tasks.doing import Doing
from rekindle.journey.tasks.replies import Contact, unanswered
from rekindle.store.engine import Store
from rekindle.store.events import Answer
from rekindle.store.letters import REKINDLE
from rekindle.store.messages import Message
from rekindle.store.tasks import TaskKind
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from states.message import MessageState
from states.programme import Programme
from tests.cast import NOW, anne
from tests.journey.events.stage import invited, said
from tests.journey.letters.route import re_engaged
from tests.journey.stage import change
from tests.journey.tasks.stage import ANN, DAY, TODAY, find, in_touch, kinds, only, tasks

REPLY = TaskKind.REPLY
IN, OUT = "in", "out"
LONG_AGO = date(2020, 1, 1)


def heard(*directions: str, channel: str = "reply") -> list[Contact]:
    return [Contact(number, TODAY + number * DAY, channel, way) for number, way in enumerate(directions, start=1)]


# The decision.


@pytest.mark.parametrize(
    ("directions", "waits"),
    [
        ((), None),
        ((IN,), 1),
        ((IN, OUT), None),
        ((OUT, IN), 2),
        ((IN, IN), 1),
        ((IN, OUT, IN, IN), 3),
    ],
)
def test_the_oldest_word_after_our_last_one_waits(directions: tuple[str, ...], waits: int | None) -> None:
    found = unanswered(heard(*directions), LONG_AGO)
    assert (found.id if found else None) == waits


def test_history_and_visits_to_events_wait_for_nothing() -> None:
    assert unanswered(heard(IN), TODAY + 2 * DAY) is None
    assert unanswered(heard(IN, channel="event"), LONG_AGO) is None


# Found in the rows.


def test_who_got_in_touch_is_answered_by_whoever_knows_them(store: Store) -> None:
    change(store, anne)
    number = in_touch(store, TODAY - DAY, "linkedin", IN)
    assert find(store).added == {REPLY: 1}
    task = only(store)
    assert (task.key, task.assignee, task.due_on) == (f"reply:t-{number}", ANN, TODAY)
    assert find(store, NOW + DAY).added == {}


def test_who_answered_a_letter_about_a_role_is_answered_however_long_ago(store: Store) -> None:
    re_engaged(store)
    in_touch(store, TODAY + DAY, "reply", IN)
    assert find(store, NOW + 40 * DAY).added == {REPLY: 1}


def test_what_is_older_than_a_month_when_first_seen_is_history(store: Store) -> None:
    change(store, anne)
    in_touch(store, TODAY - 31 * DAY, "call", IN)
    assert find(store).added == {}


@pytest.mark.parametrize("state", [CandidateState.DECLINED, CandidateState.HIRED, CandidateState.INTERVIEWING])
def test_who_stands_elsewhere_is_not_waiting_here(state: CandidateState, store: Store) -> None:
    change(store, lambda s: anne(s, state=state))
    in_touch(store, TODAY, "reply", IN)
    assert find(store).added == {}


def test_news_to_many_is_no_answer_to_one(store: Store) -> None:
    change(store, anne)
    in_touch(store, TODAY - DAY, "reply", IN)
    columns = {"programme": Programme.QUARTERLY_UPDATE, "state": MessageState.SENT, "key": "k", "due_at": NOW}
    change(store, lambda s: s.add(Message(id=1, candidate_id=1, created_at=NOW, **columns)))
    change(store, lambda s: s.add(Touch(candidate_id=1, on=TODAY, channel="email", direction=OUT, message_id=1)))
    assert find(store).added == {REPLY: 1}


def test_who_said_whether_they_come_to_an_event_waits_for_nothing(store: Store) -> None:
    _, (candidate_id,) = invited(store, "Anne")
    said(store, candidate_id, Answer.YES)
    with store.reading() as session:
        assert session.scalars(select(Touch)).one().direction == "in"
    assert find(store).added == {}


def test_an_answer_that_nobody_ticked_off_settles_it(store: Store) -> None:
    change(store, anne)
    in_touch(store, TODAY - DAY, "reply", IN)
    find(store)
    number = in_touch(store, TODAY, "call")
    assert find(store, NOW + DAY).done == 1
    task = only(store)
    assert (task.done_by, task.touch_id, task.note) == (REKINDLE, number, f"answered on {TODAY} (call)")
    in_touch(store, TODAY + 2 * DAY, "reply", IN)
    assert find(store, NOW + 2 * DAY).added == {REPLY: 1}


def test_ticked_off_it_is_an_answer(store: Store) -> None:
    change(store, anne)
    in_touch(store, TODAY, "reply", IN)
    find(store)
    with store.writing() as session:
        doing.done(session, 1, Doing("thanked her", TODAY), by=ANN, now=NOW)
    assert find(store).added == {}
    assert kinds(store) == []


def test_what_needs_no_answer_is_let_go_and_the_next_word_does(store: Store) -> None:
    change(store, anne)
    in_touch(store, TODAY - DAY, "reply", IN)
    find(store)
    with store.writing() as session:
        doing.drop(session, 1, "only a thank you", by=ANN, now=NOW)
    assert find(store).added == {}
    number = in_touch(store, TODAY + DAY, "reply", IN)
    assert find(store, NOW + DAY).added == {REPLY: 1}
    assert tasks(store)[1].key == f"reply:t-{number}"


def test_a_task_that_waits_a_month_stays_the_same_task(store: Store) -> None:
    change(store, anne)
    for day in (TODAY, TODAY + 5 * DAY):
        in_touch(store, day, "reply", IN)
    find(store, NOW + 5 * DAY)
    assert find(store, NOW + 32 * DAY).added == {}
    assert kinds(store) == [REPLY]


def test_a_word_that_is_not_on_record_any_more_needs_no_answer(store: Store) -> None:
    change(store, anne)
    number = in_touch(store, TODAY, "reply", IN)
    find(store)
    change(store, lambda s: s.delete(s.get_one(Touch, number)))
    assert find(store).dropped == 1
