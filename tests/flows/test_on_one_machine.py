"""Everything up as `rekindle up` has it: runs are served, parked, woken, deleted and replaced by the real engine."""

import shutil
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from flows.sweep import sweep
from rekindle import clock, runs
from rekindle.journey.approvals import approval, codes, deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.bulk import editions
from rekindle.mail import maildir
from rekindle.runs import Run
from rekindle.settings import Settings
from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate
from rekindle.store.editions import Edition
from rekindle.store.roles import Role
from rekindle.together.machine import running
from rekindle.together.parts import Part
from rekindle.wiring import Rekindle, open_rekindle
from states.candidate import CandidateState
from tests import cast
from tests.flows.engine import temporary_engine
from tests.journey.letters import stage

pytestmark = pytest.mark.prefect

#: Stands in names and addresses; must not stand anywhere in Prefect's database.
MARKER = "Zwetschgendatschi"
#: Five editions: told at once; by Prefect's form; nobody told its run; its run deleted; three runs of it.
WOKEN, FORM, UNTOLD, DELETED, DOUBLED = "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"
PEOPLE = 3
#: A role and the one person for whom everything is on record that its letter needs. They get no editions.
ROLE, FITS = "director-product", f"{MARKER}Sarah"
#: Nothing in these tests takes a minute; a machine that is busy with others may.
PATIENCE = 240.0


@dataclass(frozen=True)
class OneMachine:
    rekindle: Rekindle

    @property
    def api(self) -> str:
        return self.rekindle.settings.prefect_api

    def ask(self, method: str, path: str, **body: Any) -> Any:
        for _ in range(20):
            answer = httpx.request(method, f"{self.api}{path}", json=body or None, trust_env=False, timeout=20)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            # Prefect's SQLite has one writer, and is busy with the other runs.
            time.sleep(1)
        return answer.raise_for_status().json() if answer.content else None

    def parked(self, period: str) -> Edition:
        """Wait until the run of a period is parked."""
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
                terms=self.rekindle.terms,
                now=clock.now(),
                via="cli",
            )

    def parked_letters(self) -> Approval:
        """Wait until the run of the role is parked; return the letter's approval."""
        wait_for(lambda: self.role.run_id is not None)
        run = runs.wait(self.api, str(self.role.run_id), until={"PAUSED"}, seconds=PATIENCE)
        assert run.type == "PAUSED", run
        with self.rekindle.store.reading() as session:
            return session.scalars(select(Approval).where(Approval.message_id.is_not(None))).one()

    @property
    def role(self) -> Role:
        with self.rekindle.store.reading() as session:
            return session.scalars(select(Role)).one()

    def edition_now(self, edition: Edition) -> Edition:
        with self.rekindle.store.reading() as session:
            return editions.find(session, edition.id)

    def code_for(self, edition: Edition) -> str:
        with self.rekindle.store.reading() as session:
            question = approval.of_edition(session, edition.id)
        assert question is not None
        return self.code(question)

    def code(self, question: Approval) -> str:
        with self.rekindle.store.writing() as session:
            ann, secret = self.rekindle.decider("ann@acme.example"), self.rekindle.secret
            return codes.issue(session, question.id, ann, secret=secret, now=clock.now(), lasts=timedelta(hours=1))

    def decide_in_its_form(self, question: Approval) -> str:
        """Fill in the form of the deployment `decide`; return the run that takes the decision."""
        told = {"approval_id": question.id, "decision": "approve", "code": self.code(question)}
        return runs.start(self.api, "decide", told)

    def answer(self, edition: Edition, code: str) -> None:
        """Fill in the form of a parked run, as its page in Prefect does."""
        told = {"decision": "approve", "code": code}
        assert self.ask("POST", f"/flow_runs/{edition.run_id}/resume", run_input=told)["status"] == "ACCEPT"

    def mails(self, period: str) -> int:
        received = maildir.read(self.rekindle.settings.mailbox.folder)
        return sum(str(mail.message["Feedback-ID"]).startswith(f"{period}:") for mail in received)

    def letters(self) -> int:
        received = maildir.read(self.rekindle.settings.mailbox.folder)
        return sum(recipient.startswith(FITS.casefold()) for mail in received for recipient in mail.recipients)


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
            "QUARTERLY_ITEMS_MIN": "1",
            "QUARTERLY_ITEMS_MAX": "1",
            "EDITIONS_SPREAD_DAYS": "1",
        }.items():
            environment.setenv(f"REKINDLE_{name}", value)
        rekindle = open_rekindle()
        with rekindle.store.writing() as session:
            for number in range(PEOPLE):
                cast.stored(session, f"{MARKER}{number}")
            stage.sarah(session, FITS, state=CandidateState.REJECTED_WARM)
            stage.role(session, ROLE, whats_in_it=f"owning the {MARKER} line from the first customer on")
            for number in range(1, 9):
                cast.news(session, number, published_on=date(2026, 8, number))
        with running(rekindle.settings, place / "log"):
            yield OneMachine(rekindle)
        rekindle.store.close()


@dataclass(frozen=True)
class Story:
    """What became of five editions and a letter that went their ways together: a run takes seconds to begin."""

    machine: OneMachine
    editions: dict[str, Edition]
    states: dict[str, str]
    parked_after_wrong_code: bool
    mails_after_wrong_code: int
    swept: str
    decision: Run
    letters: Run

    def mails(self, period: str) -> int:
        return self.machine.mails(period)


