"""Somebody decides in a colleague's place: for which days, who may, and which word holds."""

from datetime import date, timedelta

import pytest

from rekindle.errors import BadInput
from rekindle.journey.approvals import delegating
from rekindle.store.delegations import Delegation, delegate_of
from rekindle.store.engine import Store
from tests.cast import NOW

ANN, BEN, CLEO = "ann@acme.example", "ben@acme.example", "cleo@acme.example"
TODAY, DAY = NOW.date(), timedelta(days=1)


def delegate(
    store: Store, person: str = ANN, to: str = BEN, since: date = TODAY, until: date = TODAY + 7 * DAY
) -> Delegation:
    with store.writing() as session:
        team = (ANN, BEN, CLEO)
        return delegating.delegate(session, person, to, since=since, until=until, team=team, now=NOW)


def listed(store: Store, today: date = TODAY) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(row.person, row.delegate) for row in delegating.delegations(session, today)]


def test_a_colleague_decides_from_the_first_day_to_the_last(store: Store) -> None:
    row = delegate(store)
    assert (row.person, row.delegate, row.since, row.until) == (ANN, BEN, TODAY, TODAY + 7 * DAY)
    with store.reading() as session:
        days = [TODAY - DAY, TODAY, TODAY + 7 * DAY, TODAY + 8 * DAY]
        assert [delegate_of(session, ANN, day) for day in days] == [None, BEN, BEN, None]


def test_one_day_is_enough(store: Store) -> None:
    assert delegate(store, until=TODAY).until == TODAY


def test_what_began_before_may_be_written_down_while_it_lasts(store: Store) -> None:
    assert delegate(store, since=TODAY - 5 * DAY).since == TODAY - 5 * DAY


def test_a_later_word_wins(store: Store) -> None:
    delegate(store, until=TODAY + 30 * DAY)
    delegate(store, to=CLEO, until=TODAY + DAY)
    with store.reading() as session:
        assert delegate_of(session, ANN, TODAY) == CLEO
        assert delegate_of(session, ANN, TODAY + 2 * DAY) == BEN, "and when it is over the earlier one holds again"


@pytest.mark.parametrize("to", ["eve@example.org", "gone@acme.example", ""])
def test_a_stranger_or_who_has_left_does_not_decide(store: Store, to: str) -> None:
    with pytest.raises(BadInput, match=r"is not one of the people in policy\.toml, or has left"):
        delegate(store, to=to)


def test_nobody_stands_in_for_themselves(store: Store) -> None:
    with pytest.raises(BadInput, match="name a colleague"):
        delegate(store, to=ANN)


@pytest.mark.parametrize(
    ("since", "until"), [(TODAY, TODAY - DAY), (TODAY + 3 * DAY, TODAY + DAY), (TODAY - 9 * DAY, TODAY - DAY)]
)
def test_days_that_are_over_or_turned_around_are_refused(store: Store, since: date, until: date) -> None:
    with pytest.raises(BadInput, match="say from when to when"):
        delegate(store, since=since, until=until)
    assert listed(store, date.min) == []


def test_those_that_hold_today_or_later_are_listed_soonest_first(store: Store) -> None:
    delegate(store, since=TODAY + 5 * DAY)
    delegate(store, person=BEN, to=CLEO, until=TODAY)
    assert listed(store) == [(BEN, CLEO), (ANN, BEN)]
    assert listed(store, TODAY + DAY) == [(ANN, BEN)]
    assert listed(store, TODAY + 8 * DAY) == []
