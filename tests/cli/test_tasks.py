import json
from typing import Any

import pytest

from rekindle.journey.approvals.delegating import delegate
from rekindle.store.engine import Store
from rekindle.store.tasks import TaskKind
from rekindle.wiring import Rekindle
from tests.cast import NOW, anne, dana
from tests.cli.calling import Command
from tests.journey.letters.route import not_told
from tests.journey.stage import change
from tests.journey.tasks.stage import BEN, DAY, PAGE, TODAY, a_task, only, tasks

ANN = ("--as", "ann@acme.example")


@pytest.fixture
def two(store: Store) -> Store:
    """Ann is to call Anne; Ben is to look at Dana on LinkedIn, and that is overdue."""
    with store.writing() as session:
        a_task(session, anne(session).id)
        looks: dict[str, Any] = {"kind": TaskKind.LINKEDIN_ENGAGE, "link": PAGE, "assignee": BEN}
        person = dana(session)
        person.linkedin = PAGE
        a_task(session, person.id, due_on=TODAY - DAY, reason="last in touch in July", **looks)
    return store


def listed(command: Command, *args: object) -> list[Any]:
    found: list[Any] = json.loads(command("tasks", "list", "--json", *args).out)
    return found


# list, show


def test_an_empty_list_says_what_looks_for_more(command: Command) -> None:
    assert command("tasks", "list").out == "Nothing is to be done; `rekindle run housekeeping` looks again.\n"
    assert command("tasks", "list", "--all").out == "There is no task.\n"
    assert listed(command) == []


@pytest.mark.usefixtures("two")
def test_what_is_to_be_done_is_listed_within_80_columns_the_overdue_first(command: Command) -> None:
    told = command("tasks", "list")
    lines = told.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert f"linkedin-engage   ! {TODAY - DAY}" in told.out
    assert told.out.index("c-2") < told.out.index("c-1")


@pytest.mark.usefixtures("two")
def test_a_list_is_of_one_person_with_those_they_stand_in_for(
    command: Command, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [line["id"] for line in listed(command, *ANN)] == [1]
    monkeypatch.setenv("REKINDLE_PERSON", ANN[1])
    assert [line["id"] for line in listed(command)] == [1]
    assert [line["id"] for line in listed(command, "--everybody")] == [2, 1]
    change(store, lambda s: delegate(s, BEN, ANN[1], since=TODAY, until=TODAY, team=(ANN[1], BEN), now=NOW))
    assert [line["id"] for line in listed(command)] == [2, 1]


@pytest.mark.usefixtures("two")
def test_a_task_is_shown_with_its_link_and_how_to_tick_it_off(command: Command) -> None:
    out = command("tasks", "show", "2").out
    assert PAGE in out
    assert "overdue" in out
    assert 'rekindle tasks done 2 --note "what came of it"' in out
    assert "read first: rekindle rejections list" in command("tasks", "show", "1").out
    shown = json.loads(command("tasks", "show", "1", "--json").out)
    assert (shown["candidate"], shown["kind"], shown["state"], shown["due_on"]) == ("c-1", "call", "open", str(TODAY))


@pytest.mark.parametrize(
    "words", [("show", "9"), ("done", "9", "--note", "x", *ANN), ("snooze", "9", "--until", "2027-01-01", *ANN)]
)
def test_a_task_that_is_none_is_bad_input(words: tuple[str, ...], command: Command) -> None:
    told = command("tasks", *words)
    assert (told.code, told.out) == (2, "")
    assert "there is no task 9" in told.err


# done


@pytest.mark.usefixtures("two")
def test_done_records_the_contact_and_done_again_says_so(command: Command, store: Store) -> None:
    told = command("tasks", "done", "1", "--note", "took it well", "--on", "2026-10-12", "--channel", "meeting", *ANN)
    assert (told.code, told.out) == (0, "task 1 for c-1 is done: meeting on 2026-10-12 (t-1)\n")
    again = command("tasks", "done", "1", "--note", "again", *ANN)
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith("task 1 is over already, nothing was changed: it was done on 2026-10-13 by ann@acme")
    assert "meeting out" in command("candidates", "show", "c-1").out
    assert "done 2026-10-13" in command("tasks", "list", "--all").out


@pytest.mark.usefixtures("two")
def test_where_there_was_nothing_to_say_no_contact_is_recorded(command: Command) -> None:
    assert (
        command("tasks", "done", "2", "--note", "quiet there", "--no-contact", *ANN).out == "task 2 for c-2 is done\n"
    )
    both = command("tasks", "done", "1", "--note", "x", "--no-contact", "--channel", "call", *ANN)
    assert (both.code, "give one of them" in both.err) == (2, True)


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("done", "1", "--note", "", *ANN), "say in a line what came of it"),
        (("done", "1", "--note", "x", "--on", "yesterday", *ANN), "'yesterday' is no day: write it like 2026-10-20"),
        (("done", "1", "--note", "x", "--channel", "linkedin", *ANN), "--channel call, meeting"),
        (("snooze", "1", "--until", "2026-10-13", *ANN), "is no day to come"),
        (("drop", "1", "--because", " ", *ANN), "say in a line why nobody has to do it"),
        (("assign", "1", "--to", "eve@acme.example", *ANN), "is not one of the people"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    words: tuple[str, ...], said: str, command: Command, store: Store
) -> None:
    told = command("tasks", *words)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert (tasks(store)[0].done_at, tasks(store)[0].snoozed_until) == (None, None)


