import json

import pytest

from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.suppressions import Suppression
from states.candidate import CandidateState
from states.message import MessageState
from tests.cast import anne, bert, cara, dana, stored
from tests.cli.calling import Command
from tests.journey.stage import letter_states, planned, state_of

ANN = ("--as", "ann@acme.example")


def test_an_empty_list_says_how_to_fill_it(command: Command) -> None:
    told = command("candidates", "list")
    assert (told.code, told.out) == (0, "No such candidate is stored; `rekindle import FILE` brings them in.\n")


def test_candidates_are_listed_within_80_columns(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session), dana(session)
        stored(session, "Wolfeschlegelsteinhausenbergerdorff" * 2)
    told = command("candidates", "list")
    assert "c-1" in told.out
    assert "Anne Example" in told.out
    assert "nurturing" in told.out
    assert max(map(len, told.out.splitlines())) <= 80


def test_a_listing_is_json_when_asked(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session), dana(session)
    found = json.loads(command("candidates", "list", "--recruiter", "ben@acme.example", "--json").out)
    assert [line["id"] for line in found] == ["c-2"]
    assert found[0]["decided_on"] == "2026-05-02"
    assert json.loads(command("candidates", "list", "--state", "hired", "--json").out) == []


def test_a_list_that_was_cut_says_so(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session), dana(session)
    assert command("candidates", "list", "--limit", "1").out.endswith("1 of 2: --limit shows more.\n")


@pytest.mark.parametrize("reference", ["1", "c-1", "C-1", "anne@example.org", "Anne@Example.org"])
def test_a_candidate_is_shown_by_id_or_address(reference: str, command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session)
    told = command("candidates", "show", reference)
    assert told.code == 0
    assert "May be mailed now." in told.out
    assert "Senior Product Manager, senior, Consumer: finalist" in " ".join(told.out.split())


def test_why_somebody_may_not_be_mailed_is_shown(command: Command, store: Store) -> None:
    with store.writing() as session:
        bert(session), cara(session)
    assert "the candidate asked us to stop" in command("candidates", "show", "bert@example.org").out
    found = json.loads(command("candidates", "show", "cara@example.org", "--json").out)
    assert found["no_mail_because"] == ["mail to the candidate's address came back"]
    assert found["timeline"][0]["kind"] == "applied"


def test_what_a_note_may_be_used_for_is_marked(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session)
    command("candidates", "note", "c-1", "--text", "clear [bold]thinker[/]", "--kind", "strength", "--sayable")
    command("candidates", "note", "c-1", "--text", "was tired", "--kind", "internal")
    rows = command("candidates", "show", "c-1").out.splitlines()
    assert next(row for row in rows if "clear" in row).rstrip().endswith("sayable")
    assert "[bold]thinker[/]" in next(row for row in rows if "clear" in row)
    assert next(row for row in rows if "was tired" in row).rstrip().endswith("not sayable")


@pytest.mark.parametrize("reference", ["c-404", "nobody@example.org", "", "c-", "' OR 1=1 --", "9" * 400])
def test_who_is_not_stored_is_not_found(reference: str, command: Command) -> None:
    told = command("candidates", "show", reference)
    assert told.code == 2
    assert told.err.startswith("error: no candidate")
    assert "nobody@example.org" not in told.err


def test_a_touch_is_recorded_once(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session)
    call = ("candidates", "touch", "c-1", "--on", "2026-10-01", "--channel", "call", "--summary", "her plans")
    assert command(*call).out == "c-1: call out on 2026-10-01 recorded\n"
    assert command(*call).out == "c-1: call out on 2026-10-01 was on record already\n"


def test_a_note_that_is_none_is_refused(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session)
    told = command("candidates", "note", "c-1", "--text", "x", "--sayable")
    assert (told.code, told.err) == (2, "error: sayable: true; expected false: an internal note is never said\n")


def test_a_move_that_needs_no_approval_is_made(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session)
    told = command("candidates", "move", "c-1", "decline", *ANN, "--reason", "took another job")
    assert (told.code, told.out) == (0, "c-1 is declined now\n")


