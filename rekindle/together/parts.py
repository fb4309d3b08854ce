"""A part is one child process with its log. It gets its own session, so that the terminal's Ctrl-C reaches only us."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rekindle.errors import RekindleError

#: How long a part may take to begin, and to end before it is killed, in seconds.
START_PATIENCE = 90.0
STOP_PATIENCE = 15.0
_POLL = 0.1


@dataclass(slots=True)
class Part:
    """One process to run. `ready` is asked until it says yes."""

    name: str
    command: list[str]
    log: Path
    ready: Callable[[], bool]
    cwd: Path | None = None
    _process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def launch(self, environment: Mapping[str, str]) -> None:
        """Start it; it is not ready yet."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                self.command, env=dict(environment), cwd=self.cwd, stdout=log, stderr=log, start_new_session=True
            )

    def await_ready(self) -> None:
        """Wait until it is ready. Raises RekindleError when it dies or takes too long."""
        give_up = time.monotonic() + START_PATIENCE
        while True:
            # First: whoever else answers in its place is not it.
            if not self.is_alive():
                raise RekindleError(f"{self.name} stopped while starting; its log is {self.log}")
            if self.ready():
                return
            if time.monotonic() > give_up:
                raise RekindleError(f"{self.name} is not ready after {START_PATIENCE:.0f} s; its log is {self.log}")
            time.sleep(_POLL)

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Ask it to end, with everything it started; kill what has not ended in time."""
        if self._process is None:
            return
        try:
            if self.is_alive():
                _signal_group(self._process.pid, signal.SIGTERM)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(STOP_PATIENCE)
        finally:
            # Its children are in its group: none may outlive it, not even when somebody cannot wait.
            _signal_group(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


def require_free_port(port: int, what: str, variable: str) -> None:
    """Raise RekindleError when something listens on `port` of this machine already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise RekindleError(f"port {port} is not for every user to open: for {what}, set {variable}") from None
        except OSError:
            raise RekindleError(
                f"port {port} of this machine is in use, {what} needs it: stop what listens there, or set {variable}"
            ) from None


def listens(port: int) -> bool:
    """Say whether something accepts connections on `port` of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
