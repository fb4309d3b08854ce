"""Letters from the command line: drafted, checked, shown, edited, asked about, decided, withdrawn."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate
from rekindle.store.messages import Message
from rekindle.wiring import Rekindle
from states.message import MessageState
from tests.cli.calling import Command
from tests.journey.letters import stage

ANN, BEN = (("--as", f"{name}@acme.example") for name in ("ann", "ben"))
ABOUT = ("--candidate", "c-1", "--role", "director-product")
LAZY = "Hey! We have another opening. Still interested?"


@pytest.fixture(autouse=True)
def sarah(rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        stage.sarah(session)
        stage.role(session)


@pytest.fixture
def honest(folder: Path) -> Path:
    file = folder / "letter.txt"
    file.write_text(f"Subject: {stage.SUBJECT}\n\n{stage.BODY}\n", encoding="utf-8")
    return file


def state_of(rekindle: Rekindle) -> MessageState:
    with rekindle.store.reading() as session:
        return session.get_one(Message, 1).state


def test_a_draft_is_shown_with_the_records_each_proof_rests_on(command: Command, rekindle: Rekindle) -> None:
    told = command("draft", *ABOUT)
    assert told.code == 0, told.err
    assert "someone with more B2B experience" in told.out
    assert "a-1" in told.out
    assert "Nothing speaks against it." in told.out
    with rekindle.store.reading() as session:
        assert session.scalars(select(Message)).all() == []


def test_a_draft_is_json_when_asked(command: Command) -> None:
    told = json.loads(command("draft", *ABOUT, "--json").out)
    assert told["signer"] == "ann@acme.example"
    assert told["findings"] == []
    other = json.loads(command("draft", *ABOUT, "--json", "--variation", "1").out)
    assert other["body"] != told["body"]


def test_a_draft_for_which_a_fact_is_missing_says_which_and_what_to_do(command: Command, rekindle: Rekindle) -> None:
    from rekindle.store.notes import Note  # noqa: PLC0415

    with rekindle.store.writing() as session:
        session.delete(session.scalars(select(Note)).one())
    told = command("draft", *ABOUT)
    assert told.code == 1
    assert "rekindle candidates note c-1 --kind strength" in told.err


def test_a_draft_that_is_asked_about_waits_for_whoever_knew_them(command: Command, rekindle: Rekindle) -> None:
    told = command("draft", *ABOUT, "--ask")
    assert told.code == 0, told.err
    assert "approval 1 waits for ann@acme.example" in told.out
    assert state_of(rekindle) is MessageState.AWAITING
    again = command("draft", *ABOUT, "--keep")
    assert (again.code, "has a re-engagement letter already" in again.err) == (1, True)


def test_the_page_of_an_approval_shows_the_letter_word_for_word(command: Command) -> None:
    command("draft", *ABOUT, "--ask")
    told = command("approvals", "show", "1")
    assert told.code == 0, told.err
    assert "someone with more B2B experience" in " ".join(told.out.split())
    found = json.loads(command("approvals", "show", "1", "--json").out)
    assert found["letter"]["newest"] is True
    assert found["assignee"] == "ann@acme.example"


def test_the_check_prints_what_a_program_can_read_and_exits_with_what_it_found(
    command: Command, folder: Path, honest: Path
) -> None:
    clean = command("check", honest, *ABOUT)
    assert json.loads(clean.out) == {"ok": True, "findings": []}
    assert clean.code == 0
    (folder / "lazy.txt").write_text(LAZY, encoding="utf-8")
    refused = command("check", folder / "lazy.txt", *ABOUT)
    told = json.loads(refused.out)
    assert (refused.code, told["ok"]) == (1, False)
    assert {"rule", "severity", "message", "quote", "evidence"} == set(told["findings"][0])


def test_the_check_says_it_in_sentences_when_asked(command: Command, folder: Path) -> None:
    (folder / "lazy.txt").write_text(LAZY, encoding="utf-8")
    told = command("check", folder / "lazy.txt", *ABOUT, "--plain")
    assert told.code == 1
    assert told.out.startswith("refuse ")


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\xff\xfe", b"x" * 1_000_000, "السلام عليكم".encode(), "🌱🌱🌱".encode()],
    ids=["empty", "binary", "1 MB", "right to left", "emoji"],
)
def test_what_is_no_letter_gets_a_finding_and_no_crash(command: Command, folder: Path, content: bytes) -> None:
    (folder / "strange.txt").write_bytes(content)
    told = command("check", folder / "strange.txt", *ABOUT)
    assert told.code == 1
    assert json.loads(told.out)["findings"]


def test_a_file_that_is_not_there_is_bad_input(command: Command) -> None:
    told = command("check", "nowhere.txt", *ABOUT)
    assert (told.code, "nowhere.txt cannot be read" in told.err) == (2, True)


def test_a_role_that_is_not_named_is_asked_for(command: Command, honest: Path) -> None:
    told = command("check", honest, "--candidate", "c-1")
    assert (told.code, "--role SLUG" in told.err) == (2, True)


def test_an_edit_from_a_file_is_asked_about_anew_and_approved_in_one_go(
    command: Command, rekindle: Rekindle, folder: Path, honest: Path
) -> None:
    command("draft", *ABOUT, "--ask")
    told = command("letters", "edit", "1", "--file", honest, "--approve", *ANN)
    assert told.code == 0, told.err
    assert "approval 2 is approved by ann@acme.example" in told.out
    assert state_of(rekindle) is MessageState.APPROVED
    shown = json.loads(command("letters", "show", "1", "--json").out)
    assert (shown["author"], shown["subject"]) == ("ann@acme.example", stage.SUBJECT)


def test_words_that_may_not_go_are_kept_and_the_findings_shown(
    command: Command, rekindle: Rekindle, folder: Path
) -> None:
    command("draft", *ABOUT, "--ask")
    (folder / "lazy.txt").write_text(LAZY, encoding="utf-8")
    told = command("letters", "edit", "1", "--file", folder / "lazy.txt", *ANN)
    assert told.code == 1
    assert "refuse " in told.out
    assert "kept on the desk" in told.err
    assert state_of(rekindle) is MessageState.DRAFTED
    asked = command("letters", "ask", "1", *ANN)
    assert (asked.code, "courtesy check has not passed" in asked.err) == (1, True)


def test_the_editor_of_the_person_is_opened(
    command: Command, rekindle: Rekindle, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("draft", *ABOUT, "--ask")
    (folder / "editor.sh").write_text('#!/bin/sh\nsed -i "s/^Subject: .*/Subject: Your talk with us/" "$1"\n')
    monkeypatch.setenv("EDITOR", f"sh {folder / 'editor.sh'}")
    monkeypatch.delenv("VISUAL", raising=False)
    assert command("letters", "edit", "1", *ANN).code == 0
    assert json.loads(command("letters", "show", "1", "--json").out)["subject"] == "Your talk with us"
    monkeypatch.setenv("EDITOR", "no-such-editor")
    told = command("letters", "edit", "1", *ANN)
    assert (told.code, "cannot be started" in told.err) == (2, True)


def test_letters_are_listed_with_what_was_asked_about_them(command: Command) -> None:
    assert "There is no such letter." in command("letters", "list").out
    command("draft", *ABOUT, "--ask")
    (line,) = json.loads(command("letters", "list", "--role", "director-product", "--json").out)
    assert (line["candidate"], line["state"], line["approval_id"]) == ("c-1", "awaiting", 1)
    assert json.loads(command("letters", "list", "--state", "sent", "--json").out) == []
    assert max(map(len, command("letters", "list").out.splitlines())) <= 80


def test_a_letter_is_withdrawn_and_a_new_one_may_be_drafted(command: Command, rekindle: Rekindle) -> None:
    command("draft", *ABOUT, "--ask")
    assert command("letters", "withdraw", "1", "--reason", "we spoke", *ANN).code == 0
    assert state_of(rekindle) is MessageState.CANCELLED
    assert command("letters", "withdraw", "1", "--reason", "again", *ANN).code == 2
    assert command("draft", *ABOUT, "--ask").code == 0


def test_an_approved_letter_waits_for_delivery_when_prefect_is_down(command: Command, rekindle: Rekindle) -> None:
    command("draft", *ABOUT, "--ask")
    told = command("approvals", "approve", "1", *ANN)
    assert told.code == 0, told.err
    assert "sweep flow goes on with it" in told.out
    assert state_of(rekindle) is MessageState.APPROVED


def test_letters_are_decided_one_by_one(command: Command, rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        other = stage.sarah(session, email="anna@example.org", address="anna@example.org")
        assert other.id == 2
    command("draft", *ABOUT, "--ask")
    command("draft", "--candidate", "c-2", "--role", "director-product", "--ask")
    told = command("approvals", "approve", "1", "2", *ANN)
    assert (told.code, "one by one" in told.err) == (2, True)
    with rekindle.store.reading() as session:
        assert {row.state for row in session.scalars(select(Approval))} == {"waiting"}


def test_a_colleague_decides_in_somebodys_place(
    command: Command, rekindle: Rekindle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_APPROVALS_DECIDED_BY", "lead")
    command("draft", *ABOUT, "--ask")
    assert command("approvals", "approve", "1", *BEN).code == 1
    told = command("approvals", "delegate", "--to", "ben@acme.example", "--until", "2026-10-20", *ANN)
    assert told.code == 0, told.err
    assert command("approvals", "approve", "1", *BEN).code == 0
    with rekindle.store.reading() as session:
        row = session.scalars(select(Approval)).one()
        assert (row.decided_by, row.note) == ("ben@acme.example", "in place of ann@acme.example")


@pytest.mark.parametrize(
    ("to", "until", "said"),
    [
        ("eve@example.org", "2026-10-20", "not one of the people"),
        ("ann@acme.example", "2026-10-20", "name a colleague"),
        ("ben@acme.example", "2026-10-01", "is over"),
        ("ben@acme.example", "soon", "not a time"),
    ],
)
def test_nobody_stands_in_who_cannot(command: Command, to: str, until: str, said: str) -> None:
    told = command("approvals", "delegate", "--to", to, "--until", until, *ANN)
    assert (told.code, said in told.err) == (2, True)


def test_who_was_never_told_is_listed_and_told_with_a_letter(command: Command, rekindle: Rekindle) -> None:
    from rekindle.store.applications import Application  # noqa: PLC0415

    with rekindle.store.writing() as session:
        session.scalars(select(Application)).one().rejection = "none"
    (line,) = json.loads(command("rejections", "list", "--json").out)
    assert (line["candidate_id"], line["message_id"], line["times"]) == (1, None, 1)
    told = command("rejections", "draft", "c-1", "--ask")
    assert told.code == 0, told.err + told.out
    assert json.loads(command("rejections", "list", "--json").out)[0]["message_id"] == 1
    assert state_of(rekindle) is MessageState.AWAITING


def test_only_who_interviews_can_be_turned_down(command: Command, rekindle: Rekindle) -> None:
    told = command("rejections", "record", "c-1", "--reason", "someone else", *ANN)
    assert (told.code, "only who is interviewing" in told.err) == (2, True)
    with rekindle.store.reading() as session:
        assert session.get_one(Candidate, 1).state == "nurturing"