def test_a_move_that_waits_names_the_approval(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session)
    wish = ("candidates", "move", "c-1", "interview", *ANN, "--reason", "said yes", "--evidence", "her mail")
    assert command(*wish).out == "c-1: interview waits for approval 1; `rekindle approvals approve 1`\n"
    with store.reading() as session:
        asked = session.get_one(Approval, 1)
    assert asked.evidence["facts"] == {"candidate_said_yes": True}
    assert state_of(store, 1) is CandidateState.NURTURING


def test_a_refused_move_names_every_reason(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session)
    told = command("candidates", "move", "c-1", "hire", *ANN, "--reason", "is great")
    assert told.code == 1
    assert "the candidate is nurturing: from there only" in told.err


def test_only_people_of_the_team_move_anybody(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session)
    told = command("candidates", "move", "c-1", "decline", "--as", "eve@acme.example", "--reason", "x")
    assert told.code == 1
    assert "is not one of the people" in told.err
    assert state_of(store, 1) is CandidateState.NURTURING


def test_who_is_typing_may_come_from_the_environment(
    command: Command, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writing() as session:
        anne(session)
    monkeypatch.setenv("REKINDLE_PERSON", "ann@acme.example")
    assert command("candidates", "move", "c-1", "decline", "--reason", "x").code == 0


@pytest.mark.parametrize("via", ["one\ntwo", "x" * 101])
def test_how_a_stop_reached_us_is_said_in_a_few_words(via: str, command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session)
    assert command("candidates", "stop", "c-1", "--via", via).code == 2
    assert state_of(store, 1) is CandidateState.NURTURING


def test_a_stop_is_total_and_may_be_taken_twice(command: Command, store: Store) -> None:
    edition_id = planned(store, "Anne")
    for _ in range(2):
        told = command("candidates", "stop", "anne@example.org", "--via", "phone")
        assert (told.code, told.err) == (0, "")
    assert state_of(store, 1) is CandidateState.DECLINED
    assert letter_states(store, edition_id) == [MessageState.CANCELLED]
    with store.reading() as session:
        assert session.query(Suppression).count() == 1
        assert session.get_one(Candidate, 1).opted_out_at is not None
    assert "the address is suppressed" in command("candidates", "show", "c-1").out


# Readiness.


def test_how_warm_somebody_is_stands_on_their_page_and_in_the_list(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session), bert(session)
        stored(session, "Emil", state=CandidateState.HIRED)
    shown = " ".join(command("candidates", "show", "c-1").out.split())
    assert "lapsing; last contact: rejection on 2026-05-02 (a-1); cold from 2026-10-30 on" in shown
    found = json.loads(command("candidates", "show", "c-1", "--json").out)["readiness"]
    assert (found["readiness"], found["evidence"]["id"], found["cold_on"]) == ("lapsing", "a-1", "2026-10-30")
    assert json.loads(command("candidates", "show", "c-3", "--json").out)["readiness"] is None
    assert "lapsing" in command("candidates", "list").out
    narrowed = json.loads(command("candidates", "list", "--readiness", "Lapsing", "--json").out)
    assert [line["id"] for line in narrowed] == ["c-1", "c-2"]
    assert json.loads(command("candidates", "list", "--readiness", "cold", "--json").out) == []
    told = command("candidates", "list", "--readiness", "tepid")
    assert (told.code, "choose one of maintained, lapsing, cold" in told.err) == (2, True)


def test_readiness_is_counted_and_whoever_goes_cold_next_is_named(command: Command, store: Store) -> None:
    with store.writing() as session:
        anne(session), dana(session)
    out = command("candidates", "readiness").out
    assert max(map(len, out.splitlines())) <= 80
    assert "rejection on 2026-05-02" in out
    found = json.loads(command("candidates", "readiness", "--recruiter", "ben@acme.example", "--json").out)
    assert found["counts"] == {"maintained": 0, "lapsing": 1, "cold": 0}
    assert [each["candidate"] for each in found["going_cold_next"]] == ["c-2"]
    assert "1 of 2: --limit shows more." in command("candidates", "readiness", "--limit", "1").out
