"""The demo's own data: as many good, bad and doubled rows as its story needs, and nothing from the future."""

import json
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest

from rekindle.exchange.reading import Rows, open_rows
from rekindle.journey.intake.classify import ClassifyPolicy, Kind, classify
from rekindle.resources import shipped
from tests.exchange.samples import TODAY, bad, good, said

FOLDER = shipped("config") / "demo"
NOBODY = ("example.org", ".example")


@pytest.fixture(scope="module")
def first() -> Rows:
    return open_rows(FOLDER / "candidates.jsonl", today=TODAY)


@pytest.fixture(scope="module")
def second() -> Rows:
    return open_rows(FOLDER / "more-candidates.csv", date_order="dmy", today=TODAY)


def test_the_bad_rows_are_the_ones_meant(first: Rows, second: Rows) -> None:
    assert [(row.line, row.problems[0].column) for row in bad(first)] == [
        (19, "applications[0].decided_on"),
        (32, "applications[0].decided_on"),
        (46, "email"),
        (67, "line"),
    ]
    assert "a day that exists" in said(bad(first)[0])
    assert "could be two days" in said(bad(first)[1])
    assert "is the file cut?" in said(bad(first)[3])
    assert [(row.line, row.problems[0].column) for row in bad(second)] == [(22, "Outcome"), (23, "Decided On")]


def test_every_kind_of_person_is_among_them(first: Rows, second: Rows) -> None:
    policy = ClassifyPolicy()
    assert Counter(classify(record, policy).kind for record in good(first) + good(second)) == {
        Kind.RUNNER_UP: 68,
        Kind.NOT_RUNNER_UP: 5,
        Kind.WITHDREW: 5,
        Kind.HIRED: 3,
        Kind.STILL_OPEN: 2,
        Kind.OFF_LIMITS: 1,
    }


def test_some_people_stand_there_twice(first: Rows, second: Rows) -> None:
    ids = Counter(record.source_id for record in good(first))
    assert [name for name, count in ids.items() if count > 1] == ["c-1010"]
    known = {record.email.casefold() for record in good(first)}
    assert sum(record.email.casefold() in known for record in good(second)) == 3
    assert len(known | {record.email.casefold() for record in good(second)}) == 80


def test_consent_grades_and_days_are_as_varied_as_in_life(first: Rows, second: Rows) -> None:
    people = good(first) + good(second)
    assert {person.consent.basis for person in people} == {"consent", "legitimate-interest", "unknown"}
    assert any(person.consent.until and person.consent.until < TODAY for person in people)
    applications = [application for person in people for application in person.applications]
    assert {application.rejection for application in applications} == {"personal", "generic", "none", None}
    assert {application.reason.sayable for application in applications if application.reason} == {True, False}
    cooling = [a for a in applications if a.outcome == "rejected" and a.decided_on and (TODAY - a.decided_on).days < 30]
    assert len(cooling) == 3
    assert len({person.timezone for person in people}) > 40


def test_nobody_and_nothing_in_it_is_real(first: Rows, second: Rows) -> None:
    for person in good(first) + good(second):
        assert person.email.casefold().endswith("@example.org")
        assert person.recruiter is None or person.recruiter.endswith("@acme.example")
        assert person.linkedin is None or (urlsplit(person.linkedin).hostname or "").endswith(NOBODY)


def test_the_csv_is_read_but_for_one_column(second: Rows) -> None:
    assert (second.form, second.unread) == ("csv", ("Phone",))


def test_the_content_fits_the_people(first: Rows, second: Rows) -> None:
    items = [json.loads(line) for line in (FOLDER / "content.jsonl").read_text(encoding="utf-8").splitlines()]
    assert 10 <= len(items) <= 14
    assert len({item["url"] for item in items}) == len(items)
    assert all(item["url"].startswith("https://blog.acme.example/") for item in items)
    assert all(date.fromisoformat(item["published_on"]) <= TODAY for item in items)
    families = {family for item in items for family in item["families"]}
    wanted = {a.family for person in good(first) + good(second) for a in person.applications}
    # So that the demo has people for whom nothing in the edition is relevant.
    assert wanted - families == {"sales"}
    assert Counter(item["language"] for item in items)["de"] == 2
