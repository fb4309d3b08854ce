"""`rekindle events` from the file to who came, as somebody types it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from rekindle.journey.approvals import deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.events import inviting, keeping
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.events import Event
from rekindle.store.messages import Message
from rekindle.wiring import Rekindle
from states.message import MessageState
from tests.cast import NOW, anne, bert, dana
from tests.cli.calling import Command
from tests.exchange.test_events import WHOLE

SLUG = "pricing-night"
PLAIN = WHOLE.partition("[audience]")[0]
AFTER = "2026-11-05T21:00+00:00"


@pytest.fixture
def file(folder: Path) -> Path:
    path = folder / "event.toml"
    path.write_text(PLAIN, encoding="utf-8")
    return path


@pytest.fixture
def people(store: Store) -> dict[str, Candidate]:
    with store.writing() as session:
        return {"anne": anne(session), "bert": bert(session), "dana": dana(session)}


@pytest.fixture
def added(command: Command, people: dict[str, Candidate], file: Path) -> dict[str, Candidate]:
    assert command("events", "add", file).code == 0
    return people


@pytest.fixture
def invited(added: dict[str, Candidate], rekindle: Rekindle) -> dict[str, Candidate]:
    """Anne and Dana have their invitations."""
    with rekindle.store.reading() as session:
        event = keeping.find_event(session, SLUG)
    edition = inviting.plan_invitations(rekindle.store, event.id, NOW, rekindle.guests, rekindle.frozen)
    with rekindle.store.writing() as session:
        deciding.decide(
            session, 1, Decision.APPROVE, rekindle.decider("ann@acme.example"), terms=rekindle.terms, now=NOW, via="cli"
        )
        for row in session.scalars(select(Message).where(Message.edition_id == edition)):
            row.state, row.sending_at, row.sent_at = MessageState.SENT, NOW, NOW
    return added


def changed(file: Path, old: str, new: str) -> Path:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def test_adding_says_when_it_is_for_whom_and_what_comes_next(command: Command, store: Store, file: Path) -> None:
    told = command("events", "add", file)
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        (
            "pricing-night is added: An evening about pricing, "
            "Thursday 5 November 2026, 18:30 to 21:00 (Berlin time, UTC+1)"
        ),
        "answers until Friday 30 October 2026; for everyone",
        "The plan flow plans its invitation, or: rekindle run event-invites --event pricing-night",
    ]
    assert "nothing in its file has changed" in command("events", "add", file).out
    with store.reading() as session:
        assert session.scalars(select(Event)).one().slug == SLUG


@pytest.mark.usefixtures("store")
def test_an_event_too_near_says_that_nobody_will_be_invited(bare: Command, file: Path) -> None:
    told = bare("--now", "2026-10-28T08:00+00:00", "events", "add", file)
    assert "Nobody will be invited by mail: it starts within 10 days: too short a notice." in told.out


def test_a_dry_run_stores_nothing(command: Command, store: Store, file: Path) -> None:
    told = command("events", "add", file, "--dry-run")
    assert told.out.startswith("A dry run: nothing was stored.")
    with store.reading() as session:
        assert session.scalars(select(Event)).all() == []


@pytest.mark.usefixtures("store")
def test_a_wrong_file_says_everything_and_stores_nothing(command: Command, file: Path) -> None:
    told = command("events", "add", changed(file, 'ends = "2026-11-05 21:00"', 'ends = "2026-11-05 17:00"\nx = 1'))
    assert told.code == 2
    assert "ends: 2026-11-05 16:00 UTC; expected a time after it starts" in told.err
    assert "x: 1; expected a known name" in told.err


def test_lists_and_pages_are_there_for_people_and_programs(command: Command, invited: dict[str, Candidate]) -> None:
    command("events", "answer", SLUG, f"c-{invited['anne'].id}", "yes")
    assert "1 none, 1 yes" in " ".join(command("events", "list").out.split())
    (line,) = json.loads(command("events", "list", "--json").out)
    assert (line["slug"], line["answers"], line["came"]) == (SLUG, {"none": 1, "yes": 1}, 0)
    page = command("events", "show", SLUG).out
    assert "Thursday 5 November 2026, 18:30 to 21:00 (Berlin time, UTC+1)" in page
    assert "2 sent" in page
    found = json.loads(command("events", "show", SLUG, "--json").out)
    assert found["mail"][0]["left_out"] == {"is_contactable": 1}
    people = json.loads(command("events", "people", SLUG, "--json").out)
    assert [(each["candidate"], each["letter"], each["answer"]) for each in people] == [
        (f"c-{invited['anne'].id}", "sent", "yes"),
        (f"c-{invited['dana'].id}", "sent", "none"),
    ]
    only = json.loads(command("events", "people", SLUG, "--answer", "yes", "--json").out)
    assert [each["name"] for each in only] == ["Anne Example"]
    assert "--answer is one of" in command("events", "people", SLUG, "--answer", "perhaps").err


def test_an_answer_says_what_became_of_it(command: Command, invited: dict[str, Candidate], file: Path) -> None:
    assert command("events", "change", SLUG, changed(file, "capacity = 40", "capacity = 1")).code == 0
    anne_, dana_ = f"c-{invited['anne'].id}", f"c-{invited['dana'].id}"
    assert command("events", "answer", SLUG, anne_, "yes").out == f"{anne_} is down for {SLUG} as yes\n"
    assert command("events", "answer", SLUG, anne_, "YES").out == f"{anne_} is down for {SLUG} as yes, as before\n"
    told = command("events", "answer", SLUG, "dana@example.org", "yes", "--on", "2026-10-13")
    assert told.out == f"{dana_} is down for {SLUG} as waiting: it is full, number 1 of those who wait\n"
    gave_up = json.loads(command("events", "answer", SLUG, anne_, "no", "--json").out)
    assert (gave_up["answer"], gave_up["moved_up"]) == ("no", [dana_])
    questions = [each["question"] for each in json.loads(command("approvals", "list", "--json").out)]
    assert questions == ["Send word of a free place at pricing-night to 1 person?"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("perhaps",), "an answer is yes, no or maybe, not 'perhaps'"),
        (("yes", "--on", "13.10.2026"), "--on is a day such as 2026-10-28, not '13.10.2026'"),
        (("yes", "--on", "2026-10-14"), "the day of the answer is still to come"),
    ],
)
def test_what_is_no_answer_is_refused(
    command: Command, invited: dict[str, Candidate], words: tuple[str, ...], said: str
) -> None:
    told = command("events", "answer", SLUG, f"c-{invited['anne'].id}", *words)
    assert (told.code, said in told.err) == (2, True)


def test_after_the_deadline_an_answer_is_refused_with_the_reason(bare: Command, invited: dict[str, Candidate]) -> None:
    told = bare("--now", "2026-11-01T08:00+00:00", "events", "answer", SLUG, f"c-{invited['anne'].id}", "yes")
    assert told.code == 2
    assert "the last day to answer pricing-night was 2026-10-30" in told.err


def test_a_change_says_what_differs_and_who_is_told(
    command: Command, invited: dict[str, Candidate], file: Path
) -> None:
    command("events", "answer", SLUG, f"c-{invited['anne'].id}", "maybe")
    moved = changed(file, "Beispielweg 1, 10115", "Beispielweg 3, 10115")
    dry = command("events", "change", SLUG, moved, "--dry-run").out
    assert dry.startswith("A dry run: nothing was stored.\npricing-night is brought up to date: place\n")
    told = command("events", "change", SLUG, moved).out.splitlines()
    assert told == [
        "pricing-night is brought up to date: place",
        "word of the change waits for approval: rekindle approvals show 2",
    ]
    shown = command("approvals", "show", "2").out
    assert "Send the change of pricing-night to 1 person?" in shown
    assert "Beispielweg 3, 10115 Berlin" in shown
    assert "nothing in the file of pricing-night has changed" in command("events", "change", SLUG, moved).out


def test_a_cancellation_says_who_is_told(command: Command, invited: dict[str, Candidate]) -> None:
    told = command("events", "cancel", SLUG, "--because", "the speaker is ill")
    assert told.out.splitlines() == [
        "pricing-night is cancelled; 0 letters will not go",
        "word of the cancellation waits for approval: rekindle approvals show 2",
    ]
    assert command("events", "list").out.startswith("No event is to come")
    assert "cancelled" in command("events", "list", "--all").out
    assert command("events", "cancel", SLUG, "--because", "x").code == 2
    assert invited


def test_who_came_is_written_down_in_one_line(bare: Command, invited: dict[str, Candidate]) -> None:
    anne_, dana_ = f"c-{invited['anne'].id}", f"c-{invited['dana'].id}"
    early = bare("--now", NOW.isoformat(), "events", "attended", SLUG, anne_)
    assert (early.code, "has not begun" in early.err) == (2, True)
    assert bare("--now", AFTER, "events", "attended", SLUG, anne_, "bert@example.org").out == "2 came\n"
    assert bare("--now", AFTER, "events", "attended", SLUG, dana_, "--not").out == "1 did not come\n"
    again = json.loads(bare("--now", AFTER, "events", "attended", SLUG, anne_, "--json").out)
    assert again == {"new": 0, "known": 1}
    page = bare("--now", AFTER, "candidates", "show", anne_, "--json").out
    assert "came to the event pricing-night" in page


def test_a_dry_run_of_the_invitation_names_who_and_why_not(command: Command, added: dict[str, Candidate]) -> None:
    told = command("run", "event-invites", "--event", SLUG, "--dry-run")
    assert told.code == 0
    assert f"c-{added['anne'].id}" in told.out
    assert "the candidate asked us to stop" in told.out
    assert "event-invites needs --event" in command("run", "event-invites").err
    assert "event-invites needs --event" in command("run", "plan", "--event", SLUG).err


@pytest.mark.parametrize(
    "email", ["event-invite", "event-reminder", "event-change", "event-place", "event-cancellation"]
)
def test_every_mail_can_be_previewed(command: Command, added: dict[str, Candidate], email: str) -> None:
    told = command("preview", email)
    assert (told.code, told.err) == (0, "")
    assert Path(f"var/preview/{email}.html").exists()
    assert added


@pytest.mark.usefixtures("store")
def test_an_event_that_is_not_there_is_said(command: Command, file: Path) -> None:
    for words in (("show", "x"), ("people", "x"), ("cancel", "x", "--because", "y"), ("change", "x", file)):
        told = command("events", *words)
        assert (told.code, "there is no event x; `rekindle events list`" in told.err) == (2, True)
