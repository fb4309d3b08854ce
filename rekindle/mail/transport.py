"""The last yard: one message, one recipient, one SMTP conversation (RFC 5321), one Outcome. Alone imports aiosmtplib.

Speaks step by step, to know on which side of the final dot a conversation broke: before it nothing can have been
accepted (NotSent), after it anything can (Unknown). Retries, records and logs nothing.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import cast

from aiosmtplib import SMTP, SMTPException, SMTPHeloError, SMTPResponseException, SMTPServerDisconnected
from aiosmtplib.protocol import SMTPProtocol
from aiosmtplib.response import SMTPResponse

from rekindle.mail.outcome import (
    Accepted,
    Deferred,
    Failed,
    NotSent,
    Outcome,
    Step,
    Unknown,
    judged,
    without_addresses,
)
from rekindle.mail.route import Route
from rekindle.mail.wire import Envelope, is_mailbox, on_the_wire

_CLOSING = 421
_UNKNOWN_COMMAND = frozenset({500, 502})
_QUIT_PATIENCE = 2.0
_POLL = 0.002


@asynccontextmanager
async def open_route(route: Route) -> AsyncIterator[tuple["Lane", ...]]:
    """Yield `route.connections` lanes; each connects for its first message and says QUIT at the end."""
    tls = route.tls()
    lanes = tuple(Lane(route, tls) for _ in range(route.connections))
    try:
        yield lanes
    finally:
        await asyncio.gather(*(lane.retire() for lane in lanes))


class Lane:
    """One connection, reused for many messages, opened again when it broke. Messages queue up for it."""

    def __init__(self, route: Route, tls: ssl.SSLContext | None) -> None:
        self._route = route
        self._tls = tls
        self._client: SMTP | None = None
        self._step = Step.CONNECT
        self._turn = asyncio.Lock()
        self._locked_out: NotSent | None = None

    async def send(self, envelope: Envelope) -> Outcome:
        """Hand one message to the server and say what became of it; network trouble is an outcome, not an error.

        Cancelled, it has no outcome: treat the message as Unknown.
        """
        async with self._turn:
            reused = self._client is not None and self._client.is_connected
            try:
                outcome = await self._attempt(envelope)
                if reused and self._went_stale(outcome):
                    outcome = await self._attempt(envelope)
            except BaseException:
                # Half a conversation must never go on with the next person's message.
                self._abandon()
                raise
            return outcome

    async def retire(self) -> None:
        """Say goodbye (QUIT) and close; a lane can be used again afterwards."""
        async with self._turn:
            client = self._client
            if client is not None and client.is_connected:
                with suppress(SMTPException, OSError):
                    await client.execute_command(b"QUIT", timeout=min(_QUIT_PATIENCE, self._route.timeout))
            self._abandon()
            await asyncio.sleep(0)  # lets the loop close the socket before it is closed itself

    def _went_stale(self, outcome: Outcome) -> bool:
        """Servers close idle connections, some with a 421 first: the next MAIL finds out, and nothing is lost."""
        closed = isinstance(outcome, NotSent) or (isinstance(outcome, Deferred) and outcome.code == _CLOSING)
        return closed and self._step is Step.MAIL and (self._client is None or not self._client.is_connected)

    async def _attempt(self, envelope: Envelope) -> Outcome:
        if self._locked_out:
            return self._locked_out
        self._step = Step.CONNECT
        try:
            client = await self._connected()
            return self._unfit(client, envelope) or await self._converse(client, envelope)
        except (SMTPException, OSError) as error:
            self._abandon()
            return self._broken_off(error)

    def _broken_off(self, error: SMTPException | OSError) -> Outcome:
        """Name what an interrupted conversation means. The step is the evidence, whatever the error says."""
        code, said = -1, str(error) or type(error).__name__
        if isinstance(error, SMTPResponseException):
            code, said = error.code, error.message
        if self._step is Step.ANSWER:
            return Unknown(f"{self._step}: {without_addresses(said)}")
        outcome = judged(code, said, self._step, "")
        if isinstance(outcome, Deferred):
            return outcome
        refused = NotSent(f"{self._step}: {f'{code} ' if code > 0 else ''}{without_addresses(said)}")
        if self._step is Step.AUTH and isinstance(outcome, Failed | NotSent):
            # A wrong password does not get better, and many servers lock an account that keeps trying.
            self._locked_out = refused
        return refused

    async def _connected(self) -> SMTP:
        if self._client is not None and self._client.is_connected:
            return self._client
        route = self._route
        self._client = client = SMTP(
            hostname=route.host,
            port=route.port,
            local_hostname=route.greets_as,
            timeout=route.timeout,
            use_tls=route.security == "tls",
            start_tls=False,
            tls_context=self._tls,
        )
        await client.connect()
        await self._introduce(client)
        if route.security == "starttls":
            self._step = Step.TLS
            await client.starttls()
            await self._introduce(client)
        if route.username:
            self._step = Step.AUTH
            await self._log_in(client)
        return client

    async def _introduce(self, client: SMTP) -> None:
        self._step = Step.HELLO
        try:
            await client.ehlo()
        except SMTPHeloError as error:
            if error.code not in _UNKNOWN_COMMAND:
                raise
            await client.helo()

    async def _log_in(self, client: SMTP) -> None:
        """Try one method, not each in turn: three refusals of one wrong password look like an attack."""
        ways = {"plain": client.auth_plain, "login": client.auth_login, "cram-md5": client.auth_crammd5}
        for name, way in ways.items():
            if name in client.server_auth_methods:
                await way(self._route.username, self._route.password)
                return
        raise SMTPException("the server offers no login we know (PLAIN, LOGIN, CRAM-MD5)")

    def _unfit(self, client: SMTP, envelope: Envelope) -> Outcome | None:
        """Find what must not even be said to this server: it could break the command or come out garbled."""
        if envelope.sender and not is_mailbox(envelope.sender):
            return NotSent("the sender's address is not valid")
        if not is_mailbox(envelope.recipient):
            return Failed(553, "5.1.3", "the recipient's address is not valid", Step.RCPT)
        if not client.supports_extension("smtputf8"):
            if not envelope.sender.isascii():
                return NotSent("the sender's address is not ASCII and the server does not offer SMTPUTF8")
            if not envelope.recipient.isascii():
                reason = "the recipient's address is not ASCII and the server does not offer SMTPUTF8"
                return Failed(553, "5.6.7", reason, Step.RCPT)
        return None

    async def _converse(self, client: SMTP, envelope: Envelope) -> Outcome:
        data = on_the_wire(envelope.data)
        for step, words in _commands(client, envelope, data):
            self._step = step
            reply = await client.execute_command(*words)
            if reply.code // 100 != (3 if step is Step.DATA else 2):
                return await self._concluded(client, reply, envelope)
        self._step = Step.BODY
        reply = await self._hand_over(client, data)
        return await self._concluded(client, reply, envelope)

    async def _hand_over(self, client: SMTP, data: bytes) -> SMTPResponse:
        """Write the body, then the dot, and never the dot before the system has taken the body.

        `SMTP.data` does both in one call and cannot tell which side of the dot an error is on. A body without its dot
        is dropped by the server (RFC 5321 section 4.1.1.4), so until the dot is written the message is not sent.
        """
        protocol, wire = client.protocol, cast("asyncio.Transport | None", client.transport)
        if protocol is None or wire is None:
            raise SMTPServerDisconnected("Connection lost")
        protocol.write(data)
        if wire.get_write_buffer_size():
            early = await self._drain(protocol, wire)
            if early is not None:
                return early
        protocol.write(b".\r\n")
        self._step = Step.ANSWER
        return await protocol.read_response(timeout=self._route.timeout)

    async def _drain(self, protocol: SMTPProtocol, wire: asyncio.Transport) -> SMTPResponse | None:
        """Wait for a large body to leave; a server that has had enough may answer, or hang up, in the middle."""
        listening = asyncio.ensure_future(protocol.read_response())
        loop = asyncio.get_running_loop()
        left, deadline = wire.get_write_buffer_size(), loop.time() + self._route.timeout
        try:
            while left and not listening.done():
                if loop.time() > deadline:
                    raise TimeoutError("Timed out writing")
                await asyncio.sleep(_POLL)
                now_left = wire.get_write_buffer_size()
                if now_left < left:
                    deadline = loop.time() + self._route.timeout
                left = now_left
            return listening.result() if listening.done() else None
        finally:
            listening.cancel()

    async def _concluded(self, client: SMTP, reply: SMTPResponse, envelope: Envelope) -> Outcome:
        outcome = judged(reply.code, reply.message, self._step, envelope.recipient)
        if not isinstance(outcome, Accepted):
            await self._clear(client, understood=outcome is not None)
        if outcome is not None:
            return outcome
        said = f"{self._step}: no answer to that: {reply.code} {without_addresses(reply.message, envelope.recipient)}"
        return Unknown(said) if self._step is Step.ANSWER else NotSent(said)

    async def _clear(self, client: SMTP, *, understood: bool) -> None:
        """Make room for the next message (RSET); where the two sides may be out of step, hang up instead."""
        with suppress(SMTPException, OSError):
            if understood and self._step is not Step.BODY and client.is_connected:
                reply = await client.execute_command(b"RSET")
                if reply.code // 100 == 2:
                    return
        self._abandon()

    def _abandon(self) -> None:
        """Cut the connection. A plain close would first send what is buffered, and with it maybe a final dot."""
        client, self._client = self._client, None
        if client is not None:
            if client.transport is not None:
                cast("asyncio.Transport", client.transport).abort()
            client.close()


def _commands(client: SMTP, envelope: Envelope, data: bytes) -> Iterator[tuple[Step, tuple[bytes, ...]]]:
    sender, recipient = envelope.sender.encode(), envelope.recipient.encode()
    options: list[bytes] = []
    if client.supports_extension("size"):
        options.append(b"SIZE=%d" % len(data))
    if client.supports_extension("8bitmime") and not data.isascii():
        options.append(b"BODY=8BITMIME")
    if not (sender.isascii() and recipient.isascii()):
        options.append(b"SMTPUTF8")
    yield Step.MAIL, (b"MAIL", b"FROM:<%b>" % sender, *options)
    yield Step.RCPT, (b"RCPT", b"TO:<%b>" % recipient)
    yield Step.DATA, (b"DATA",)
