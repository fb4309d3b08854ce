"""When the quarterly update is due: the second Tuesday, 10:00 where the team is, whatever the clocks do there."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.journey.bulk.periods import cron, daily, is_period, label_of, latest, name_of

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class When:
    months: tuple[int, ...] = (1, 4, 7, 10)
    week: int = 2
    weekday: str = "tuesday"
    at: time = time(10, 0)
    zone: ZoneInfo = BERLIN


SECOND_TUESDAY = When()
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WHENS = st.builds(
    When,
    st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True).map(tuple),
    st.integers(1, 4),
    st.sampled_from(WEEKDAYS),
    st.times(time(9), time(17)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"]).map(ZoneInfo),
)
INSTANTS = st.integers(0, 20 * 366 * 24 * 60).map(lambda m: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=m))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 9, 30), "2026-Q3"),
        (date(2026, 10, 13), "2026-Q4"),
        (date(2026, 12, 31), "2026-Q4"),
    ],
)
def test_a_day_lies_in_a_quarter(day: date, name: str) -> None:
    assert name_of(day) == name


@pytest.mark.parametrize("name", ["2026-Q1", "2026-Q4", "9999-Q2"])
def test_a_quarter_is_told_from_what_is_none(name: str) -> None:
    assert is_period(name)
    assert not any(map(is_period, (name.lower(), f" {name}", f"{name}\n", f"{name}1", name.replace("Q", "Q0"), "")))


def test_a_period_is_said_as_people_write_it() -> None:
    assert label_of("2026-Q4") == "Q4 2026"


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2024, ["01-09T09", "04-09T08", "07-09T08", "10-08T08"]),
        (2026, ["01-13T09", "04-14T08", "07-14T08", "10-13T08"]),
        # These four are what Prefect made of our cron line.
        (2027, ["01-12T09", "04-13T08", "07-13T08", "10-12T08"]),
    ],
)
def test_the_second_tuesday_of_a_quarter_keeps_its_hour_in_summer(year: int, days: list[str]) -> None:
    expected = [datetime.fromisoformat(f"{year}-{day}:00+00:00") for day in days]
    eves = [datetime(year, month, 28, tzinfo=UTC) for month in SECOND_TUESDAY.months]
    assert [latest(SECOND_TUESDAY, eve) for eve in eves] == expected


def test_it_is_due_at_the_minute_and_not_before() -> None:
    due = datetime(2026, 10, 13, 8, 0, tzinfo=UTC)
    assert latest(SECOND_TUESDAY, due) == due
    assert latest(SECOND_TUESDAY, due - timedelta(seconds=1)) == datetime(2026, 7, 14, 8, 0, tzinfo=UTC)


def test_early_in_the_year_the_newest_is_last_years() -> None:
    before = datetime(2027, 1, 12, 8, 59, tzinfo=UTC)
    assert latest(SECOND_TUESDAY, before) == datetime(2026, 10, 12, 8, 0, tzinfo=UTC) + timedelta(days=1)


def test_once_a_year_reaches_back_a_whole_year() -> None:
    yearly = replace(SECOND_TUESDAY, months=(10,))
    assert latest(yearly, datetime(2027, 10, 1, tzinfo=UTC)) == datetime(2026, 10, 13, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("America/New_York", "2026-10-13T14:00+00:00"),
        ("Pacific/Auckland", "2026-10-12T21:00+00:00"),
        ("Asia/Kolkata", "2026-10-13T04:30+00:00"),
    ],
)
def test_ten_oclock_is_where_the_team_is(zone: str, utc: str) -> None:
    there = replace(SECOND_TUESDAY, zone=ZoneInfo(zone))
    assert latest(there, datetime(2026, 10, 20, tzinfo=UTC)) == datetime.fromisoformat(utc)


def test_the_year_begins_where_the_team_is() -> None:
    first_thursday = replace(SECOND_TUESDAY, months=(1,), week=1, weekday="thursday", zone=ZoneInfo("Pacific/Auckland"))
    # Thursday, 1 January 2026, 10:00 in Auckland, when UTC still has the old year.
    assert latest(first_thursday, datetime(2025, 12, 31, 22, 0, tzinfo=UTC)) == datetime(
        2025, 12, 31, 21, 0, tzinfo=UTC
    )


def test_the_schedule_is_written_as_prefect_understood_it() -> None:
    assert cron(SECOND_TUESDAY) == "0 10 * 1,4,7,10 TUE#2"
    assert cron(When((10, 1), 1, "thursday", time(16, 30))) == "30 16 * 1,10 THU#1"
    assert daily(time(8, 5)) == "5 8 * * *"


@given(WHENS, INSTANTS)
def test_the_newest_instant_is_on_the_right_day_at_the_right_hour(when: When, now: datetime) -> None:
    found = latest(when, now)
    assert found <= now
    assert found.tzinfo is UTC
    there = found.astimezone(when.zone)
    assert there.month in when.months
    assert WEEKDAYS[there.weekday()] == when.weekday
    assert (there.day - 1) // 7 + 1 == when.week
    assert there.time() == when.at


@given(WHENS, INSTANTS)
def test_there_is_none_between_it_and_now(when: When, now: datetime) -> None:
    found = latest(when, now)
    assert latest(when, found) == found
    assert latest(when, found - timedelta(microseconds=1)) < found
    assert latest(when, now + timedelta(days=1)) in {found, latest(when, now + timedelta(days=1))}
    assert now - found < timedelta(days=366 + 7)
