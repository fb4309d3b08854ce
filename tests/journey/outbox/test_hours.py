from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest

from rekindle.journey.outbox.hours import Hours, shut
from rekindle.store.candidates import Candidate

WORKDAYS = Hours(time(8), time(19), frozenset(range(5)), holidays=True, country="DE", zone="Europe/Berlin")
LATE = "it is late where the candidate lives"
WEEKEND = "it is a day without mail where the candidate lives"
HOLIDAY = "it is a public holiday where the candidate lives"


def reader(**columns: Any) -> Candidate:
    return Candidate(**{"timezone": "Europe/Berlin", **columns})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("now", ["2026-10-13T06:00", "2026-10-13T16:59"])
def test_mail_goes_on_a_working_day_from_eight_to_seven(now: str) -> None:
    assert shut(WORKDAYS, reader(), at(now)) is None


@pytest.mark.parametrize(
    ("now", "until", "why"),
    [
        ("2026-10-13T05:59", "2026-10-13T06:00", LATE),
        ("2026-10-13T17:00", "2026-10-14T06:00", LATE),
        ("2026-10-16T20:00", "2026-10-19T06:00", LATE),
        ("2026-10-17T10:00", "2026-10-19T06:00", WEEKEND),
        # Christmas Eve is a working day; then two holidays, of which one is a Saturday.
        ("2026-12-25T10:00", "2026-12-28T07:00", HOLIDAY),
    ],
)
def test_outside_of_it_it_waits_for_the_next_opening(now: str, until: str, why: str) -> None:
    closed = shut(WORKDAYS, reader(), at(now))
    assert closed is not None
    assert (closed.until, closed.why) == (at(until), why)


def test_the_clock_is_the_readers_own() -> None:
    now = at("2026-10-13T13:00")
    assert shut(WORKDAYS, reader(timezone="America/New_York"), now) is None
    tokyo = shut(WORKDAYS, reader(timezone="Asia/Tokyo"), now)
    assert tokyo is not None
    assert tokyo.until == at("2026-10-13T23:00")


def test_the_country_follows_from_the_record_then_from_the_zone_then_from_the_policy() -> None:
    # 26 October 2026 is a holiday in Austria and New Zealand, and a Monday like any other in Germany.
    monday = at("2026-10-26T10:00")
    assert shut(WORKDAYS, reader(), monday) is None
    assert shut(WORKDAYS, reader(country="AT"), monday) is not None
    assert shut(WORKDAYS, reader(timezone="Europe/Vienna"), monday) is not None
    assert shut(WORKDAYS, reader(timezone="Europe/Vienna", country="DE"), monday) is None
    assert shut(replace(WORKDAYS, country="AT"), reader(timezone=None), monday) is not None


def test_holidays_can_be_ignored_and_a_country_without_a_calendar_has_none() -> None:
    christmas = at("2026-12-25T10:00")
    assert shut(replace(WORKDAYS, holidays=False), reader(), christmas) is None
    assert shut(WORKDAYS, reader(country="ZZ"), christmas) is None


def test_a_zone_nobody_knows_is_read_as_the_policys() -> None:
    assert shut(WORKDAYS, reader(timezone="Mars/Olympus_Mons"), at("2026-10-13T06:00")) is None


def test_an_opening_that_summer_time_skips_is_when_it_is_over() -> None:
    # In Berlin the clock went from two to three on Sunday, 28 March 2027.
    sundays = replace(WORKDAYS, since=time(2, 30), days=frozenset({6}), holidays=False)
    closed = shut(sundays, reader(), at("2027-03-27T10:00"))
    assert closed is not None
    assert closed.until == at("2027-03-28T01:30")
    assert shut(sundays, reader(), closed.until) is None


def test_the_hour_that_comes_twice_is_no_trap() -> None:
    sundays = replace(WORKDAYS, since=time(2, 30), days=frozenset({6}), holidays=False)
    closed = shut(sundays, reader(), at("2026-10-24T10:00"))
    assert closed is not None
    assert shut(sundays, reader(), closed.until) is None


def test_midnight_as_an_end_is_the_end_of_the_day() -> None:
    always = Hours(time(0), time(0), frozenset(range(7)), holidays=False, country="DE", zone="Europe/Berlin")
    assert shut(always, reader(), at("2026-10-13T21:59")) is None
    assert shut(always, reader(), at("2026-10-13T22:00")) is None
