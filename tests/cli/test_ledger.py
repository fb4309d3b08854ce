"""`rekindle messages` and `rekindle editions`: what became of every letter."""

import json
from pathlib import Path

import pytest
from sqlalchemy import update

from rekindle.store.engine import Store
from rekindle.store.messages import Message
from states.message import MessageState
from tests.cast import NOW
from tests.cli.calling import Command
from tests.journey.stage import change, letter_states, planned

ANN = ("--as", "ann@acme.example")


@pytest.fixture
def lost(store: Store) -> int:
    """A letter of which nobody knows whether it arrived."""
    planned(store, "Anne", "Emil")
    values = {"state": MessageState.UNCONFIRMED, "sending_at": NOW, "reason": "the sender stopped"}
    change(store, lambda session: session.execute(update(Message).where(Message.id == 1).values(**values)))
    return 1


def test_letters_are_listed_by_state(command: Command, lost: int) -> None:
    assert len(json.loads(command("messages", "list", "--json").out)) == 2
    found = json.loads(command("messages", "list", "--state", "awaiting", "--json").out)
    assert [(line["id"], line["candidate"], line["edition_id"]) for line in found] == [(2, "c-2", 1)]
    assert "quarterly-update" in command("messages", "list").out


def test_a_letter_nobody_knows_about_is_told_with_what_to_do(command: Command, lost: int) -> None:
    told = command("messages", "unconfirmed")
    assert "the sender stopped" in told.out
    assert "rekindle messages settle NUMBER --arrived" in told.out
    assert [line["id"] for line in json.loads(command("messages", "unconfirmed", "--json").out)] == [1]


def test_where_every_letter_has_an_outcome_that_is_said(command: Command) -> None:
    assert command("messages", "unconfirmed").out == "Every message has an outcome.\n"


@pytest.mark.parametrize(("word", "state"), [("--arrived", "sent"), ("--lost", "failed")])
def test_a_person_settles_it(word: str, state: str, command: Command, lost: int, store: Store) -> None:
    assert command("messages", "settle", lost, word, *ANN).out == f"message 1 is {state} now\n"
    assert letter_states(store) == [state, "awaiting"]


def test_it_has_to_be_said_which(command: Command, lost: int) -> None:
    assert command("messages", "settle", lost, *ANN).code == 2


def test_editions_are_listed_with_their_letters(command: Command, lost: int) -> None:
    assert "1 awaiting, 1 unconfirmed" in " ".join(command("editions", "list").out.split())
    found = json.loads(command("editions", "list", "--json").out)
    assert (found[0]["period"], found[0]["letters"]) == ("2026-Q4", {"awaiting": 1, "unconfirmed": 1})


def test_an_edition_is_shown_with_its_approval(command: Command, lost: int) -> None:
    told = command("editions", "show", "1")
    assert "2026-Q4" in told.out
    assert json.loads(command("editions", "show", "1", "--json").out)["approval"] == 1
    assert command("editions", "show", "404").err == "error: there is no edition 404\n"


def test_without_an_edition_it_is_said_how_one_is_made(command: Command) -> None:
    assert command("editions", "list").out == "There is no edition yet; `rekindle run plan` makes those that are due.\n"


def test_an_unconfirmed_letter_shows_what_the_mail_servers_log_knows_it_by(
    command: Command, lost: int, store: Store
) -> None:
    told = "".join(command("messages", "unconfirmed").out.split())
    with store.reading() as session:
        assert session.get_one(Message, lost).key in told
    assert f"{NOW:%Y-%m-%d%H:%M}" in told


def test_an_edition_begins_with_a_persons_own_words(command: Command, tmp_path: Path, store: Store) -> None:
    planned(store, "Anne")
    words = tmp_path / "words.txt"
    words.write_text("A quiet quarter, and two things worth your time.", encoding="utf-8")
    told = command("editions", "intro", 1, words, *ANN)
    assert told.out == "edition 1 begins with your words; approval 2 waits: rekindle approvals show 2\n"
    assert "A quiet quarter" in command("editions", "show", 1).out


def test_words_that_are_no_text_are_refused(command: Command, tmp_path: Path, store: Store) -> None:
    planned(store, "Anne")
    words = tmp_path / "words.txt"
    words.write_bytes(b"\xff\xfe\x00bad")
    assert command("editions", "intro", 1, words, *ANN).code == 2


def test_an_edition_can_be_taken_back(command: Command, store: Store) -> None:
    planned(store, "Anne", "Emil")
    told = command("editions", "cancel", 1, *ANN, "--reason", "a wrong link")
    assert told.out == "edition 1 is taken back; 2 letters will not go\n"
    assert command("editions", "cancel", 1, *ANN, "--reason", "again").code == 2
