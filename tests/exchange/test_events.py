"""The file of an event: read to the last field, or everything that is wrong with it at once."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekindle.errors import BadInput
from rekindle.exchange.events import EventRecord, read_event

LOCAL = "a local time such as 2026-11-05 18:30, without an offset: `timezone` says which one"
PEOPLE = ("Ann@acme.example", "ben@acme.example")
WHOLE = '''
slug = "pricing-night"
title = "An evening about pricing"
summary = """
Three short talks.

And soup."""
starts = "2026-11-05 18:30"
ends = "2026-11-05 21:00"
timezone = "Europe/Berlin"
place = "Beispielweg 1, 10115 Berlin"
link = "https://events.acme.example/pricing-night"
language = "en"
topics = ["pricing"]
capacity = 40
answer_by = "2026-10-30"
host = "ann@acme.example"
[audience]
families = ["product"]
cities = ["Berlin", "Potsdam"]
interests = ["pricing"]
'''


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "event.toml"


def read(file: Path, text: str) -> EventRecord:
    file.write_text(text, encoding="utf-8")
    return read_event(file, PEOPLE)


def refused(file: Path, text: str) -> list[str]:
    with pytest.raises(BadInput) as error:
        read(file, text)
    first, *lines = str(error.value).splitlines()
    assert first == f"{file} is no event anybody can be invited to; nothing was stored"
    return [line.strip() for line in lines]


def without(*keys: str, text: str = WHOLE) -> str:
    return "\n".join(line for line in text.splitlines() if line.partition(" =")[0] not in keys)


def at(starts: str, ends: str, zone: str = "Europe/Berlin") -> str:
    own = f'starts = {starts}\nends = {ends}\ntimezone = "{zone}"\n'
    return own + without("starts", "ends", "timezone", "answer_by").replace(
        "[audience]", 'answer_by = "2026-01-31"\n[audience]'
    )


def test_the_file_of_the_docs_is_read_to_the_last_field(file: Path) -> None:
    assert read(file, WHOLE) == EventRecord(
        slug="pricing-night",
        title="An evening about pricing",
        summary="Three short talks.\n\nAnd soup.",
        starts_at=datetime(2026, 11, 5, 17, 30, tzinfo=UTC),
        ends_at=datetime(2026, 11, 5, 20, 0, tzinfo=UTC),
        timezone="Europe/Berlin",
        answer_by=date(2026, 10, 30),
        host="ann@acme.example",
        place="Beispielweg 1, 10115 Berlin",
        link="https://events.acme.example/pricing-night",
        language="en",
        topics=("pricing",),
        families=("product",),
        cities=("Berlin", "Potsdam"),
        interests=("pricing",),
        capacity=40,
    )


def test_what_may_be_left_out_may_be_left_out(file: Path) -> None:
    short = without("link", "language", "topics", "capacity").partition("[audience]")[0]
    record = read(file, short)
    assert (record.link, record.language, record.topics, record.capacity) == (None, "en", (), None)
    assert (record.families, record.cities, record.interests) == ((), (), ())


def test_times_of_toml_itself_are_taken_too(file: Path) -> None:
    own = at("2026-11-05T18:30:00", "2026-11-05 21:00:00").replace('answer_by = "2026-01-31"', "answer_by = 2026-01-31")
    record = read(file, own)
    assert record.starts_at == datetime(2026, 11, 5, 17, 30, tzinfo=UTC)
    assert record.answer_by == date(2026, 1, 31)


def test_everything_that_is_wrong_is_said_at_once(file: Path) -> None:
    text = """
