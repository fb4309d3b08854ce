"""`rekindle forecast`: for a person at a terminal, for a program, and as a page."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from tests.cast import anne, bert, news, stored
from tests.cli.calling import Command

NOBODY = "Nobody would receive anything."


@pytest.fixture
def people(store: Store) -> dict[str, Candidate]:
    """Anne gets the update, Bert has stopped, Fay wants no news."""
    with store.writing() as session:
        for number in range(1, 4):
            news(session, number)
        return {"anne": anne(session), "bert": bert(session), "fay": stored(session, "Fay", wants_updates=False)}


def foretold(command: Command, *args: object) -> dict[str, Any]:
    told = command("forecast", "--json", *args)
    assert (told.code, told.err) == (0, "")
    found: dict[str, Any] = json.loads(told.out)
    return found


def test_it_says_who_receives_what_and_when_and_why(command: Command, people: dict[str, Candidate]) -> None:
    told = command("forecast")
    assert told.code == 0
    assert "c-1" in told.out
    assert "quarterly-update" in told.out
    assert "it is about roadmaps" in " ".join(told.out.split())
    assert people["anne"].given_name not in told.out


def test_it_says_of_everybody_else_why_not(command: Command, people: dict[str, Candidate]) -> None:
    lines = {each["candidate"]: each["why_not"] for each in foretold(command)["candidates"]}
    assert lines["c-1"] == []
    assert lines["c-2"] == [{"code": "is_contactable", "reason": "the candidate asked us to stop"}]
    assert [why["code"] for why in lines["c-3"]] == ["wants_updates", "facts_missing"]
    assert len(lines) == len(people)


def test_it_stores_and_sends_nothing(command: Command, store: Store, people: dict[str, Candidate]) -> None:
    assert command("forecast").code == 0
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 0
        assert session.scalar(select(func.count()).select_from(Candidate)) == len(people)


def test_one_person_can_be_asked_about(command: Command, people: dict[str, Candidate]) -> None:
    told = command("forecast", "--candidate", people["bert"].email)
    assert told.code == 0
    assert "c-2: the candidate asked us to stop." in told.out
    assert "c-1" not in told.out


@pytest.mark.usefixtures("people")
def test_another_setting_changes_the_outlook_and_nothing_else(command: Command) -> None:
    told = foretold(command, "--set", "budget.max_per_year=0")
    assert told["after"] == {}
    assert [change["candidate"] for change in told["changes"]] == ["c-1"]
    assert told["changes"][0]["gains"] == []
    assert foretold(command)["by_programme"] == told["before"]


@pytest.mark.usefixtures("people")
def test_a_difference_is_told_to_people_too(command: Command) -> None:
    told = command("forecast", "--set", "budget.max_per_year=0")
    assert told.code == 0
    assert "With budget.max_per_year=0" in told.out
    assert "falls away" in told.out


@pytest.mark.parametrize("change", ["budget", "budget.min_days", "=3", "min_days=3"])
def test_what_sets_nothing_is_refused_with_an_example(command: Command, change: str) -> None:
    told = command("forecast", "--set", change)
    assert told.code == 2
    assert "write it like budget.min_days=30" in told.err


def test_a_setting_that_does_not_exist_is_refused(command: Command) -> None:
    told = command("forecast", "--set", "budget.min_dais=3")
    assert told.code != 0
    assert "REKINDLE_BUDGET_MIN_DAIS is not a setting" in told.err


def test_the_page_holds_a_calendar_and_no_name(command: Command, people: dict[str, Candidate], folder: Path) -> None:
    told = command("forecast", "--html", folder / "next.html")
    assert told.code == 0
    page = (folder / "next.html").read_text(encoding="utf-8")
    assert "October 2026" in page
    assert "Tuesday, 13 October 2026" in page
    assert "the candidate asked us to stop" in page
    assert people["anne"].given_name not in page
    assert "http" not in page.replace("http-equiv", "")


def test_with_nobody_stored_it_says_so(command: Command) -> None:
    assert NOBODY in command("forecast").out


@pytest.mark.usefixtures("people")
def test_a_page_that_cannot_be_written_is_an_error_that_says_so(command: Command, folder: Path) -> None:
    told = command("forecast", "--html", folder / "nowhere" / "next.html")
    assert told.code == 2
    assert "cannot be written" in told.err
