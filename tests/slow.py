"""A mailbox that takes its time, to have something in the middle of which to be killed."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from rekindle.mail import maildir


class _Slow:
    def __init__(self, folder: Path, seconds: float) -> None:
        self._folder = folder
        self._seconds = seconds

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        maildir.deliver(self._folder, envelope.mail_from or "", envelope.rcpt_tos, envelope.original_content or b"")
        await asyncio.sleep(self._seconds)
        return "250 2.0.0 delivered"


@contextmanager
def slow_mailbox(folder: Path, *, seconds: float) -> Iterator[int]:
    """Deliver at once, answer `seconds` later; gives the port."""
    maildir.create(folder)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    controller = Controller(_Slow(folder, seconds), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop(no_assert=True)
