"""Maintained, lapsing, cold: the rule, its other side, and that both say the same of every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.journey.warming.readiness import Evidence, Interval, Readiness, contact_days, readiness, warmth

TODAY = date(2026, 10, 13)
TEAM = Interval(120, 180)
CALL = Evidence(TODAY - timedelta(days=130), "call out", "t-4")

days = st.integers(min_value=1, max_value=1000)
intervals = st.tuples(days, days).map(lambda pair: Interval(min(pair), max(pair)))


@pytest.mark.parametrize(
    ("quiet", "how"),
    [
        (0, Readiness.MAINTAINED),
        (120, Readiness.MAINTAINED),
        (121, Readiness.LAPSING),
        (180, Readiness.LAPSING),
        (181, Readiness.COLD),
    ],
)
def test_how_warm_somebody_is_follows_from_the_days_of_silence(quiet: int, how: Readiness) -> None:
    assert readiness(TODAY - timedelta(days=quiet), TEAM, TODAY) is how


def test_who_was_never_in_touch_is_cold() -> None:
    assert readiness(None, TEAM, TODAY) is Readiness.COLD
    assert warmth(None, TEAM, TODAY).reason == "no contact is on record"


@pytest.mark.parametrize(
    ("own", "interval"),
    [
        ((None, None), TEAM),
        ((30, None), Interval(30, 180)),
        ((None, 365), Interval(120, 365)),
        ((None, 60), Interval(60, 60)),
        ((400, None), Interval(400, 400)),
        ((200, 100), Interval(100, 100)),
    ],
)
def test_a_persons_own_interval_wins(own: tuple[int | None, int | None], interval: Interval) -> None:
    assert TEAM.with_own(*own) == interval


def test_it_says_on_what_it_rests_and_when_it_changes() -> None:
    known = warmth(CALL, TEAM, TODAY)
    assert (known.readiness, known.lapses_on, known.cold_on) == (
        Readiness.LAPSING,
        date(2026, 10, 4),
        date(2026, 12, 3),
    )
    assert known.reason == "last contact: call out on 2026-06-05 (t-4); cold from 2026-12-03 on"
    assert warmth(CALL, TEAM, date(2026, 12, 3)).reason.endswith("; cold since 2026-12-03")


@given(interval=intervals, quiet=st.integers(min_value=0, max_value=2000))
def test_the_days_it_says_are_those_on_which_it_changes(interval: Interval, quiet: int) -> None:
    evidence = Evidence(TODAY - timedelta(days=quiet), "call out", "t-1")
    known = warmth(evidence, interval, TODAY)
    assert known.lapses_on is not None
    assert known.cold_on is not None
    assert (known.readiness is Readiness.MAINTAINED) == (known.lapses_on > TODAY)
    assert (known.readiness is Readiness.COLD) == (known.cold_on <= TODAY)


@given(interval=intervals, quiet=st.integers(min_value=0, max_value=2000))
def test_what_a_database_is_asked_is_the_same_rule(interval: Interval, quiet: int) -> None:
    on = TODAY - timedelta(days=quiet)
    asked = []
    for each in Readiness:
        first, last = contact_days(each, interval, TODAY)
        if (first or date.min) <= on <= (last or date.max):
            asked.append(each)
    assert asked == [readiness(on, interval, TODAY)]
