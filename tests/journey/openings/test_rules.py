from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from tests.journey.openings.stage import RULES


@pytest.mark.parametrize(
    ("today", "months", "since"),
    [
        (date(2026, 10, 13), 12, date(2025, 10, 13)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 10, 13), 0, date(2026, 10, 13)),
        (date(2026, 12, 31), 120, date(2016, 12, 31)),
    ],
)
def test_months_are_those_of_the_calendar(today: date, months: int, since: date) -> None:
    assert replace(RULES, recycle_months=months).recycled_since(today) == since


@given(st.dates(date(1, 1, 1), date(9999, 12, 1)), st.integers(0, 120))
def test_a_span_of_months_never_fails_nor_reaches_into_the_future(today: date, months: int) -> None:
    assert replace(RULES, recycle_months=months).recycled_since(today) <= today or today.year < 11


def test_recently_is_counted_in_whole_days_of_time() -> None:
    assert RULES.recently_since(NOW) == NOW - timedelta(days=90)
