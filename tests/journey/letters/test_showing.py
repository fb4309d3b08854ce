"""Which run shows what waits, which roles wait and which nobody has begun; and how the letters of a role stand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from rekindle.journey.approvals.approval import Decision
from rekindle.journey.letters import showing
from rekindle.journey.letters.awaiting import draft_follow_ups
from rekindle.journey.letters.proposing import engage
from rekindle.store.approvals import Approval, ApprovalKind
from rekindle.store.editions import Edition
from rekindle.store.engine import Store
from rekindle.store.roles import Role
from tests.cast import NOW
from tests.journey.letters.route import DRAFTING, approve, ask, draft_rejection, not_told, re_engaged
from tests.journey.letters.stage import role, sarah
from tests.journey.stage import change, planned

RUN = "00000000-0000-4000-8000-000000000001"
FOLLOW_UP = timedelta(days=10)


def shown_by(run_id: str | None = RUN) -> Callable[[Session], object]:
    """Say which run shows the letters of the role."""
    return lambda session: setattr(session.get_one(Role, 1), "run_id", run_id)


def waiting(store: Store, *names: str) -> None:
    """Ask about letters to these people, about the role number 1."""
    with store.writing() as session:
        about = role(session).id
        people = [sarah(session, name).id for name in names]
    assert len(engage(store, about, people, len(names), DRAFTING, NOW).asked) == len(names)


def approval(store: Store, number: int = 1) -> Approval:
    with store.reading() as session:
        return session.get_one(Approval, number)


def showing_run(store: Store, number: int = 1) -> str | None:
    with store.reading() as session:
        return showing.showing_run(session, approval(store, number))


def role_ids(store: Store, which: Callable[[Session], list[Role]]) -> list[int]:
    with store.reading() as session:
        return [found.id for found in which(session)]


# Runs.


def test_a_letter_is_shown_by_the_run_of_its_role(store: Store) -> None:
    waiting(store, "Sarah")
    assert showing_run(store) is None
    change(store, shown_by())
    assert showing_run(store) == RUN


def test_a_follow_up_is_shown_by_the_run_of_its_role(store: Store) -> None:
    re_engaged(store)
    change(store, shown_by())
    draft_follow_ups(store, DRAFTING, NOW + FOLLOW_UP)
    assert showing_run(store, 2) == RUN


def test_an_edition_is_shown_by_its_own_run(store: Store) -> None:
    planned(store, "Anne")
    change(store, lambda s: s.execute(update(Edition).values(run_id="r-1")))
    assert showing_run(store) == "r-1"


def test_what_is_about_no_role_is_shown_by_no_run(store: Store) -> None:
    change(store, not_told)
    ask(store, draft_rejection(store))
    assert showing_run(store) is None
    change(store, lambda s: setattr(s.get_one(Approval, 1), "message_id", None))
    change(store, lambda s: setattr(s.get_one(Approval, 1), "kind", ApprovalKind.MOVE))
    assert showing_run(store) is None


def test_a_run_shows_one_role(store: Store) -> None:
    with store.writing() as session:
        role(session, run_id=RUN)
        role(session, "head-of-pricing")
        found = showing.shown_by(session, RUN)
        assert found is not None
        assert found.slug == "director-product"
        assert showing.shown_by(session, "r-2") is None


# Roles.


def test_a_role_waits_while_somebody_is_to_decide_and_a_run_was_started_for_it(store: Store) -> None:
    waiting(store, "Sarah")
    assert role_ids(store, showing.roles_that_wait) == []
    change(store, shown_by())
    assert role_ids(store, showing.roles_that_wait) == [1]
    approve(store, 1)
    assert role_ids(store, showing.roles_that_wait) == []


def test_a_role_is_named_once_however_many_letters_wait(store: Store) -> None:
    waiting(store, "Sarah", "Ruth")
    change(store, shown_by())
    assert role_ids(store, showing.roles_that_wait) == [1]
    with store.reading() as session:
        assert len(showing.waiting_letters(session, 1)) == 2


def test_a_closed_role_waits_for_nobody_and_is_not_begun(store: Store) -> None:
    waiting(store, "Sarah")
    change(store, shown_by())
    change(store, lambda s: setattr(s.get_one(Role, 1), "closed_at", NOW))
    assert role_ids(store, showing.roles_that_wait) == []
    change(store, shown_by(None))
    assert role_ids(store, showing.roles_without_run) == []


def test_open_roles_nobody_has_begun_are_listed(store: Store) -> None:
    with store.writing() as session:
        role(session, run_id=RUN)
        role(session, "head-of-pricing")
    assert role_ids(store, showing.roles_without_run) == [2]


# Letters.


def test_what_waits_is_listed_soonest_due_first_and_nothing_else(store: Store) -> None:
    re_engaged(store)
    draft_follow_ups(store, DRAFTING, NOW + FOLLOW_UP)
    with store.reading() as session:
        assert [row.id for row in showing.waiting_letters(session, 1)] == [2]
        assert showing.waiting_letters(session, 2) == []


def test_the_letters_of_a_role_are_counted_by_what_became_of_them(store: Store) -> None:
    re_engaged(store)
    draft_follow_ups(store, DRAFTING, NOW + FOLLOW_UP)
    with store.reading() as session:
        assert showing.tally(session, 1) == {"sent": 1, "awaiting": 1}
    approve(store, 2, NOW + FOLLOW_UP, Decision.DECLINE)
    with store.reading() as session:
        assert showing.tally(session, 1) == {"sent": 1, "cancelled": 1}
        assert showing.tally(session, 2) == {}


@pytest.mark.parametrize("days", [1, -1])
def test_the_soonest_due_comes_first(store: Store, days: int) -> None:
    re_engaged(store)
    draft_follow_ups(store, DRAFTING, NOW + FOLLOW_UP)
    with store.writing() as session:
        first = session.get_one(Approval, 1)
        first.state, first.due_at = session.get_one(Approval, 2).state, session.get_one(Approval, 2).due_at
        first.due_at += timedelta(days=days)
        session.flush()
        assert [row.id for row in showing.waiting_letters(session, 1)] == ([2, 1] if days > 0 else [1, 2])
