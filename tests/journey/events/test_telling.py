"""When something is, as people read it: in the event's zone, and in the reader's where clocks differ."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rekindle.journey.events.telling import day, when, when_there

EVENING = datetime(2026, 11, 5, 17, 30, tzinfo=UTC)
BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("lasts", "zone", "told"),
    [
        (150, BERLIN, "Thursday 5 November 2026, 18:30 to 21:00 (Berlin time, UTC+1)"),
        (150, "UTC", "Thursday 5 November 2026, 17:30 to 20:00 (UTC)"),
        (
            150,
            "Asia/Kolkata",
            "Thursday 5 November 2026, 23:00, to Friday 6 November 2026, 01:30 (Kolkata time, UTC+5:30)",
        ),
        (150, "America/St_Johns", "Thursday 5 November 2026, 14:00 to 16:30 (St Johns time, UTC-3:30)"),
        (
            24 * 60,
            "America/New_York",
            "Thursday 5 November 2026, 12:30, to Friday 6 November 2026, 12:30 (New York time, UTC-5)",
        ),
    ],
)
def test_a_time_is_told_with_its_day_and_its_zone(lasts: int, zone: str, told: str) -> None:
    assert when(EVENING, EVENING + timedelta(minutes=lasts), zone) == told


def test_where_clocks_change_in_between_each_end_says_which_time_it_means() -> None:
    starts, ends = datetime(2026, 10, 24, 21, tzinfo=UTC), datetime(2026, 10, 25, 3, tzinfo=UTC)
    assert when(starts, ends, BERLIN) == (
        "Saturday 24 October 2026, 23:00 (Berlin time, UTC+2), to Sunday 25 October 2026, 04:00 (UTC+1)"
    )


@pytest.mark.parametrize(
    ("reader", "told"),
    [
        (BERLIN, None),
        ("Europe/Paris", None),
        (None, None),
        ("Mars/Olympus", None),
        ("../etc/passwd", None),
        ("Europe/London", "Thursday 5 November 2026, 17:30 to 20:00 (London time, UTC)"),
    ],
)
def test_the_reader_is_told_their_own_time_where_their_clock_differs(reader: str | None, told: str | None) -> None:
    assert when_there(EVENING, EVENING + timedelta(minutes=150), BERLIN, reader) == told


def test_in_the_weeks_between_two_changes_of_clocks_the_difference_is_another() -> None:
    # New York leaves summer time a week after Berlin.
    starts = datetime(2026, 10, 28, 17, 30, tzinfo=UTC)
    told = when_there(starts, starts + timedelta(hours=1), BERLIN, "America/New_York")
    assert told == "Wednesday 28 October 2026, 13:30 to 14:30 (New York time, UTC-4)"


def test_a_day_is_told_with_its_weekday() -> None:
    assert day(date(2028, 2, 29)) == "Tuesday 29 February 2028"
