"""`rekindle people`: who is here, who takes over, and what is handed over."""

import json

from sqlalchemy import select

from rekindle.journey.letters import asking, proposing
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.letters import letters_of
from rekindle.wiring import Rekindle
from tests.cast import NOW, anne
from tests.cli.calling import Command
from tests.journey.letters.stage import role, sarah

ANN, BEN, CLEO = (f"{name}@acme.example" for name in ("ann", "ben", "cleo"))


def leave(command: Command, person: str, *told: str, by: str = CLEO) -> str:
    done = command("people", "leave", person, *told, "--as", by)
    assert done.code == 0, done.err
    return done.out


def test_the_team_is_listed_with_what_waits_for_each(command: Command, rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        anne(session)
    lines = {line["address"]: line for line in json.loads(command("people", "list", "--json").out)}
    assert lines[ANN]["candidates"] == 1
    assert (lines[ANN]["here"], lines[ANN]["successor"], lines[ANN]["left_on"]) == (True, None, None)
    assert "Ann Lee" in command("people", "list").out


def test_a_colleague_takes_over_with_all_that_waits(command: Command, rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        row = proposing.lay_down_proposal(session, sarah(session), role(session), rekindle.drafting, NOW)
        asking.ask(session, row, rekindle.standards, by="rekindle", now=NOW)
    told = leave(command, ANN, "--to", BEN)
    assert "ben@acme.example takes over from ann@acme.example from 2026-10-13 on" in told
    assert "handed over: 1 approvals, 0 tasks, 1 letters drafted anew" in told
    with rekindle.store.reading() as session:
        assert letters_of(session, [row.id])[row.id].signer == BEN
        waiting = select(Approval.assignee).where(Approval.state == ApprovalState.WAITING)
        assert list(session.scalars(waiting)) == [BEN]
    assert "left 2026-10-13" in command("people", "list").out
    assert "that is on record already" in leave(command, ANN, "--to", BEN)


def test_who_has_left_decides_nothing_and_is_here_again_once_that_is_taken_back(command: Command) -> None:
    leave(command, ANN, "--to", BEN)
    refused = command("people", "leave", CLEO, "--to", BEN, "--as", ANN)
    assert (refused.code, "or has left" in refused.err) == (1, True)
    assert "is here" in leave(command, ANN, "--undo")
    assert command("people", "leave", CLEO, "--to", BEN, "--as", ANN).code == 0


def test_a_process_that_lives_long_sees_who_has_left(command: Command, rekindle: Rekindle) -> None:
    before = rekindle.standards
    assert (before.is_here(ANN), ANN in rekindle.present_people) == (True, True)
    assert rekindle.standards is before, "made once for a team"
    rekindle_time(command)
    assert (rekindle.standards.is_here(ANN), ANN in rekindle.present_people) == (False, False)
    assert rekindle.terms.letters is rekindle.standards


def rekindle_time(command: Command) -> None:
    leave(command, ANN, "--to", BEN, "--on", "2020-01-01")


def test_whoever_leaves_later_is_here_until_then(command: Command) -> None:
    told = leave(command, ANN, "--to", BEN, "--on", "2026-11-01")
    assert "handed over on that day" in told
    assert "until 2026-11-01" in " ".join(command("people", "list").out.split())


def test_one_says_who_takes_over_or_that_it_is_taken_back(command: Command) -> None:
    for told in ([], ["--to", BEN, "--undo"], ["--undo", "--on", "2026-11-01"]):
        refused = command("people", "leave", ANN, *told, "--as", CLEO)
        assert (refused.code, "say --to and who takes over, or --undo alone" in refused.err) == (2, True)


def test_a_day_that_is_none_is_asked_for_again_and_another_day_is_taken(command: Command) -> None:
    told = command("people", "leave", ANN, "--to", BEN, "--on", "tomorrow", "--as", CLEO)
    assert (told.code, "'tomorrow' is no day: write it like 2026-10-20" in told.err) == (2, True)
    assert "from 2026-11-30 on" in leave(command, ANN, "--to", BEN, "--on", "2026-11-30")
    assert "from 2026-12-31 on" in leave(command, ANN, "--to", BEN, "--on", "2026-12-31")
