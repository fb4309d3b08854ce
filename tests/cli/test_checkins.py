"""Check-ins from the command line: who is due and why not, a draft, somebody's own rhythm, a dry run."""

import json

import pytest

from rekindle.store.candidates import Candidate
from rekindle.wiring import Rekindle
from tests.cli.calling import Command
from tests.journey.letters import stage

ANN = ("--as", "ann@acme.example")


@pytest.fixture(autouse=True)
def people(rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        stage.sarah(session)
        stage.sarah(session, "Bert", wants_updates=False, wants_events=False)


def test_who_is_due_is_listed_with_what_becomes_of_them(command: Command) -> None:
    told = command("checkins", "due")
    assert told.code == 0, told.err
    assert "drafted today" in told.out
    assert "does not want" in " ".join(told.out.split())
    found = json.loads(command("checkins", "due", "--json").out)
    assert [(line["candidate"], line["today"], line["code"]) for line in found] == [
        ("c-1", True, None),
        ("c-2", False, "wants_words_between"),
    ]
    assert (found[0]["last_contact_on"], found[0]["due_on"], found[0]["late"]) == ("2026-05-02", "2026-08-30", False)


def test_a_long_list_is_cut_and_says_so_and_can_be_of_one_person(command: Command) -> None:
    assert "--limit shows more" in command("checkins", "due", "--limit", "1").out
    assert "Nobody is due" in command("checkins", "due", "--of", "ben@acme.example").out


def test_a_dry_run_of_the_flow_says_the_same_and_stores_nothing(command: Command) -> None:
    told = command("run", "check-ins", "--dry-run")
    assert (told.code, "drafted today" in told.out) == (0, True)
    assert json.loads(command("letters", "list", "--json").out) == []


def test_a_draft_is_shown_and_put_to_whoever_knew_them_when_told_to(command: Command) -> None:
    told = command("checkins", "draft", "c-1")
    assert told.code == 0, told.err
    assert "Nothing speaks against it." in told.out
    assert json.loads(command("letters", "list", "--json").out) == []
    asked = command("checkins", "draft", "c-1", "--ask")
    assert "approval 1 waits for ann@acme.example" in asked.out
    again = command("checkins", "draft", "c-1", "--ask")
    assert (again.code, "has a check-in letter already" in again.err) == (1, True)


def test_who_does_not_want_one_is_not_asked_about(command: Command) -> None:
    told = command("checkins", "draft", "c-2", "--ask")
    assert (told.code, "does not want to hear from us" in told.err) == (1, True)


def test_somebodys_own_rhythm_is_kept_and_taken_away(command: Command, rekindle: Rekindle) -> None:
    assert "due 120 days after" in command("candidates", "rhythm", "c-1").out
    told = command("candidates", "rhythm", "c-1", "--days", "200", "--most", "250")
    assert "due 200 days after the last personal contact, at most 250" in told.out
    assert [line["candidate"] for line in json.loads(command("checkins", "due", "--json").out)] == ["c-2"]
    assert "at most 180" in command("candidates", "rhythm", "c-1", "--default").out
    with rekindle.store.reading() as session:
        person = session.get_one(Candidate, 1)
        assert (person.check_in_days, person.check_in_most_days) == (None, None)


@pytest.mark.parametrize(
    "given", [("--days", "10"), ("--days", "200", "--most", "100"), ("--most", "2000"), ("--days", "40", "--default")]
)
def test_days_that_are_no_rhythm_are_bad_input(command: Command, given: tuple[str, ...]) -> None:
    told = command("candidates", "rhythm", "c-1", *given)
    assert told.code == 2
    assert "days" in told.err


def test_a_check_in_of_ones_own_is_checked_by_its_own_rules(command: Command, tmp_path: object) -> None:
    from pathlib import Path  # noqa: PLC0415

    file = Path(str(tmp_path)) / "hello.txt"
    file.write_text(
        "Hi Sarah,\n\nwe spoke last spring, and I hope you are well. We are hiring again, by the way. "
        "How are things with you?\n\nAnn Lee",
        encoding="utf-8",
    )
    told = json.loads(command("check", file, "--candidate", "c-1", "--occasion", "check-in").out)
    assert {finding["rule"] for finding in told["findings"]} == {"pitches-nothing"}