@pytest.mark.usefixtures("two")
def test_a_stranger_ticks_nothing_off(command: Command, store: Store) -> None:
    told = command("tasks", "done", "1", "--note", "x", "--as", "eve@acme.example")
    assert told.code == 1
    assert tasks(store)[0].done_at is None


# snooze, drop, assign


@pytest.mark.usefixtures("two")
def test_a_task_is_put_off_given_away_and_let_go(command: Command) -> None:
    assert command("tasks", "snooze", "1", "--until", "2026-11-02", *ANN).out == "task 1 comes back on 2026-11-02\n"
    assert [line["id"] for line in listed(command)] == [2]
    assert "until 2026-11-02" in command("tasks", "list", "--all").out
    assert (
        command("tasks", "assign", "2", "--to", "Cleo@acme.example", *ANN).out == "task 2 is cleo@acme.example's now\n"
    )
    assert command("tasks", "drop", "2", "--because", "met her", *ANN).out == "task 2 is let go\n"
    assert listed(command, "--all")[1]["note"] == "met her"
    over = command("tasks", "assign", "2", "--to", BEN, *ANN)
    assert (over.code, "it was let go on 2026-10-13 by ann@acme.example: met her" in over.err) == (2, True)


# A second no asks for a call.


def test_drafting_a_second_rejection_asks_for_a_call_first(command: Command, store: Store) -> None:
    from tests.cast import turned_down  # noqa: PLC0415

    change(store, not_told)
    change(store, lambda s: s.add(turned_down(1, decided_on=TODAY - 300 * DAY)))
    told = command("rejections", "draft", "c-1", "--ask")
    assert told.code == 1
    first = "Call them before the letter, it is not the first no: task 1 of ann@acme.example, due 2026-10-18"
    assert told.out.splitlines()[0] == first
    assert "a second rejection is told by a call first" in told.err
    assert only(store).kind is TaskKind.CALL
    command("tasks", "done", "1", "--note", "took it well", *ANN)
    assert "Call them" not in command("rejections", "draft", "c-1").out


# The digest, rehearsed.


def test_a_dry_run_of_the_digest_prints_each_mail_and_why_others_get_none(command: Command, rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        a_task(session, anne(session, last_contact_on=TODAY).id)
    told = command("run", "digest", "--dry-run")
    assert (told.code, told.err) == (0, "")
    assert "To: ann@acme.example (2026-W42)" in told.out
    assert "Subject: Your week: about 15 minutes" in told.out
    assert "Call c-1 (Senior Product Manager)" in told.out
    assert "nothing to tell" in told.out
    assert "Anne" not in told.out


def test_with_nothing_to_tell_the_dry_run_says_so(command: Command) -> None:
    assert "nothing to tell" in command("run", "digest", "--dry-run").out
