"""A real mail server for the journey's tests: aiosmtpd, asking the test what to answer to each message."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Sink:
    """`answer` gets the recipient while the client waits; what it returns is the reply."""

    answer: Callable[[str], str]
    port: int = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        return self.answer(envelope.rcpt_tos[0])


@asynccontextmanager
async def sink(answer: Callable[[str], str]) -> AsyncIterator[Sink]:
    """Listen on a free port of this machine, in the loop of the test."""
    server, loop = Sink(answer), asyncio.get_running_loop()
    guests: list[SMTP] = []

    def guest() -> SMTP:
        guests.append(SMTP(server, hostname="sink.example", loop=loop))
        return guests[-1]

    listener = await loop.create_server(guest, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for each in guests:
            if each.transport is not None:
                each.transport.close()
        await listener.wait_closed()
