import json
from dataclasses import replace
from datetime import timedelta

import pytest

from rekindle.journey.bulk import nurture
from rekindle.store.approvals import ApprovalCode
from rekindle.store.editions import Edition
from rekindle.store.engine import Store
from rekindle.wiring import Rekindle
from states.message import MessageState
from tests.cast import NOW, news, stored
from tests.cli.calling import Command
from tests.journey.stage import letter_states

ANN, BEN, CLEO = (("--as", f"{name}@acme.example") for name in ("ann", "ben", "cleo"))


@pytest.fixture
def edition_id(rekindle: Rekindle) -> int:
    """An update for Anne and Emil that waits for a decision; Fay asked to stop."""
    with rekindle.store.writing() as session:
        news(session)
        stored(session, "Anne"), stored(session, "Emil"), stored(session, "Fay", opted_out_at=NOW)
    rule = replace(rekindle.rule, items_min=1)
    return nurture.plan_update(rekindle.store, "2026-Q4", NOW, rule, rekindle.frozen)


def test_nothing_waits_in_the_beginning(command: Command) -> None:
    assert command("approvals", "list").out == "Nothing waits.\n"
    assert json.loads(command("approvals", "list", "--json").out) == []


def test_what_waits_is_listed(command: Command, edition_id: int) -> None:
    told = command("approvals", "list")
    assert "Send quarterly-update 2026-Q4 to 2 people?" in told.out
    assert "2026-10-20 08:00" in told.out
    found = json.loads(command("approvals", "list", "--json").out)
    assert [(row["id"], row["state"]) for row in found] == [(1, "waiting")]


def test_exactly_what_would_go_is_shown(command: Command, edition_id: int) -> None:
    told = command("approvals", "show", "1")
    shown = " ".join(told.out.split())
    assert "1. Send quarterly-update 2026-Q4 to 2 people?" in shown
    assert "awaiting 2" in shown
    assert "the candidate asked us to stop 1" in shown
    assert "c-1 How we plan, part 1 it is about roadmaps, which you work with" in shown
    tables, rest = told.out.split("Every item in full")
    items, letter = rest.split("One letter in full, to c-1")
    assert max(map(len, tables.splitlines())) <= 80
    assert "What changed when we threw our roadmap away." in items
    assert "Subject: Acme Labs, Q4 2026: How we plan, part 1" in letter
    assert "https://blog.acme.example/planning-1" in letter


def test_what_would_go_is_json_when_asked(command: Command, edition_id: int) -> None:
    found = json.loads(command("approvals", "show", "1", "--limit", "1", "--json").out)
    assert found["edition"]["letters"] == {"awaiting": 2}
    assert found["edition"]["letters_in_all"] == 2
    assert [letter["candidate"] for letter in found["edition"]["first_letters"]] == ["c-1"]
    assert len(found["digest"]) == 64


