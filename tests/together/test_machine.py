"""All parts start in their order, and whatever happens then, none is left behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from rekindle import runs, settings
from rekindle.errors import RekindleError
from rekindle.settings import Settings
from rekindle.together import machine
from rekindle.together.environment import environment
from rekindle.together.machine import SCHEDULES, running
from rekindle.together.parts import Part, listens
from tests.together.tiny import POLITE, SLEEP, STUBBORN, lives, part, until


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of which every port is free."""
    with socket.socket() as one, socket.socket() as two, socket.socket() as three:
        for name, probe in (("PREFECT", one), ("WEB", two), ("MAILBOX", three)):
            probe.bind(("127.0.0.1", 0))
            monkeypatch.setenv(f"REKINDLE_{name}_PORT", str(probe.getsockname()[1]))
        monkeypatch.setenv("REKINDLE_SMTP_PORT", os.environ["REKINDLE_MAILBOX_PORT"])
        return settings.load()


Use = Callable[..., list[Part]]


@pytest.fixture
def use(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Let the machine be made of tiny parts: name=code."""

    def made_of(**codes: str) -> list[Part]:
        made = [part(own_folder, code, name) for name, code in codes.items()]
        monkeypatch.setattr(machine, "_parts", lambda _settings, _logs: iter(made))
        return made

    return made_of


def pids(machine_parts: Sequence[Part]) -> list[int]:
    return [each._process.pid for each in machine_parts if each._process]


def test_every_part_is_up_within_and_gone_after(chosen: Settings, use: Use) -> None:
    made = use(mailbox=POLITE, prefect=POLITE, schedules=POLITE)
    with running(chosen, Path("log")) as up:
        assert up.parts == made
        assert [each.ready() for each in made] == [True] * 3
        assert up.dead() is None
    assert not any(map(lives, pids(made)))


def test_they_end_last_first_and_prefect_hears_of_the_end_of_the_schedules(
    chosen: Settings, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = use(mailbox=POLITE, prefect=POLITE, schedules=POLITE, web=POLITE)
    ended: list[str] = []
    stop = Part.stop

    def noted(each: Part) -> None:
        stop(each)
        ended.append(each.name)

    def reconcile(*_: object) -> int:
        ended.append(f"told while {sum(each.is_alive() for each in made)} live")
        return 0

    monkeypatch.setattr(Part, "stop", noted)
    monkeypatch.setattr(runs, "reconcile", reconcile)
    with running(chosen, Path("log")):
        pass
    assert ended == ["web", SCHEDULES, "told while 2 live", "prefect", "mailbox"]


def test_what_is_done_meanwhile_is_done_while_they_start(chosen: Settings, use: Use) -> None:
    made = use(prefect=f"import time; time.sleep(0.3)\n{POLITE}")
    seen: list[bool] = []
    with running(chosen, Path("log"), lambda: seen.extend((made[0].is_alive(), made[0].ready()))):
        pass
    assert seen == [True, False]


def test_a_part_that_ended_by_itself_is_found(chosen: Settings, use: Use) -> None:
    made = use(mailbox=POLITE, web=POLITE)
    with running(chosen, Path("log")) as up:
        os.kill(pids(made)[1], signal.SIGKILL)
        until(lambda: up.dead() is not None)
        assert up.dead() is made[1]


def fail() -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("code", ["raise SystemExit(1)", "import no_such_thing"])
def test_when_one_cannot_start_the_others_are_stopped(chosen: Settings, use: Use, code: str) -> None:
    made = use(mailbox=POLITE, prefect=code, web=POLITE)
    with pytest.raises(RekindleError, match="prefect stopped while starting"), running(chosen, Path("log")):
        pytest.fail("it never was up")
    assert not any(map(lives, pids(made)))


def test_when_what_is_done_meanwhile_fails_all_are_stopped(chosen: Settings, use: Use) -> None:
    made = use(mailbox=POLITE, prefect=SLEEP)
    with pytest.raises(ZeroDivisionError), running(chosen, Path("log"), fail):
        pytest.fail("it never was up")
    assert len(pids(made)) == 2
    assert not any(map(lives, pids(made)))


def test_when_the_caller_fails_all_are_stopped(chosen: Settings, use: Use) -> None:
    made = use(mailbox=POLITE, prefect=POLITE)
    with pytest.raises(KeyboardInterrupt), running(chosen, Path("log")):
        raise KeyboardInterrupt
    assert not any(map(lives, pids(made)))


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError])
def test_a_stop_that_fails_or_is_interrupted_does_not_spare_the_others(
    chosen: Settings, use: Use, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]
) -> None:
    made = use(mailbox=POLITE, schedules=POLITE, web=POLITE)
    stop = Part.stop

    def interrupted(each: Part) -> None:
        stop(each)
        if each.name != "mailbox":
            raise fault

    monkeypatch.setattr(Part, "stop", interrupted)
    with pytest.raises(fault), running(chosen, Path("log")):
        pass
    assert not any(map(lives, pids(made)))


def test_two_ctrl_cs_in_a_row_leave_nothing_behind(own_folder: Path) -> None:
    """The second one falls into the wait for a part that takes its time."""
    script = own_folder / "up.py"
    script.write_text(IMPATIENT, encoding="utf-8")
    command = [sys.executable, str(script), str(own_folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        numbers = [int(word) for word in process.stdout.readline().split()]
        assert len(numbers) == 2
        process.send_signal(signal.SIGINT)
        until(lambda: "told to end" in (own_folder / "log" / "two.log").read_text(encoding="utf-8"))
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    until(lambda: not any(map(lives, numbers)))


IMPATIENT = f"""
import sys, time
from pathlib import Path
from rekindle import runs, settings
from rekindle.together import machine, parts
from tests.together.tiny import part
STUBBORN = {STUBBORN!r}
folder = Path(sys.argv[1])
made = [part(folder, STUBBORN, name) for name in ("one", "two")]
machine._parts = lambda *_: iter(made)
machine._require_free_ports = lambda _: None
parts.STOP_PATIENCE = 0.5
with machine.running(settings.load(), folder / "log"):
    print(*(each._process.pid for each in made), flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(
    ("name", "what"),
    [("PREFECT", "Prefect needs it"), ("WEB", "the web page needs it"), ("MAILBOX", "the local mailbox needs it")],
)
def test_a_port_in_use_is_said_before_anything_is_started(chosen: Settings, use: Use, name: str, what: str) -> None:
    made = use(mailbox=POLITE)
    port = int(os.environ[f"REKINDLE_{name}_PORT"])
    in_use = pytest.raises(RekindleError, match=f"port {port} of this machine is in use, {what}")
    with socket.create_server(("127.0.0.1", port)), in_use, running(chosen, Path("log")):
        pytest.fail("it was started")
    assert pids(made) == []


def test_without_the_local_mailbox_none_is_started(chosen: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert next(each.name for each in machine._parts(chosen, Path("log"))) == "mailbox"
    monkeypatch.setenv("REKINDLE_SMTP_HOST", "mail.acme.example")
    assert "mailbox" not in [each.name for each in machine._parts(settings.load(), Path("log"))]


def test_with_a_prefect_elsewhere_none_is_started(chosen: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_PREFECT_API_URL", "https://prefect.acme.example/api")
    assert "prefect" not in [each.name for each in machine._parts(settings.load(), Path("log"))]


def test_the_mailbox_is_a_part_that_listens_and_ends(chosen: Settings, own_folder: Path) -> None:
    mailbox = next(each for each in machine._parts(chosen, own_folder / "log") if each.name == "mailbox")
    try:
        mailbox.launch(environment(chosen))
        mailbox.await_ready()
        assert listens(chosen.mailbox.port)
    finally:
        mailbox.stop()
    assert not listens(chosen.mailbox.port)
