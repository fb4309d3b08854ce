"""Who is due a check-in: in turn, by the team's days or by their own, whatever the page."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from rekindle.journey.warming import due
from rekindle.journey.warming.due import quiet
from rekindle.journey.warming.readiness import Interval
from rekindle.store.engine import Store
from states.candidate import CandidateState
from tests.cast import NOW, stored

TEAM = Interval(120, 180)
TODAY = NOW.date()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def names(store: Store, team: Interval = TEAM) -> list[int]:
    with store.reading() as session:
        return [each.candidate_id for each in quiet(session, TODAY, team)]


def test_who_waits_longest_comes_first_and_who_is_not_due_not_at_all(store: Store) -> None:
    with store.writing() as session:
        for name, days in (("Anne", 120), ("Bert", 119), ("Cara", 200), ("Dana", 150)):
            stored(session, name, last_contact_on=ago(days))
        stored(session, "Emil", last_contact_on=None)
        stored(session, "Finn", last_contact_on=ago(300), state=CandidateState.RE_ENGAGED)
    assert names(store) == [3, 4, 1]


def test_ones_own_days_win_over_those_of_the_team(store: Store) -> None:
    with store.writing() as session:
        stored(session, "Anne", last_contact_on=ago(130))
        stored(session, "Bert", last_contact_on=ago(130), check_in_days=150, check_in_most_days=200)
        stored(session, "Cara", last_contact_on=ago(50), check_in_days=40, check_in_most_days=60)
        stored(session, "Dana", last_contact_on=ago(100), check_in_most_days=90)
        stored(session, "Emil", last_contact_on=ago(20), check_in_days=40, check_in_most_days=60)
    # Dana is late, Anne and Cara are due, and Anne waits longer.
    assert names(store) == [4, 1, 3]


def test_who_is_late_comes_before_who_only_waits_longer(store: Store) -> None:
    with store.writing() as session:
        stored(session, "Anne", last_contact_on=ago(170))
        stored(session, "Bert", last_contact_on=ago(70), check_in_days=40, check_in_most_days=60)
    assert names(store) == [2, 1]


def test_every_page_is_walked_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "PAGE", 2)
    with store.writing() as session:
        for number in range(7):
            stored(session, f"Person{number}", last_contact_on=ago(130 + number // 3))
    assert names(store) == [7, 4, 5, 6, 1, 2, 3]


def test_the_days_of_one_person_say_when_it_was_due(store: Store) -> None:
    with store.writing() as session:
        stored(session, "Anne", last_contact_on=ago(181))
    with store.reading() as session:
        (anne,) = quiet(session, TODAY, TEAM)
    assert anne.due_on == ago(61)
    assert anne.is_late(TODAY)
    assert not anne.is_late(TODAY - timedelta(days=1))


def test_the_query_walks_the_index(sqlite_store: Store) -> None:
    query = due._quiet_since(ago(120)).where(due._HAS_NONE).limit(2)
    with sqlite_store.reading() as session:
        compiled = str(query.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
        plan = " ".join(str(row) for row in session.execute(text(f"EXPLAIN QUERY PLAN {compiled}")))
    assert "USING INDEX ix_candidates_state_contact" in plan
    assert "TEMP B-TREE" not in plan
