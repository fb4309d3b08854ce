"""Everything up as `rekindle up` has it: runs are served, parked, woken, deleted and replaced by the real engine."""

import shutil
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from rekindle import clock, runs
from rekindle.journey import approval, codes, deciding, editions
from rekindle.journey.approval import Decision
from rekindle.mail import maildir
from rekindle.settings import Settings
from rekindle.store.editions import Edition, EditionState
from rekindle.together.machine import running
from rekindle.together.parts import Part
from rekindle.wiring import Rekindle, open_rekindle
from tests import cast

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]

#: Stands in names and addresses; must not stand anywhere in Prefect's database.
MARKER = "Zwetschgendatschi"
#: Nothing in these tests takes a minute; a machine that is busy with others may.
PATIENCE = 60.0


@dataclass(frozen=True)
class OneMachine:
    rekindle: Rekindle

    @property
    def api(self) -> str:
        return self.rekindle.settings.prefect_api

    def ask(self, method: str, path: str, **body: Any) -> Any:
        answer = httpx.request(method, f"{self.api}{path}", json=body or None, trust_env=False, timeout=20)
        return answer.raise_for_status().json() if answer.content else None

    def park(self, period: str) -> Edition:
        """Start the update of a period and wait until its run is parked."""
        runs.start(self.api, "quarterly-update", {"period": period})
        wait_for(lambda: self.edition(period) is not None)
        self.until(period, "PAUSED")
        found = self.edition(period)
        assert found is not None
        return found

    def edition(self, period: str) -> Edition | None:
        with self.rekindle.store.reading() as session:
            found = session.scalar(select(Edition).where(Edition.period == period))
        return found if found is not None and found.run_id else None

    def until(self, period: str, *types: str) -> str:
        """Wait until the run of a period is of one of these types; return the name of its state."""
        found = self.edition(period)
        assert found is not None
        assert found.run_id is not None
        run = runs.wait(self.api, found.run_id, until=set(types), seconds=PATIENCE)
        assert run.type in types, run
        return run.state

    def approve(self, edition: Edition) -> None:
        with self.rekindle.store.writing() as session:
            question = approval.of_edition(session, edition.id)
            assert question is not None
            deciding.decide(
                session,
                question.id,
                Decision.APPROVE,
                self.rekindle.decider("ann@acme.example"),
                frozen=self.rekindle.frozen,
                policy=self.rekindle.policy,
                now=clock.now(),
                via="cli",
            )

    def sweep(self) -> str:
        return runs.wait(self.api, runs.start(self.api, "sweep"), seconds=PATIENCE).message

    def mails(self) -> int:
        return sum(1 for _ in maildir.read(self.rekindle.settings.mailbox.folder))


def wait_for(answer: Callable[[], object]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not answer():
        assert time.monotonic() < give_up, "it has not happened"
        time.sleep(0.2)


def _free_ports(count: int) -> list[str]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [str(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@pytest.fixture(scope="module")
def machine(
    tmp_path_factory: pytest.TempPathFactory,
    migrated_sqlite: Path,
    prefect_server: Part,
    prefect_settings: Settings,
    pytestconfig: pytest.Config,
) -> Iterator[OneMachine]:
    assert prefect_server.is_alive()
    assert prefect_settings.prefect.home.is_dir()
    place = tmp_path_factory.mktemp("machine")
    (place / "prefect").mkdir()
    migrated = Path(pytestconfig.cache.mkdir("prefect")) / f"migrated-{version('prefect')}.db"
    shutil.copyfile(migrated, place / "prefect" / "prefect.db")
    shutil.copyfile(migrated_sqlite, place / "rekindle.db")
    mailbox, prefect, web = _free_ports(3)
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            "DATABASE_URL": f"sqlite:///{place / 'rekindle.db'}",
            "MAILBOX_FOLDER": str(place / "mailbox"),
            "MAILBOX_PORT": mailbox,
            "SMTP_PORT": mailbox,
            "PREFECT_PORT": prefect,
            "PREFECT_HOME": str(place / "prefect"),
            "WEB_PORT": web,
            "WEB_BASE_URL": f"http://127.0.0.1:{web}",
            "SECRET_KEY": "a secret for tests only",
            "NOW": cast.NOW.isoformat(),
            # Several editions in one afternoon, each with news of its own.
            "BUDGET_MIN_DAYS": "0",
            "QUARTERLY_ITEMS_MAX": "1",
        }.items():
            environment.setenv(f"REKINDLE_{name}", value)
        rekindle = open_rekindle()
        with rekindle.store.writing() as session:
            for number in range(3):
                cast.stored(session, f"{MARKER}{number}")
            for number in range(1, 9):
                cast.news(session, number, published_on=date(2026, 8, number))
        with running(rekindle.settings, place / "log"):
            yield OneMachine(rekindle)
        rekindle.store.close()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch, machine: OneMachine) -> OneMachine:
    """The machine, with this process's clock standing where the machine's stands."""
    monkeypatch.setenv("REKINDLE_NOW", cast.NOW.isoformat())
    return machine


def test_the_scheduler_creates_runs_for_the_schedules_of_the_settings(machine: OneMachine) -> None:
    def upcoming() -> list[Any]:
        found: list[Any] = machine.ask(
            "POST",
            "/flow_runs/filter",
            flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}},
            deployments={"name": {"any_": ["quarterly-update"]}},
        )
        return found

    wait_for(upcoming)
    assert upcoming()[0]["next_scheduled_start_time"].endswith(("08:00:00Z", "09:00:00Z"))


