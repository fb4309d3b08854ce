"""LinkedIn, by hand: first to connect, then to look in now and then, and never more than somebody can do."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rekindle.journey.tasks import doing
from rekindle.journey.tasks.doing import Doing
from rekindle.journey.tasks.linkedin import MOST_OPEN, Page, due_there
from rekindle.journey.tasks.wanted import Rules
from rekindle.store.engine import Store
from rekindle.store.letters import REKINDLE
from rekindle.store.tasks import TaskKind
from states.candidate import CandidateState
from tests.cast import NOW
from tests.journey.stage import change_candidate
from tests.journey.tasks.stage import ANN, BEN, DAY, PAGE, RULES, TODAY, find, in_touch, kinds, on_linkedin, only, tasks

KNOWN = Page(1, ANN, PAGE, TODAY - 14 * DAY, asked_to_connect=False, in_touch_on=None, looked_on=None)
CONNECT, ENGAGE = TaskKind.LINKEDIN_CONNECT, TaskKind.LINKEDIN_ENGAGE


# The decision.


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ({}, CONNECT),
        ({"nurturing_since": TODAY - 13 * DAY}, None),
        ({"asked_to_connect": True}, None),
        ({"in_touch_on": TODAY - 89 * DAY}, None),
        ({"in_touch_on": TODAY - 90 * DAY}, ENGAGE),
        ({"in_touch_on": TODAY - 200 * DAY, "looked_on": TODAY - 89 * DAY}, None),
        ({"looked_on": TODAY - 90 * DAY, "asked_to_connect": True}, ENGAGE),
    ],
)
def test_what_is_due_follows_from_what_was_before(known: dict[str, Any], kind: TaskKind | None) -> None:
    wanted = due_there(replace(KNOWN, **known), RULES, TODAY)
    assert (wanted.kind if wanted else None) is kind


@pytest.mark.parametrize(
    ("rules", "known"),
    [
        (replace(RULES, connect_after=0), KNOWN),
        (replace(RULES, engage_every=0), replace(KNOWN, in_touch_on=date(2020, 1, 1))),
    ],
)
def test_a_team_may_do_without(rules: Rules, known: Page) -> None:
    assert due_there(known, rules, TODAY) is None


def test_the_same_interval_is_the_same_task() -> None:
    known = replace(KNOWN, in_touch_on=TODAY - 90 * DAY)
    today, later = (due_there(known, RULES, day) for day in (TODAY, TODAY + 5 * DAY))
    assert today
    assert later
    assert today.key == later.key == f"linkedin-engage:c-1:{TODAY - 90 * DAY}"


# Found in the rows.


def test_who_has_a_page_and_is_kept_warm_long_enough_is_asked_to_connect_once(store: Store) -> None:
    with store.writing() as session:
        on_linkedin(session)
        on_linkedin(session, "Emil", linkedin=None)
        on_linkedin(session, "Fay", since=NOW - 13 * DAY)
    assert find(store).added == {CONNECT: 1}
    task = only(store)
    assert (task.candidate_id, task.kind, task.assignee, task.link) == (1, CONNECT, ANN, PAGE)
    assert (task.key, task.due_on) == ("linkedin-connect:c-1", TODAY + 7 * DAY)
    assert find(store).added == {}


@pytest.mark.parametrize(
    "columns",
    [
        {"state": CandidateState.REJECTED_WARM},
        {"state": CandidateState.RE_ENGAGED},
        {"opted_out_at": NOW},
        {"snoozed_until": TODAY + DAY},
        {"consent_until": TODAY - DAY},
        {"wants_updates": False, "wants_events": False},
        {"linkedin": ""},
    ],
)
def test_who_is_to_be_left_alone_is_left_alone_there_as_well(columns: dict[str, Any], store: Store) -> None:
    with store.writing() as session:
        on_linkedin(session, **columns)
    assert find(store).added == {}


def test_whoever_connected_is_looked_at_a_quarter_later_and_a_quarter_after_that(store: Store) -> None:
    with store.writing() as session:
        on_linkedin(session, consent_until=None)
    find(store)
    with store.writing() as session:
        doing.done(session, 1, Doing("sent a request", TODAY), by=ANN, now=NOW)
    assert find(store, NOW + 89 * DAY).added == {}
    assert find(store, NOW + 90 * DAY).added == {ENGAGE: 1}
    with store.writing() as session:
        how = Doing("nothing new there", TODAY + 91 * DAY, contact=False)
        doing.done(session, 2, how, by=ANN, now=NOW + 91 * DAY)
    assert tasks(store)[1].touch_id is None
    assert find(store, NOW + 180 * DAY).added == {}
    assert find(store, NOW + 181 * DAY).added == {ENGAGE: 1}


def test_a_look_that_somebody_let_go_comes_back_after_its_interval_and_a_connection_never(store: Store) -> None:
    with store.writing() as session:
        on_linkedin(session, "Anne")
        on_linkedin(session, "Emil")
    in_touch(store, TODAY - 90 * DAY, "linkedin")
    find(store)
    assert kinds(store) == [ENGAGE, CONNECT]
    with store.writing() as session:
        for number in (1, 2):
            doing.drop(session, number, "no time", by=ANN, now=NOW)
    assert find(store, NOW + 89 * DAY).added == {}
    assert find(store, NOW + 90 * DAY).added == {ENGAGE: 1}


def test_a_list_grows_no_longer_than_somebody_can_do_and_a_colleague_has_room_of_their_own(store: Store) -> None:
    with store.writing() as session:
        for number in range(MOST_OPEN + 2):
            on_linkedin(session, f"Person{number}")
        on_linkedin(session, "Dana", recruiter=BEN)
    assert find(store).added == {CONNECT: MOST_OPEN + 1}
    assert [task.assignee for task in tasks(store)].count(BEN) == 1
    with store.writing() as session:
        doing.done(session, 1, Doing("asked", TODAY), by=ANN, now=NOW)
    assert find(store).added == {CONNECT: 1}


def test_whoever_may_not_be_asked_takes_nobodys_place(store: Store) -> None:
    with store.writing() as session:
        for number in range(MOST_OPEN):
            on_linkedin(session, f"Gone{number}", consent_until=TODAY - DAY)
        on_linkedin(session, "Anne")
    assert find(store).added == {CONNECT: 1}


# Over.


def test_a_contact_there_ticks_it_off(store: Store) -> None:
    with store.writing() as session:
        on_linkedin(session)
    find(store)
    touch_id = in_touch(store, TODAY + DAY, "linkedin")
    assert find(store, NOW + 2 * DAY).done == 1
    task = only(store)
    assert (task.dropped, task.done_by, task.touch_id) == (False, REKINDLE, touch_id)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"linkedin": None}, "no LinkedIn page of the candidate is on record any more"),
        ({"opted_out_at": NOW}, "the candidate asked us to stop"),
        ({"state": CandidateState.HIRED}, "the candidate is hired"),
        ({"state": CandidateState.INTERVIEWING}, "the candidate is interviewing now: this is for whoever is kept warm"),
        ({"snoozed_until": TODAY + 9 * DAY}, f"the candidate asked to be left in peace until {TODAY + 9 * DAY}"),
    ],
)
def test_without_its_reason_it_is_let_go_and_with_it_it_comes_back(
    columns: dict[str, Any], why: str, store: Store
) -> None:
    with store.writing() as session:
        person = on_linkedin(session)
        before = {name: getattr(person, name) for name in columns}
    find(store)
    change_candidate(store, 1, **columns)
    assert find(store).dropped == 1
    task = only(store)
    assert (task.dropped, task.done_by, task.note) == (True, REKINDLE, why)
    change_candidate(store, 1, **before)
    assert find(store, NOW + DAY).added == {CONNECT: 1}
    task = only(store)
    assert (task.done_at, task.dropped, task.note, task.due_on) == (None, False, None, TODAY + 8 * DAY)
