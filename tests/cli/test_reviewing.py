"""A batch of letters gone through on the terminal, a key for each."""

import sys
from collections.abc import Callable, Iterator

import click
import pytest
from sqlalchemy import select

from rekindle.journey.warming import check_ins
from rekindle.store.approvals import Approval
from rekindle.store.letters import letters_of
from rekindle.wiring import Rekindle
from tests.cast import NOW
from tests.cli.calling import Command
from tests.journey.letters import stage

ANN = ("--as", "ann@acme.example")
NAMES = ("Sarah", "Emil", "Dana")


@pytest.fixture(autouse=True)
def waiting(rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        for name in NAMES:
            stage.sarah(session, name)
    check_ins.draft_all(rekindle.store, rekindle.drafting, NOW, *rekindle.check_ins)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A terminal on which somebody presses these keys, one after the other."""

    def press(typed: str) -> None:
        left: Iterator[str] = iter(typed)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr(click, "getchar", lambda: next(left))

    return press


def states(rekindle: Rekindle) -> list[str]:
    with rekindle.store.reading() as session:
        return [row.state.value for row in session.scalars(select(Approval).order_by(Approval.id))]


def test_every_letter_is_shown_with_words_facts_and_findings_and_decided_by_a_key(
    command: Command, rekindle: Rekindle, keys: Callable[[str], None]
) -> None:
    keys("ads")
    told = command("approvals", "review", "--kind", "check-in", *ANN)
    assert told.code == 0, told.err
    assert states(rekindle) == ["approved", "declined", "waiting"]
    assert "1/3" in told.out
    assert "Sarah Example (c-1), signed by ann@acme.example" in told.out
    assert "0-to-1 products" in told.out
    assert "a-1" in told.out
    assert "Nothing speaks against it." in told.out
    assert "2 decided or put off" in told.out


def test_a_key_that_means_nothing_does_nothing_and_q_ends(
    command: Command, rekindle: Rekindle, keys: Callable[[str], None]
) -> None:
    keys("x?q")
    told = command("approvals", "review", *ANN)
    assert states(rekindle) == ["waiting"] * 3
    assert "0 decided or put off, 3 left" in told.out


def test_later_puts_it_off_until_tomorrow(command: Command, rekindle: Rekindle, keys: Callable[[str], None]) -> None:
    keys("lq")
    assert "it comes back on 2026-10-14 08:00 UTC" in command("approvals", "review", *ANN).out
    keys("q")
    assert "1/2" in command("approvals", "review", *ANN).out


def test_what_was_edited_is_shown_again_and_approved_as_it_is_then(
    command: Command, rekindle: Rekindle, keys: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i s/Sarah,/Sarah!/")
    keys("eaq")
    told = command("approvals", "review", *ANN)
    assert told.code == 0, told.err
    assert told.out.count("1/3") == 2
    assert states(rekindle) == ["voided", "waiting", "waiting", "approved"]
    with rekindle.store.reading() as session:
        assert "Sarah!" in letters_of(session, [1])[1].body


def test_words_that_may_not_go_stay_on_the_desk_and_the_next_one_comes(
    command: Command, rekindle: Rekindle, keys: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i 's/^Ann Lee/We are hiring again.\\n\\nAnn Lee/'")
    keys("eaq")
    told = command("approvals", "review", *ANN)
    assert "pitches-nothing" in told.out
    assert states(rekindle) == ["voided", "approved", "waiting"]


def test_what_was_decided_elsewhere_meanwhile_is_told(
    command: Command, rekindle: Rekindle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rekindle.journey.approvals import deciding  # noqa: PLC0415
    from rekindle.journey.approvals.approval import Decision  # noqa: PLC0415

    def key() -> str:
        if states(rekindle)[0] == "waiting":
            with rekindle.store.writing() as session:
                ben = rekindle.decider("ben@acme.example")
                deciding.decide(session, 1, Decision.DECLINE, ben, terms=rekindle.terms, now=NOW, via="web")
            return "a"
        return "q"

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(click, "getchar", key)
    told = command("approvals", "review", *ANN)
    assert "was already declined by ben@acme.example" in told.out
    assert states(rekindle) == ["declined", "waiting", "waiting"]


def test_without_a_terminal_it_says_what_to_do_instead(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    told = command("approvals", "review", *ANN)
    assert told.code == 2
    assert "rekindle approvals list" in told.err


def test_whoever_is_not_asked_has_nothing_to_review(command: Command, keys: Callable[[str], None]) -> None:
    keys("")
    assert "Nothing waits for you." in command("approvals", "review", "--as", "ben@acme.example").out
    keys("q")
    assert "1/3" in command("approvals", "review", "--everyone", "--as", "ben@acme.example").out