def test_an_approval_wakes_the_parked_run_and_it_delivers(now: OneMachine) -> None:
    edition, before = now.park("2026-Q4"), now.mails()
    now.approve(edition)
    assert now.rekindle.resume(edition.run_id)
    assert now.until("2026-Q4", "COMPLETED") == "Sent"
    assert now.mails() - before == 3


def test_the_form_takes_a_decision_only_with_a_right_code(now: OneMachine) -> None:
    edition, before = now.park("2027-Q1"), now.mails()
    with now.rekindle.store.writing() as session:
        question = approval.of_edition(session, edition.id)
        assert question is not None
        ann = now.rekindle.decider("ann@acme.example")
        lasts = clock.now() - clock.now().replace(hour=0)
        code = codes.issue(session, question.id, ann, secret=now.rekindle.secret, now=clock.now(), lasts=lasts)
    for typed in ("WRONG-CODE1", code):
        answer = {"decision": "approve", "code": typed}
        assert now.ask("POST", f"/flow_runs/{edition.run_id}/resume", run_input=answer)["status"] == "ACCEPT"
        if typed != code:
            wait_for(lambda: _gate(now, edition.id) == 2)
            now.until("2027-Q1", "PAUSED")
            assert now.mails() == before
    assert now.until("2027-Q1", "COMPLETED") == "Sent"
    with now.rekindle.store.reading() as session:
        decided = approval.of_edition(session, edition.id)
    assert decided is not None
    assert (decided.decided_by, decided.via) == ("ann@acme.example", "prefect")


def test_sweep_wakes_a_run_that_was_not_told_of_the_decision(now: OneMachine) -> None:
    edition = now.park("2027-Q2")
    now.approve(edition)
    assert "1 runs woken" in now.sweep()
    assert now.until("2027-Q2", "COMPLETED") == "Sent"


def test_sweep_replaces_a_run_that_was_deleted_in_prefect(now: OneMachine) -> None:
    edition, before = now.park("2027-Q3"), now.mails()
    now.ask("DELETE", f"/flow_runs/{edition.run_id}")
    now.approve(edition)
    assert "1 runs replaced" in now.sweep()
    wait_for(lambda: _state(now, edition.id) is EditionState.DONE)
    assert now.mails() - before == 3


def test_two_runs_of_the_same_edition_send_once(now: OneMachine) -> None:
    edition, before = now.park("2027-Q4"), now.mails()
    now.approve(edition)
    both = [runs.start(now.api, "quarterly-update", {"period": "2027-Q4"}) for _ in range(2)]
    assert {runs.wait(now.api, run, seconds=PATIENCE).type for run in both} == {"COMPLETED"}
    now.sweep()
    assert now.mails() - before == 3


def test_prefect_keeps_no_name_and_no_address(now: OneMachine) -> None:
    file = Path(now.rekindle.settings.prefect.home) / "prefect.db"
    database = sqlite3.connect(file)
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = sum(database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables)
    dump = "\n".join(str(row) for name in tables for row in database.execute(f'SELECT * FROM "{name}"'))
    database.close()
    assert rows > 100
    assert "quarterly-update 2026-Q4" in dump
    assert MARKER.casefold() not in dump.casefold()
    assert "@acme.example" not in dump


def _gate(machine: OneMachine, edition_id: int) -> int:
    with machine.rekindle.store.reading() as session:
        return editions.find(session, edition_id).gate


def _state(machine: OneMachine, edition_id: int) -> EditionState:
    with machine.rekindle.store.reading() as session:
        return editions.find(session, edition_id).state
