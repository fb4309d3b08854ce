from typing import Any

from rekindle.journey.tasks import listing
from rekindle.store.engine import Store
from rekindle.store.tasks import TaskKind
from tests.cast import NOW, anne
from tests.journey.stage import change_candidate
from tests.journey.tasks.stage import ANN, BEN, DAY, PAGE, TODAY, a_task


def some(store: Store) -> None:
    """An open one, an overdue one of Ben's, two put off, one done and one let go."""
    some_of_each: tuple[dict[str, Any], ...] = (
        {"due_on": TODAY + DAY},
        {"due_on": TODAY - DAY, "assignee": BEN},
        {"snoozed_until": TODAY + 3 * DAY},
        {"due_on": TODAY - 9 * DAY, "snoozed_until": TODAY},
        {"done_at": NOW, "done_by": ANN},
        {"done_at": NOW, "done_by": ANN, "dropped": True},
    )
    with store.writing() as session:
        owner = anne(session).id
        for number, changes in enumerate(some_of_each):
            a_task(session, owner, key=f"call:a-{number}", **changes)


def states(store: Store, **asked: Any) -> list[tuple[int, str]]:
    with store.reading() as session:
        return [(line.id, line.state) for line in listing.tasks(session, TODAY, **{"limit": 50, **asked}).lines]


def test_what_is_to_be_done_is_listed_the_longest_due_first(store: Store) -> None:
    some(store)
    assert states(store) == [(2, "overdue"), (4, "open"), (1, "open")]


def test_with_everything_also_what_is_put_off_and_over(store: Store) -> None:
    some(store)
    assert states(store, everything=True)[3:] == [(3, "snoozed"), (5, "done"), (6, "dropped")]


def test_a_list_may_be_of_some_people_and_short(store: Store) -> None:
    some(store)
    assert states(store, whose={BEN}) == [(2, "overdue")]
    with store.reading() as session:
        page = listing.tasks(session, TODAY, limit=1)
    assert (len(page.lines), page.total) == (1, 3)


def test_what_is_due_by_a_day_counts_what_comes_back_by_then(store: Store) -> None:
    some(store)
    with store.reading() as session:
        soon = [task.id for task in listing.due_by(session, TODAY + 3 * DAY, {ANN, BEN})]
        today = [task.id for task in listing.due_by(session, TODAY, {ANN})]
    assert (soon, today) == ([2, 4, 1, 3], [4])


def test_when_is_said_in_two_words(store: Store) -> None:
    some(store)
    with store.reading() as session:
        lines = listing.tasks(session, TODAY, everything=True, limit=50).lines
    assert [listing.when(line) for line in lines] == [
        f"! {TODAY - DAY}",
        f"{TODAY}",
        f"{TODAY + DAY}",
        f"until {TODAY + 3 * DAY}",
        f"done {TODAY}",
        f"dropped {TODAY}",
    ]


def test_a_link_is_that_of_today(store: Store) -> None:
    with store.writing() as session:
        a_task(session, anne(session, linkedin=PAGE).id, kind=TaskKind.LINKEDIN_CONNECT, link=PAGE)
    change_candidate(store, 1, linkedin=f"{PAGE}-new")
    with store.reading() as session:
        assert listing.tasks(session, TODAY, limit=1).lines[0].link == f"{PAGE}-new"