def test_an_approved_edition_may_go_and_prefect_is_told(
    command: Command, edition_id: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writing() as session:
        session.get_one(Edition, edition_id).run_id = "run-1"
    told_runs: list[str] = []

    def resume(_api: str, run_id: str, _auth: str) -> bool:
        told_runs.append(run_id)
        return True

    monkeypatch.setattr("rekindle.runs.resume", resume)
    told = command("approvals", "approve", "1", *ANN, "--note", "fine")
    assert told.code == 0
    assert told.out.splitlines() == [
        "approval 1 is approved by ann@acme.example on 2026-10-13 08:00 UTC via cli",
        "Prefect has been told and goes on at once",
    ]
    assert told_runs == ["run-1"]
    assert letter_states(store) == [MessageState.APPROVED] * 2


def test_while_prefect_is_down_the_decision_stands(command: Command, edition_id: int, store: Store) -> None:
    told = command("approvals", "approve", "1", *ANN)
    assert "Prefect could not be told; the sweep flow goes on with it within 5 minutes" in told.out
    assert letter_states(store) == [MessageState.APPROVED] * 2


def test_a_declined_edition_sends_nothing(command: Command, edition_id: int, store: Store) -> None:
    assert command("approvals", "decline", "1", *BEN).code == 0
    assert letter_states(store) == [MessageState.CANCELLED] * 2


def test_the_second_to_decide_is_told_who_was_first(command: Command, edition_id: int, store: Store) -> None:
    command("approvals", "decline", "1", *BEN)
    told = command("approvals", "approve", "1", *ANN)
    assert told.code == 1
    assert "approval 1 was already declined by ben@acme.example on 2026-10-13 08:00 UTC via cli" in told.err
    assert letter_states(store) == [MessageState.CANCELLED] * 2


def test_what_changed_since_it_was_asked_is_not_approved(command: Command, edition_id: int, store: Store) -> None:
    command("content", "add", "--title", "Other", "--url", "https://blog.acme.example/planning-1", "--summary", "Else.")
    told = command("approvals", "approve", "1", *ANN)
    assert told.code == 1
    assert "what was shown has changed since it was asked" in told.err
    assert [row["id"] for row in json.loads(command("approvals", "list", "--json").out)] == [2]
    assert letter_states(store) == [MessageState.AWAITING] * 2


@pytest.mark.parametrize("verb", ["approve", "decline", "code"])
def test_only_people_of_the_team_decide(verb: str, command: Command, edition_id: int, store: Store) -> None:
    told = command("approvals", verb, "1", "--as", "eve@acme.example")
    assert told.code == 1
    assert "is not one of the people" in told.err
    assert letter_states(store) == [MessageState.AWAITING] * 2


@pytest.mark.parametrize("verb", ["show", "approve", "decline", "code"])
def test_there_has_to_be_such_an_approval(verb: str, command: Command) -> None:
    told = command("approvals", verb, "404", *(() if verb == "show" else ANN))
    assert (told.code, told.err.partition(";")[0]) == (2, "error: there is no approval 404")


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "9" * 50])
def test_a_number_that_is_none_is_refused(number: str, command: Command) -> None:
    told = command("approvals", "show", "--", number)
    assert told.code == 2
    assert "Invalid value for 'APPROVAL'" in told.err


def test_a_deferred_approval_comes_back_with_its_full_time(command: Command, edition_id: int, bare: Command) -> None:
    told = command("approvals", "defer", "1", *ANN, "--until", "2026-10-16")
    assert told.out == "approval 1 comes back on 2026-10-16 00:00 UTC, due 2026-10-23 00:00 UTC\n"
    assert command("approvals", "list").out == "Nothing waits.\n"
    assert "2026-Q4" in command("approvals", "list", "--all").out
    assert "2026-Q4" in bare("--now", "2026-10-17", "approvals", "list").out


@pytest.mark.parametrize("until", ["2026-10-01", "2026-10-13T08:00", "soon", ""])
def test_it_is_deferred_to_a_time_to_come(until: str, command: Command, edition_id: int) -> None:
    assert command("approvals", "defer", "1", *ANN, "--until", until).code == 2


def test_a_code_is_printed_alone_so_that_it_can_be_copied(command: Command, edition_id: int, store: Store) -> None:
    told = command("approvals", "code", "1", *CLEO)
    assert len(told.out) == len("ABCDE-12345\n")
    assert "within 60 minutes" in told.err
    with store.reading() as session:
        code = session.query(ApprovalCode).one()
    assert (code.person, code.expires_at) == ("cleo@acme.example", NOW + timedelta(minutes=60))


def test_a_moves_approval_shows_what_it_rests_on(command: Command, store: Store) -> None:
    with store.writing() as session:
        stored(session, "Anne")
    command("candidates", "move", "c-1", "interview", *ANN, "--reason", "said yes", "--evidence", "her mail")
    shown = " ".join(command("approvals", "show", "1").out.split())
    assert "Move candidate c-1 from nurturing to interviewing?" in shown
    assert "said yes (evidence: her mail)" in shown
    told = command("approvals", "approve", "1", *ANN)
    assert told.out == "approval 1 is approved by ann@acme.example on 2026-10-13 08:00 UTC via cli\n"
    assert "interviewing" in command("candidates", "list").out
