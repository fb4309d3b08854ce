"""Which parts there are on one machine, in which order they start and stop."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from rekindle import runs
from rekindle.settings import Settings
from rekindle.together.environment import environment
from rekindle.together.parts import Part, listens, require_free_port

SCHEDULES = "schedules"
#: -P: a folder called `flows` where somebody works is not our package.
_PYTHON = (sys.executable, "-P")


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
    # A stack, so that each part is stopped even if stopping another one fails or is interrupted.
    with ExitStack() as at_the_end:
        at_the_end.enter_context(_told_to_stop())
        for part in _parts(settings, logs):
            machine.parts.append(part)
            if part.name == SCHEDULES:
                # The server is still up then, to be told what was killed with the schedules.
                at_the_end.callback(_reconcile, settings)
            at_the_end.callback(part.stop)
            part.launch(given)
        meanwhile()
        for part in machine.parts:
            part.await_ready()
        yield machine


def _reconcile(settings: Settings) -> None:
    # On a server we share, a run that looks alive may be another machine's.
    if not settings.prefect.api_url:
        runs.reconcile(settings.prefect_api, settings.prefect.auth.get_secret_value())


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """Take a closed terminal and a `kill` like Ctrl-C: the parts have sessions of their own and would live on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _interrupt) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _parts(settings: Settings, logs: Path) -> Iterator[Part]:
    """Yield the parts in the order of their start; the schedules wait by themselves until Prefect is there."""
    home = Path(settings.prefect.home)
    home.mkdir(parents=True, exist_ok=True)
    mailbox, web = settings.mailbox.port, settings.web.port
    api, auth = settings.prefect_api, settings.prefect.auth.get_secret_value()
    if settings.smtp_is_local_mailbox:
        yield Part("mailbox", _rekindle("mailbox"), logs / "mailbox.log", lambda: listens(mailbox))
    if not settings.prefect.api_url:
        yield Part("prefect", _server(settings.prefect.port), logs / "prefect.log", lambda: runs.is_up(api), cwd=home)
    flows = [*_PYTHON, "-m", "flows.serve"]
    yield Part(SCHEDULES, flows, logs / "schedules.log", lambda: runs.are_served(api, auth))
    yield Part("web", _rekindle("web"), logs / "web.log", lambda: listens(web))


def _server(port: int) -> list[str]:
    return [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]


def _rekindle(part: str) -> list[str]:
    return [*_PYTHON, "-m", "rekindle.together.part", part]


def _require_free_ports(settings: Settings) -> None:
    if not settings.prefect.api_url:
        require_free_port(settings.prefect.port, "Prefect", "REKINDLE_PREFECT_PORT")
    require_free_port(settings.web.port, "the web page", "REKINDLE_WEB_PORT")
    if settings.smtp_is_local_mailbox:
        require_free_port(settings.mailbox.port, "the local mailbox", "REKINDLE_MAILBOX_PORT and REKINDLE_SMTP_PORT")