@pytest.fixture(scope="module")
def story(machine: OneMachine) -> Iterator[Story]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("REKINDLE_NOW", cast.NOW.isoformat())
        yield tell(machine)


def tell(machine: OneMachine) -> Story:
    """Park all, decide each in its way, sweep once, and wait until all have come to their end."""
    runs.start(machine.api, "re-engagement", {"role": ROLE})
    for period in (WOKEN, FORM, UNTOLD, DELETED, DOUBLED):
        runs.start(machine.api, "quarterly-update", {"period": period})
    decision = machine.decide_in_its_form(machine.parked_letters())
    parked = {period: machine.parked(period) for period in (WOKEN, FORM, UNTOLD, DELETED, DOUBLED)}
    machine.answer(parked[FORM], "WRONG-CODE1")
    for period in (WOKEN, UNTOLD, DOUBLED):
        machine.approve(parked[period])
    wait_for(lambda: machine.rekindle.resume(parked[WOKEN].run_id))
    twins = [runs.start(machine.api, "quarterly-update", {"period": DOUBLED}) for _ in range(2)]
    machine.ask("DELETE", f"/flow_runs/{parked[DELETED].run_id}")
    with temporary_engine(machine.rekindle.settings):
        swept = str(sweep(return_state=True).message)
    wait_for(lambda: machine.edition_now(parked[FORM]).forms == 1)
    again = machine.until(FORM, "PAUSED") == "Suspended"
    mails = machine.mails(FORM)
    machine.answer(parked[FORM], machine.code_for(parked[FORM]))
    wait_for(lambda: machine.edition_now(parked[DELETED]).run_id != parked[DELETED].run_id)
    machine.until(DELETED, "PAUSED")
    machine.approve(parked[DELETED])
    # Prefect's SQLite has one writer: told while it is busy, it says no.
    wait_for(lambda: machine.rekindle.resume(machine.edition_now(parked[DELETED]).run_id))
    states = {period: machine.until(period, "COMPLETED") for period in (WOKEN, FORM, UNTOLD, DELETED, DOUBLED)}
    for run in twins:
        runs.wait(machine.api, run, seconds=PATIENCE)
    letters = [runs.wait(machine.api, run, seconds=PATIENCE) for run in (decision, str(machine.role.run_id))]
    return Story(machine, parked, states, again, mails, swept, *letters)


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


def test_an_approval_wakes_the_parked_run_and_it_delivers(story: Story) -> None:
    assert (story.states[WOKEN], story.mails(WOKEN)) == ("Sent", PEOPLE)


def test_the_form_parks_again_after_a_wrong_code(story: Story) -> None:
    assert story.parked_after_wrong_code
    assert story.mails_after_wrong_code == 0


def test_the_form_takes_a_decision_with_a_right_code(story: Story) -> None:
    assert (story.states[FORM], story.mails(FORM)) == ("Sent", PEOPLE)
    with story.machine.rekindle.store.reading() as session:
        decided = approval.of_edition(session, story.editions[FORM].id)
    assert decided is not None
    assert (decided.decided_by, decided.via) == ("ann@acme.example", "prefect")


def test_sweep_wakes_a_run_that_was_not_told_of_the_decision(story: Story) -> None:
    assert (story.states[UNTOLD], story.mails(UNTOLD)) == ("Sent", PEOPLE)


def test_sweep_replaces_a_run_that_was_deleted_in_prefect(story: Story) -> None:
    assert "1 runs replaced" in story.swept
    assert (story.states[DELETED], story.mails(DELETED)) == ("Sent", PEOPLE)
    now = story.machine.edition_now(story.editions[DELETED])
    assert now.run_id != story.editions[DELETED].run_id


def test_three_runs_of_the_same_edition_send_once(story: Story) -> None:
    assert (story.states[DOUBLED], story.mails(DOUBLED)) == ("Sent", PEOPLE)


def test_a_letter_is_approved_in_the_form_of_the_deployment_called_decide_and_re_engages(story: Story) -> None:
    assert (story.decision.type, story.decision.state) == ("COMPLETED", "Approved")
    assert story.letters.type == "COMPLETED"
    with story.machine.rekindle.store.reading() as session:
        person = session.scalars(select(Candidate).where(Candidate.given_name == FITS)).one()
    assert person.state is CandidateState.RE_ENGAGED
    assert story.machine.letters() == 1


def test_prefect_keeps_no_name_and_no_address(story: Story) -> None:
    file = Path(story.machine.rekindle.settings.prefect.home) / "prefect.db"
    database = sqlite3.connect(file)
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    dump = "\n".join(str(row) for name in tables for row in database.execute(f'SELECT * FROM "{name}"'))
    database.close()
    assert "quarterly-update 2026-Q4" in dump
    assert f"Letters about {ROLE}" in dump
    assert MARKER.casefold() not in dump.casefold()
    assert "@acme.example" not in dump


def test_another_web_page_may_not_talk_to_prefect(machine: OneMachine) -> None:
    asks = {"Origin": "https://evil.example", "Access-Control-Request-Method": "PATCH"}
    answer = httpx.options(f"{machine.api}/deployments/x", headers=asks, trust_env=False)
    assert "access-control-allow-origin" not in answer.headers
