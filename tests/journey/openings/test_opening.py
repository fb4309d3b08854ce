from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound
from rekindle.exchange.roles import ProcessRecord, StepRecord
from rekindle.journey.openings.opening import Opened, close_role, find_role, open_role
from rekindle.store.engine import Store
from rekindle.store.roles import Role
from tests.cast import NOW
from tests.journey.openings.stage import DIRECTOR
from tests.racing import at_once

LATER = NOW + timedelta(days=3)


class Hook:
    """Stands in for whoever takes letters back, and remembers what it was asked."""

    def __init__(self, letters: int = 0) -> None:
        self.letters = letters
        self.asked: list[tuple[int, str, datetime]] = []

    def __call__(self, _session: Session, role_id: int, reason: str, now: datetime) -> int:
        self.asked.append((role_id, reason, now))
        return self.letters


def close(session: Session, why: str = "Dana took it", hook: Hook | None = None) -> int:
    return close_role(session, DIRECTOR.slug, why, LATER, by="ben@acme.example", take_back=hook or Hook())


def test_a_role_is_stored_as_its_file_tells_it(store: Store) -> None:
    with store.writing() as session:
        done = open_role(session, DIRECTOR, NOW)
        assert (done.is_new, done.changes) == (True, ())
    with store.reading() as session:
        role = find_role(session, "director-product")
    told = {name: getattr(role, name) for name in ("title", "family", "level", "team", "location", "hiring_manager")}
    assert told == {name: getattr(DIRECTOR, name) for name in told}
    assert (role.skills, role.opened_at, role.closed_at) == (["0-to-1 products", "pricing"], NOW, None)
    assert role.process == {
        "kind": "streamlined",
        "because": "you have already met several people here",
        "steps": [
            {"name": "Conversation with the hiring manager", "minutes": 45},
            {"name": "Product deep-dive", "minutes": 60},
        ],
    }


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    with store.writing() as session:
        first = open_role(session, DIRECTOR, NOW)
    with store.writing() as session:
        again = open_role(session, DIRECTOR, LATER)
        assert (again.is_new, again.changes) == (False, ())
        assert (again.role.id, again.role.opened_at) == (first.role.id, NOW)


def test_a_changed_file_updates_the_open_role_and_says_what_changed(store: Store) -> None:
    shorter = ProcessRecord("full", "", (StepRecord("Talk", 30),))
    with store.writing() as session:
        open_role(session, DIRECTOR, NOW)
    with store.writing() as session:
        done = open_role(session, replace(DIRECTOR, level="vp", skills=("pricing",), process=shorter), LATER)
        assert (done.is_new, done.changes) == (False, ("level", "skills", "process"))
    with store.reading() as session:
        role = find_role(session, DIRECTOR.slug)
    assert (role.level, role.skills, role.opened_at) == ("vp", ["pricing"], NOW)


def test_closing_keeps_why_and_who_and_takes_back_what_is_under_way(store: Store) -> None:
    hook = Hook(letters=3)
    with store.writing() as session:
        role = open_role(session, DIRECTOR, NOW).role
    with store.writing() as session:
        assert close(session, "  Dana   took it ", hook) == 3
    assert hook.asked == [(role.id, "the role is closed: Dana took it", LATER)]
    with store.reading() as session:
        found = find_role(session, DIRECTOR.slug)
    assert (found.closed_at, found.closing) == (LATER, "Dana took it (ben@acme.example)")


def test_a_closed_role_is_closed_once(store: Store) -> None:
    hook = Hook()
    with store.writing() as session:
        open_role(session, DIRECTOR, NOW)
        close(session)
        with pytest.raises(BadInput, match="was closed on 2026-10-16 already: nothing was changed"):
            close(session, "another reason", hook)
        assert find_role(session, DIRECTOR.slug).closing == "Dana took it (ben@acme.example)"
    assert hook.asked == []


def test_a_closed_role_is_opened_again_only_on_purpose(store: Store) -> None:
    with store.writing() as session:
        open_role(session, DIRECTOR, NOW).role.run_id = "a run"
        close(session)
        with pytest.raises(BadInput, match="open it anew with --again"):
            open_role(session, replace(DIRECTOR, level="vp"), LATER)
        assert find_role(session, DIRECTOR.slug).level == "director"
        done = open_role(session, replace(DIRECTOR, level="vp"), LATER, again=True)
        role = find_role(session, DIRECTOR.slug)
    assert (done.is_new, done.changes) == (False, ("level", "reopened"))
    assert (role.opened_at, role.closed_at, role.closing, role.run_id) == (LATER, None, None, None)


def test_again_does_no_harm_to_a_role_that_is_open_or_new(store: Store) -> None:
    with store.writing() as session:
        assert open_role(session, DIRECTOR, NOW, again=True).is_new
        assert open_role(session, DIRECTOR, LATER, again=True).changes == ()


@pytest.mark.parametrize("why", ["", "  \n", "a" * 301, "a\x07b"])
def test_a_reason_says_something_in_a_sentence(why: str, store: Store) -> None:
    with store.writing() as session:
        open_role(session, DIRECTOR, NOW)
        with pytest.raises(BadInput, match="say in one sentence"):
            close(session, why)
        assert find_role(session, DIRECTOR.slug).closed_at is None


@pytest.mark.parametrize("slug", ["no-such-role", "", "x" * 5000, "a'; --"])
def test_a_role_nobody_opened_is_not_found(slug: str, store: Store) -> None:
    with store.writing() as session:
        with pytest.raises(NotFound, match="roles list --all"):
            find_role(session, slug)
        with pytest.raises(NotFound, match="roles list --all"):
            close_role(session, slug, "gone", NOW, by="ben@acme.example", take_back=Hook())


def test_two_who_open_the_same_file_at_once_open_one_role(store: Store) -> None:
    outcomes = at_once(store, *[lambda session: open_role(session, DIRECTOR, NOW)] * 2)
    assert all(isinstance(outcome, Opened) for outcome in outcomes)
    assert sorted(outcome.is_new for outcome in outcomes if isinstance(outcome, Opened)) == [False, True]
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Role)) == 1


def test_two_who_close_at_once_close_it_once(store: Store) -> None:
    hook = Hook(letters=1)
    with store.writing() as session:
        open_role(session, DIRECTOR, NOW)
    outcomes = at_once(store, *[lambda session: close(session, "filled", hook)] * 2)
    assert sorted(map(type, outcomes), key=str) == sorted([int, BadInput], key=str)
    assert len(hook.asked) == 1
