"""A pass over all lists: harmless when done twice, by two at once, and after somebody has left."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy.orm import Session

from rekindle.journey.letters.standards import Colleague
from rekindle.journey.tasks.finding import Found
from rekindle.journey.tasks.raising import put_on_lists
from rekindle.journey.tasks.wanted import Wanted
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.tasks import TaskKind
from tests.cast import NOW, anne, stored
from tests.journey.letters.stage import STANDARDS, role, sarah
from tests.journey.stage import change
from tests.journey.tasks.stage import ANN, BEN, DAY, RULES, TODAY, ZOE, a_task, find, in_touch, on_linkedin, only, tasks
from tests.racing import while_uncommitted

GONE = replace(STANDARDS, team={**STANDARDS.team, ANN: Colleague("Ann Lee", successor=BEN)}, spare_signer=BEN)


def everything(store: Store) -> None:
    """Somebody to connect with, a promise that falls due, somebody who wrote."""
    with store.writing() as session:
        on_linkedin(session)
        sarah(session)
        role(session)
        stored(session, "Fay")
    in_touch(store, TODAY, "reply", "in", candidate_id=3)


def test_every_kind_is_found_in_one_pass_and_nothing_in_the_next(store: Store) -> None:
    everything(store)
    found = find(store)
    assert found.added == {TaskKind.LINKEDIN_CONNECT: 1, TaskKind.PROMISE: 1, TaskKind.REPLY: 1}
    assert find(store) == Found()


def test_what_is_counted_is_told_by_kind(store: Store) -> None:
    everything(store)
    assert find(store).counts == {
        "new: linkedin-connect": 1,
        "new: linkedin-engage": 0,
        "new: call": 0,
        "new: promise": 1,
        "new: reply": 1,
        "done by another road": 0,
        "let go": 0,
        "passed on": 0,
    }


def test_two_passes_at_once_find_each_thing_once(store: Store) -> None:
    everything(store)
    with ThreadPoolExecutor(2) as pool:
        both = [future.result() for future in [pool.submit(find, store) for _ in range(2)]]
    assert sum(each.added.total() for each in both) == len(tasks(store)) == 3


def test_what_another_pass_is_putting_on_a_list_is_not_put_there_again(store: Store) -> None:
    with store.writing() as session:
        owner = anne(session).id
    wanted = Wanted(owner, TaskKind.CALL, "call:a-1", "told by a call first", TODAY, ANN)

    def put(session: Session) -> int:
        return put_on_lists(session, [wanted], STANDARDS, NOW).total()

    assert while_uncommitted(store, put, put) == 0
    assert only(store).key == "call:a-1"


def test_the_work_of_whoever_knew_them_and_has_left_is_the_successors(store: Store) -> None:
    with store.writing() as session:
        on_linkedin(session, recruiter=ZOE)
        on_linkedin(session, "Emil", recruiter=None)
        on_linkedin(session, "Fay", recruiter="Nobody@acme.example")
    find(store)
    assert [task.assignee for task in tasks(store)] == [BEN, ANN, ANN]


def test_what_is_open_is_passed_on_when_somebody_leaves_and_what_is_over_is_not(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        a_task(session, person.id, kind=TaskKind.REPLY, key="reply:t-9", done_at=NOW, done_by=ANN)
        on_linkedin(session, "Emil")
    find(store)
    found = find(store, rules=replace(RULES, standards=GONE))
    assert found.passed_on == 1
    assert [task.assignee for task in tasks(store)] == [ANN, BEN]


def test_erased_with_its_candidate(store: Store) -> None:
    with store.writing() as session:
        on_linkedin(session)
    find(store)
    change(store, lambda s: s.delete(s.get_one(Candidate, 1)))
    assert tasks(store) == []
    assert find(store, NOW + DAY) == Found()


def test_with_nobody_here_a_task_stays_where_it_is(store: Store) -> None:
    with store.writing() as session:
        on_linkedin(session)
    find(store)
    nobody = replace(STANDARDS, team={}, spare_signer=ANN)
    assert find(store, rules=replace(RULES, standards=nobody)).passed_on == 0
    assert only(store).assignee == ANN
