"""`rekindle editions pause` and `resume`, and where a paused edition shows."""

import json

from sqlalchemy import select

from rekindle.journey.bulk import editions, nurture, pausing
from rekindle.store.content import Content
from rekindle.store.editions import EditionState
from rekindle.store.messages import Message
from rekindle.wiring import Rekindle
from tests import cast
from tests.cast import NOW
from tests.cli.calling import Command

ANN = ("--as", "ann@acme.example")


def approved(command: Command, rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        cast.news(session)
        cast.news(session, 2)
        cast.anne(session)
        cast.stored(session, "Emil")
    nurture.plan_update(rekindle.store, "2026-Q4", NOW, rekindle.rule, rekindle.frozen)
    assert command("approvals", "approve", 1, *ANN).code == 0


def state(rekindle: Rekindle) -> EditionState:
    with rekindle.store.reading() as session:
        return editions.find(session, 1).state


def test_an_edition_is_paused_and_goes_on(command: Command, rekindle: Rekindle) -> None:
    approved(command, rekindle)
    told = command("editions", "pause", 1, "--because", "a wrong link", *ANN)
    assert told.out == "edition 1 is paused: 2 approved\n"
    assert state(rekindle) is EditionState.PAUSED
    for page in ("editions", "approvals"):
        assert "edition 1 is paused (ann@acme.example: a wrong link)" in command(page, "list").out
    (line,) = json.loads(command("editions", "list", "--json").out)
    assert line["note"] == "ann@acme.example: a wrong link"
    assert command("editions", "resume", 1, *ANN).out == "edition 1 goes on: 2 approved\n"
    assert state(rekindle) is EditionState.APPROVED


def test_it_goes_out_over_the_days_of_the_policy(command: Command, rekindle: Rekindle) -> None:
    approved(command, rekindle)
    with rekindle.store.reading() as session:
        due = sorted(session.scalars(select(Message.due_at)))
    assert [f"{each:%m-%d %H:%M}" for each in due] == ["10-13 08:00", "10-14 06:00"]


def test_what_changed_meanwhile_is_asked_about_anew(command: Command, rekindle: Rekindle) -> None:
    approved(command, rekindle)
    command("editions", "pause", 1, "--because", "a wrong link", *ANN)
    with rekindle.store.writing() as session:
        session.get_one(Content, 1).summary = "Other words."
    told = command("editions", "resume", 1, *ANN)
    assert "something has changed since it was approved: approval 2 waits" in told.out
    assert state(rekindle) is EditionState.AWAITING


def test_one_that_paused_by_itself_shows_its_figures(command: Command, rekindle: Rekindle) -> None:
    approved(command, rekindle)
    with rekindle.store.writing() as session:
        pausing.pause_by_itself(session, 1, "paused by itself: of 40 letters 3 came back (7.5 %, at most 5 % may)")
    assert "of 40 letters 3 came back" in command("approvals", "list").out
    assert "3 came back" in " ".join(command("editions", "show", 1).out.split())


def test_an_edition_that_is_not_going_cannot_be_paused(command: Command, rekindle: Rekindle) -> None:
    approved(command, rekindle)
    assert command("editions", "resume", 1, *ANN).code == 2
    command("editions", "cancel", 1, "--reason", "enough", *ANN)
    refused = command("editions", "pause", 1, "--because", "late", *ANN)
    assert (refused.code, "only one that is approved and not done" in refused.err) == (2, True)