slug = "Pricing Night"
titel = "An evening"
starts = "2026-11-05 18:30+01:00"
ends = "tonight"
timezone = "Berlin"
link = "events.acme.example"
capacity = 0
answer_by = "30.10.2026"
host = "zoe@acme.example"
"""
    assert refused(file, text) == [
        "titel: An evening; expected a known name: did you mean title?",
        "slug: Pricing Night; expected lower-case letters, digits and hyphens: director-product",
        "title: (nothing); expected what the event is called",
        "summary: (nothing); expected what awaits them, in a few sentences",
        "timezone: Berlin; expected an IANA time zone, such as Europe/Berlin",
        f"starts: 2026-11-05 18:30+01:00; expected {LOCAL}",
        f"ends: tonight; expected {LOCAL}",
        "answer_by: 30.10.2026; expected a date such as 2026-05-02; in this order it could be two days",
        "host: zoe@acme.example; expected one of [people] in policy.toml; did you mean ben@acme.example?",
        "link: events.acme.example; expected a web address beginning with https://",
        "capacity: 0; expected how many can come, a whole number; leave it out for as many as like",
    ]


@pytest.mark.parametrize(
    ("starts", "zone", "said"),
    [
        ("2026-03-29 02:30", "Europe/Berlin", "a time that exists: clocks in Europe/Berlin skip this hour"),
        ("2026-10-25 02:30", "Europe/Berlin", "a time that comes once: clocks in Europe/Berlin show it twice"),
        ("2026-11-01 01:00", "America/New_York", "a time that comes once: clocks in America/New_York show it twice"),
        # Half an hour, and a whole day that one island left out.
        ("2026-10-04 02:15", "Australia/Lord_Howe", "a time that exists: clocks in Australia/Lord_Howe skip this hour"),
        ("2011-12-30 12:00", "Pacific/Apia", "a time that exists: clocks in Pacific/Apia skip this hour"),
    ],
)
def test_a_time_that_clocks_skip_or_show_twice_is_refused(file: Path, starts: str, zone: str, said: str) -> None:
    problems = refused(file, at(f'"{starts}"', '"2027-01-01 12:00"', zone))
    assert problems[0] == f"starts: {starts}; expected {said}"


@pytest.mark.parametrize(
    ("starts", "instant"),
    [
        ("2026-03-29 01:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29 03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("2026-10-25 01:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("2026-10-25 03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_the_minutes_beside_a_change_of_clocks_are_sound(file: Path, starts: str, instant: datetime) -> None:
    assert read(file, at(f'"{starts}"', f'"{starts[:10]} 12:00"')).starts_at == instant


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2026-11-05 18:30", "2026-11-05 18:30", "ends: 2026-11-05 17:30 UTC; expected a time after it starts"),
        ("2026-11-05 18:30", "2026-11-04 21:00", "ends: 2026-11-04 20:00 UTC; expected a time after it starts"),
        ("2026-11-05 18:30", "2027-11-05 21:00", "ends: 2027-11-05 20:00 UTC; expected within 31 days of its start"),
        ("1926-11-05 18:30", "1926-11-05 21:00", "starts: 1926-11-05 18:30; expected a time that somebody will live"),
        ("2026-11-05", "2026-11-05 21:00", "starts: 2026-11-05; expected a local time such as 2026-11-05 18:30"),
        ("2026-11-31 18:30", "2026-12-01 21:00", "starts: 2026-11-31 18:30; expected a local time"),
    ],
)
def test_times_have_to_be_in_order(file: Path, starts: str, ends: str, said: str) -> None:
    assert refused(file, at(f'"{starts}"', f'"{ends}"'))[0].startswith(said)


def test_an_hour_that_is_gained_at_night_is_no_end_before_the_start(file: Path) -> None:
    record = read(file, at('"2026-10-24 23:00"', '"2026-10-25 04:00"'))
    assert (record.ends_at - record.starts_at).total_seconds() == 6 * 3600


def test_answers_end_the_day_before_at_the_latest(file: Path) -> None:
    late = WHOLE.replace('"2026-10-30"', '"2026-11-05"')
    assert refused(file, late) == ["answer_by: 2026-11-05; expected a day before the event, which is on 2026-11-05"]
    assert read(file, WHOLE.replace('"2026-10-30"', '"2026-11-04"')).answer_by == date(2026, 11, 4)


def test_guests_have_to_find_it(file: Path) -> None:
    assert read(file, without("link")).link is None
    assert read(file, without("place")).place is None
    assert refused(file, without("place", "link"))[0].startswith("place: (nothing); expected a place, or a link")


@pytest.mark.parametrize(
    "link", ["https://café.example/x", "HTTPS://acme.example", "javascript:alert(1)", "https://a b.example"]
)
def test_a_link_is_one_that_mails_can_carry(file: Path, link: str) -> None:
    assert refused(file, WHOLE.replace("https://events.acme.example/pricing-night", link))[0].startswith("link: ")


@given(text=st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_whatever_stands_in_a_file_is_read_or_refused(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", errors="replace")
    with pytest.raises(BadInput):
        read_event(file, PEOPLE)


@given(
    key=st.sampled_from(["slug", "starts", "answer_by", "capacity", "host", "topics", "audience"]),
    value=st.one_of(st.integers(), st.booleans(), st.lists(st.integers(), max_size=2), st.text(max_size=30)),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_whatever_stands_in_a_field_is_read_or_refused(file: Path, key: str, value: object) -> None:
    told = without(key).partition("[audience]")[0]
    file.write_text(f"{key} = {json.dumps(value)}\n{told}", encoding="utf-8")
    with suppress(BadInput):
        assert read_event(file, PEOPLE).host == "ann@acme.example"
