"""Mail servers for the tests: a scripted one that goes wrong at a named step, and the real aiosmtpd.

Both listen on a free port of this machine, in the event loop of the test that uses them.
"""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, Session
from aiosmtpd.smtp import Envelope as Delivery


@dataclass(frozen=True)
class Fault:
    """What a server does instead of its normal answer: it says `reply`, and then?"""

    reply: bytes = b""
    then: Literal["goes on", "hangs up", "resets", "stalls", "answers late"] = "goes on"


def says(text: str) -> Fault:
    return Fault(text.encode() + b"\r\n")


def says_and_hangs_up(text: str) -> Fault:
    return Fault(text.encode() + b"\r\n", "hangs up")


HANGS_UP = Fault(then="hangs up")
RESETS = Fault(then="resets")
SILENCE = Fault(then="stalls")
ANSWERS_LATE = Fault(then="answers late")
GARBAGE = Fault(b"\x00\xff one moment, please\r\n")
HALF_A_REPLY = Fault(b"25", "hangs up")
ENDLESS_REPLY = Fault(b"250-" + b"x" * 70_000 + b"\r\n")


class _OverError(Exception):
    """The server has left the conversation."""


@dataclass
class FaultyServer:
    """`faults[step]` are used up one by one, None being the normal answer; then all goes well.

    Steps: connect, ehlo, helo, starttls, auth, mail, rcpt, data (the command), body (its first line has come),
    dot (all has come), idle (between two messages), rset, quit.
    """

    faults: Mapping[str, list[Fault | None]]
    offers: tuple[str, ...] = ("SIZE 100000000", "8BITMIME", "AUTH PLAIN LOGIN")
    port: int = 0
    connections: int = 0
    commands: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)
    stalled: asyncio.Event = field(default_factory=asyncio.Event)
    wakes_up: asyncio.Event = field(default_factory=asyncio.Event)
    conversations: set[asyncio.Task[None]] = field(default_factory=set)

    def verbs(self) -> list[str]:
        return [command.partition(" ")[0].upper() for command in self.commands]

    async def welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.ensure_future(self._converse(reader, writer))
        self.conversations.add(task)
        task.add_done_callback(self.conversations.discard)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(_OverError, OSError, asyncio.IncompleteReadError):
                await _Talk(self, reader, writer).run()
        finally:
            writer.close()


@dataclass
class _Talk:
    server: FaultyServer
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def run(self) -> None:
        await self._answer("connect", b"220 faulty.example\r\n")
        while line := await self.reader.readline():
            command = line.decode("utf-8", "replace").rstrip("\r\n")
            self.server.commands.append(command)
            verb = command.partition(" ")[0].lower()
            if verb == "data":
                await self._take_message()
            elif verb == "quit":
                await self._answer("quit", b"221 bye\r\n")
                return
            else:
                await self._answer(verb, self._normal(verb))

    def _normal(self, verb: str) -> bytes:
        if verb == "auth":
            return b"235 in\r\n"
        if verb != "ehlo":
            return b"250 OK\r\n"
        *first, last = ("faulty.example", *self.server.offers)
        return "".join([*(f"250-{line}\r\n" for line in first), f"250 {last}\r\n"]).encode()

    async def _take_message(self) -> None:
        if not await self._answer("data", b"354 go on\r\n"):
            return
        message = bytearray(await self.reader.readuntil(b"\r\n"))
        await self._answer("body", b"")
        while not message.endswith(b"\r\n.\r\n"):
            message += await self.reader.readuntil(b"\r\n")
        if await self._answer("dot", b"250 2.0.0 queued as 4711\r\n"):
            self.server.messages.append(bytes(message[:-3]))
        await self._answer("idle", b"")

    async def _answer(self, step: str, normal: bytes) -> bool:
        """Say the normal thing and return True, or play the fault."""
        waiting = self.server.faults.get(step)
        fault = waiting.pop(0) if waiting else None
        self.writer.write(normal if fault is None else fault.reply)
        await self.writer.drain()
        if fault is None:
            return True
        if fault.then in {"stalls", "answers late"}:
            self.server.stalled.set()
            await self.server.wakes_up.wait()
        if fault.then == "answers late":
            self.writer.write(normal)
            return True
        if fault.then == "resets":
            raw = self.writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.writer.transport.abort()
        if fault.then in {"hangs up", "resets"}:
            raise _OverError
        return False


@asynccontextmanager
async def faulty_server(**faults: list[Fault | None]) -> AsyncIterator[FaultyServer]:
    server = FaultyServer(faults)
    listener = await asyncio.start_server(server.welcome, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        await _a_few_rounds()
        listener.close()
        for task in tuple(server.conversations):
            task.cancel()
        await asyncio.gather(*server.conversations, return_exceptions=True)
        await listener.wait_closed()
        await _a_few_rounds()


async def _a_few_rounds() -> None:
    """Let the loop finish what it has begun: connections being accepted, sockets being closed."""
    for _ in range(4):
        await asyncio.sleep(0)


@dataclass
class RealServer:
    """aiosmtpd, and what it was given."""

    port: int = 0
    connections: int = 0
    deliveries: list[Delivery] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Delivery) -> str:  # noqa: N802
        self.deliveries.append(envelope)
        return "250 2.0.0 OK"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Delivery, _mechanism: str, data: LoginPassword
    ) -> AuthResult:
        self.logins.append(data.login)
        return AuthResult(success=data == LoginPassword(b"rekindle", b"right"), handled=False)


@asynccontextmanager
async def real_server(
    *,
    security: Literal["none", "starttls", "tls"] = "none",
    certificate: ssl.SSLContext | None = None,
    smtputf8: bool = False,
) -> AsyncIterator[RealServer]:
    server, loop = RealServer(), asyncio.get_running_loop()
    guests: list[SMTP] = []

    def guest() -> SMTP:
        server.connections += 1
        guests.append(
            SMTP(
                server,
                hostname="real.example",
                loop=loop,
                enable_SMTPUTF8=smtputf8,
                tls_context=certificate if security == "starttls" else None,
                require_starttls=security == "starttls",
                auth_require_tls=security == "starttls",
                authenticator=server.authenticate,
            )
        )
        return guests[-1]

    listener = await loop.create_server(guest, "127.0.0.1", 0, ssl=certificate if security == "tls" else None)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        await _a_few_rounds()
        listener.close()
        for each in guests:
            if each.transport is not None:
                each.transport.close()
        await listener.wait_closed()
