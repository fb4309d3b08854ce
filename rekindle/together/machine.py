"""Which parts there are on one machine, in which order they start and stop."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rekindle import runs
from rekindle.settings import Settings
from rekindle.together.environment import environment
from rekindle.together.parts import Part, listens, require_free_port

SCHEDULES = "schedules"


@dataclass(frozen=True, slots=True)
class Machine:
    """The parts that are up, first started first."""

    parts: list[Part]

    def dead(self) -> Part | None:
        """Return a part that has ended by itself, if one has."""
        return next((part for part in self.parts if not part.is_alive()), None)


@contextmanager
def running(settings: Settings, logs: Path, meanwhile: Callable[[], None] = lambda: None) -> Iterator[Machine]:
    """Start every part, and stop them all at the end, whatever happened: last started first.

    Prefect takes seconds to come up: `meanwhile` is done in that time.
    """
    _require_free_ports(settings)
    given = environment(settings)
    machine = Machine([])
    try:
        for part in _servers(settings, logs):
            machine.parts.append(part)
            part.launch(given)
        meanwhile()
        for part in machine.parts:
            part.await_ready()
        # Only now: the schedules register with Prefect.
        machine.parts.append(schedules := _schedules(settings, logs))
        schedules.launch(given)
        schedules.await_ready()
        yield machine
    finally:
        for part in reversed(machine.parts):
            part.stop()
            if part.name == SCHEDULES:
                _reconcile(given)


def _servers(settings: Settings, logs: Path) -> Iterator[Part]:
    home = Path(settings.prefect.home)
    home.mkdir(parents=True, exist_ok=True)
    prefect, mailbox, web = settings.prefect.port, settings.mailbox.port, settings.web.port
    if settings.smtp_is_local_mailbox:
        yield Part("mailbox", _rekindle("mailbox"), logs / "mailbox.log", lambda: listens(mailbox))
    if not settings.prefect.api_url:
        serve = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(prefect)]
        yield Part("prefect", serve, logs / "prefect.log", lambda: runs.is_up(settings.prefect_api), cwd=home)
    yield Part("web", _rekindle("web"), logs / "web.log", lambda: listens(web))


def _schedules(settings: Settings, logs: Path) -> Part:
    flows = [sys.executable, "-m", "flows.serve"]
    auth = settings.prefect.auth.get_secret_value()
    return Part(SCHEDULES, flows, logs / "schedules.log", lambda: runs.are_served(settings.prefect_api, auth))


def _rekindle(part: str) -> list[str]:
    return [sys.executable, "-m", "rekindle.together.part", part]


def _reconcile(given: dict[str, str]) -> None:
    # Runs killed with the schedules would stay `Running` for ever; the server is still up to be told.
    subprocess.run(
        [sys.executable, "-m", "flows.serve", "--reconcile"], env=given, check=False, capture_output=True, timeout=60
    )


def _require_free_ports(settings: Settings) -> None:
    if not settings.prefect.api_url:
        require_free_port(settings.prefect.port, "Prefect", "REKINDLE_PREFECT_PORT")
    require_free_port(settings.web.port, "the web page", "REKINDLE_WEB_PORT")
    if settings.smtp_is_local_mailbox:
        require_free_port(settings.mailbox.port, "the local mailbox", "REKINDLE_MAILBOX_PORT and REKINDLE_SMTP_PORT")
