"""Which parts there are on one machine, in which order they start and stop."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rekindle import runs
from rekindle.settings import Settings
from rekindle.together.environment import environment
from rekindle.together.parts import Part, listens, require_free_port


@dataclass(frozen=True, slots=True)
class Machine:
    """The parts that are up, first started first."""

    parts: list[Part]

    def dead(self) -> Part | None:
        """Return a part that has ended by itself, if one has."""
        return next((part for part in self.parts if not part.is_alive()), None)


@contextmanager
def running(settings: Settings, logs: Path) -> Iterator[Machine]:
    """Start every part, and stop them all at the end, whatever happened: last started first."""
    _require_free_ports(settings)
    given = environment(settings)
    machine = Machine([])
    try:
        for part in _parts(settings, logs):
            machine.parts.append(part)
            part.start(given)
        yield machine
    finally:
        for part in reversed(machine.parts):
            part.stop()
            if part.name == "schedules":
                _reconcile(given)


def _parts(settings: Settings, logs: Path) -> Iterator[Part]:
    home = Path(settings.prefect.home)
    home.mkdir(parents=True, exist_ok=True)
    prefect, mailbox, web = settings.prefect.port, settings.mailbox.port, settings.web.port
    if settings.smtp_is_local_mailbox:
        yield Part("mailbox", _rekindle("mailbox"), logs / "mailbox.log", lambda: listens(mailbox))
    serve = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(prefect)]
    yield Part("prefect", serve, logs / "prefect.log", lambda: runs.is_up(settings.prefect_api), cwd=home)
    flows = [sys.executable, "-m", "flows.serve"]
    yield Part("schedules", flows, logs / "schedules.log", lambda: runs.are_served(settings.prefect_api))
    yield Part("web", _rekindle("web"), logs / "web.log", lambda: listens(web))


def _rekindle(part: str) -> list[str]:
    return [sys.executable, "-m", "rekindle.together.part", part]


def _reconcile(given: dict[str, str]) -> None:
    # Runs killed with the schedules would stay `Running` for ever; the server is still up to be told.
    subprocess.run(
        [sys.executable, "-m", "flows.serve", "--reconcile"], env=given, check=False, capture_output=True, timeout=60
    )


def _require_free_ports(settings: Settings) -> None:
    require_free_port(settings.prefect.port, "Prefect", "REKINDLE_PREFECT_PORT")
    require_free_port(settings.web.port, "the web page", "REKINDLE_WEB_PORT")
    if settings.smtp_is_local_mailbox:
        require_free_port(settings.mailbox.port, "the local mailbox", "REKINDLE_MAILBOX_PORT and REKINDLE_SMTP_PORT")
