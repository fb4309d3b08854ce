"""Runs the web app in this process, on one socket. Writes no access log: the address of a stop page is a credential."""

import errno
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from rekindle.errors import RekindleError
from rekindle.web.app import build
from rekindle.wiring import Rekindle

_LAST_ANSWERS = 10  # seconds for what is under way when the app is told to stop


def serve(rekindle: Rekindle, started: Callable[[int], None] = lambda _: None) -> None:
    """Answer until SIGTERM or SIGINT, then finish what is under way and return; a second signal does not wait.

    Calls `started` with the port once it listens. Raises RekindleError when it cannot listen there, and what `build`
    raises. Call it from the main thread: only there can it hear signals.
    """
    app = build(rekindle)
    with _listen(rekindle.settings.web.host, rekindle.settings.web.port) as listener:
        started(listener.getsockname()[1])
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_LAST_ANSWERS,
        )
        _Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise RekindleError(_why_not(host, port, error)) from error
    # Connections inherit it. asyncio sets it only on sockets it made itself, and without it every answer takes 40 ms:
    # its body waits until the client has acknowledged its headers.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is in use: stop what listens there, or set another [web] port"
    return f"the web app cannot listen on port {port} of {host}: {error.strerror}"


class _Server(uvicorn.Server):
    """Ends at a signal without raising it again, as uvicorn does: the command that called has its own end."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's signature
        self.force_exit, self.should_exit = self.should_exit, True
