"""Somebody leaves and a colleague takes over: said once or twice, taken back, never in a circle."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, LostRace, NotFound
from rekindle.journey.letters.standards import Colleague
from rekindle.journey.people.leaving import departures, leave, stay
from rekindle.journey.people.team import as_it_is
from rekindle.store.departures import departed
from rekindle.store.engine import Store
from tests.cast import NOW
from tests.racing import while_uncommitted

ANN, BEN, CLEO, ZOE = (f"{name}@acme.example" for name in ("ann", "ben", "cleo", "zoe"))
DAY, LATER = date(2026, 10, 13), date(2026, 11, 1)
TEAM = {
    ANN: Colleague("Ann Lee"),
    BEN: Colleague("Ben Okafor"),
    CLEO: Colleague("Cleo Martin"),
    ZOE: Colleague("Zoe Adler", successor=BEN),
}


def goes(session: Session, person: str, to: str, on: date = DAY) -> bool:
    team = as_it_is(TEAM, departed(session, DAY))
    return leave(session, person, to, on=on, team=team, by=CLEO, now=NOW)


def go(store: Store, person: str, to: str, on: date = DAY) -> bool:
    with store.writing() as session:
        return goes(session, person, to, on)


def gone(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(row.person, row.successor) for row in departures(session)]


def test_it_is_on_record_and_saying_it_twice_does_no_harm(store: Store) -> None:
    assert [go(store, ANN, BEN), go(store, ANN, BEN)] == [True, False]
    assert gone(store) == [(ANN, BEN)]


def test_whoever_took_over_may_leave_as_well(store: Store) -> None:
    go(store, ANN, BEN)
    go(store, BEN, CLEO)
    assert gone(store) == [(ANN, BEN), (BEN, CLEO)]


@pytest.mark.parametrize(
    ("person", "to", "why"),
    [
        (BEN, ANN, "ann@acme.example has left as well: name somebody who is here"),
        (BEN, BEN, "hands over to ben@acme.example in the end"),
        (ANN, CLEO, "has left already, to ben@acme.example: take that back first"),
        (ZOE, CLEO, "has left already, to ben@acme.example"),
        (BEN, ZOE, "zoe@acme.example has left as well"),
    ],
)
def test_a_successor_has_to_be_here(store: Store, person: str, to: str, why: str) -> None:
    go(store, ANN, BEN)
    with pytest.raises(BadInput, match=why):
        go(store, person, to)


def test_a_circle_that_would_close_next_month_is_refused(store: Store) -> None:
    go(store, ANN, BEN, LATER)
    with pytest.raises(BadInput, match=r"hands over to ben@acme\.example in the end"):
        go(store, BEN, ANN)


@pytest.mark.parametrize(("person", "to"), [("nobody@acme.example", BEN), (ANN, "nobody@acme.example")])
def test_both_have_to_be_of_the_team(sqlite_store: Store, person: str, to: str) -> None:
    with pytest.raises(NotFound, match=r"nobody@acme.example is not one of \[people\]"):
        go(sqlite_store, person, to)


def test_who_the_settings_call_gone_already_is_no_news(sqlite_store: Store) -> None:
    assert not go(sqlite_store, ZOE, BEN)


def test_it_can_be_taken_back_once(store: Store) -> None:
    go(store, ANN, BEN)
    with store.writing() as session:
        stay(session, ANN)
    assert gone(store) == []
    with (
        pytest.raises(BadInput, match=r"nobody has recorded that ann@acme\.example leaves"),
        store.writing() as session,
    ):
        stay(session, ANN)


def test_of_two_who_say_it_at_once_one_is_told(store: Store) -> None:
    late = while_uncommitted(store, lambda session: goes(session, ANN, BEN), lambda session: goes(session, ANN, BEN))
    # SQLite lets the second one see what the first has said.
    assert late is False or isinstance(late, LostRace)
    assert gone(store) == [(ANN, BEN)]


def test_the_team_is_what_the_settings_say_and_who_has_left_since() -> None:
    team = as_it_is(TEAM, ((ANN, BEN), (ZOE, CLEO), ("nobody@acme.example", BEN)))
    assert team == {**TEAM, ANN: replace(TEAM[ANN], successor=BEN)}, "where both speak, the settings do"
