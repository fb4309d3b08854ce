"""The local mailbox: an SMTP server for development and the demo that delivers into a Maildir, and to nobody else.

Listens on this machine only and believes whoever speaks to it: never a mail server for others.
"""

import asyncio
import errno
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from rekindle.errors import RekindleError
from rekindle.mail import maildir

HOST = "127.0.0.1"
SIZE_LIMIT = 25 * 1024 * 1024  # bytes in one message


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox that is listening."""

    folder: Path
    port: int


@contextmanager
def local_mailbox(folder: Path, port: int = 0, *, size_limit: int = SIZE_LIMIT) -> Iterator[Mailbox]:
    """Run the mailbox in a thread; port 0 takes a free one.

    Raises RekindleError when the port is taken, BadInput when the folder cannot be a mailbox.
    """
    begun: Future[tuple[int, Callable[[], object]]] = Future()

    async def main() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()

        def started(port: int) -> None:
            begun.set_result((port, lambda: loop.call_soon_threadsafe(stop.set)))

        try:
            await _listen(folder, port, size_limit, started, stop)
        except BaseException as error:
            if begun.done():
                raise
            begun.set_exception(error)

    thread = threading.Thread(target=lambda: asyncio.run(main()), name="local-mailbox", daemon=True)
    thread.start()
    actual_port, stop = begun.result()
    try:
        yield Mailbox(folder, actual_port)
    finally:
        stop()
        thread.join()


def serve_mailbox(folder: Path, port: int, started: Callable[[int], None] = lambda _: None) -> None:
    """Run the mailbox in the main thread of a process until SIGTERM or SIGINT.

    Calls `started` with the port once it listens. Raises what `local_mailbox` raises.
    """

    async def main() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        await _listen(folder, port, SIZE_LIMIT, started, stop)

    asyncio.run(main())


async def _listen(
    folder: Path, port: int, size_limit: int, started: Callable[[int], None], stop: asyncio.Event
) -> None:
    # aiosmtpd logs every command, and with it every address.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    maildir.create(folder)
    letterbox = _Letterbox(folder)

    def guest() -> SMTP:
        return SMTP(letterbox, hostname="localhost", data_size_limit=size_limit, enable_SMTPUTF8=True, loop=loop)

    loop = asyncio.get_running_loop()
    try:
        server = await loop.create_server(guest, HOST, port)
    except (OSError, OverflowError) as error:
        raise _cannot_listen(port, error) from error
    try:
        started(server.sockets[0].getsockname()[1])
        await stop.wait()
    finally:
        # Conversations still going on are cancelled, and with that closed, when the loop ends.
        await _stop_accepting(server)


async def _stop_accepting(server: asyncio.Server) -> None:
    """Close the door, but first let in who already stands in it: asyncio leaks such a connection otherwise."""
    for door in server.sockets:
        asyncio.get_running_loop().remove_reader(door.fileno())
    for _ in range(4):  # rounds of the loop from accepted to talking
        await asyncio.sleep(0)
    server.close()


def _cannot_listen(port: int, error: OSError | OverflowError) -> RekindleError:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return RekindleError(
            f"port {port} of this machine is in use: stop what listens there, or set another [mailbox] port"
        )
    return RekindleError(f"the mailbox cannot listen on port {port}: {error}")


class _Letterbox:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        # The null reverse-path comes as "<>".
        sender = (envelope.mail_from or "").strip("<>")
        try:
            maildir.deliver(self._folder, sender, envelope.rcpt_tos, envelope.original_content or b"")
        except OSError:
            return "452 4.3.1 the mailbox cannot be written to"
        return "250 2.0.0 delivered"
