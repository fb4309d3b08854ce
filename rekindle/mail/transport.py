"""The last yard: one message, one recipient, one SMTP conversation (RFC 5321), one Outcome.

Alone imports aiosmtplib. Speaks step by step, to know on which side of the final dot a conversation broke: before it
nothing can have been accepted (NotSent), after it anything can (Unknown). Retries, records and logs nothing.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import cast

from aiosmtplib import SMTP, SMTPException, SMTPHeloError, SMTPResponseException, SMTPServerDisconnected
from aiosmtplib.protocol import SMTPProtocol
from aiosmtplib.response import SMTPResponse

from rekindle.mail.outcome import Accepted, Deferred, Failed, NotSent, Outcome, Step, Unknown, judged, without_addresses
from rekindle.mail.route import Route
from rekindle.mail.wire import Envelope, commands, on_the_wire, unfit

_DONE, _GO_ON = 2, 3  # the first digit of a reply, RFC 5321 section 4.2.1
_FINAL_DOT = b".\r\n"
_TAKEN_AT_ONCE = 32 * 1024  # bytes; Linux gives a new connection room for more than twice that
_CLOSING = 421
_UNKNOWN_COMMAND = frozenset({500, 502})
_QUIT_PATIENCE = 2.0
_POLL = 0.002


@asynccontextmanager
async def open_route(route: Route) -> AsyncIterator[tuple["Lane", ...]]:
    """Yield `route.connections` lanes; each connects for its first message and says QUIT at the end."""
    trust = route.trust()
    lanes = tuple(Lane(route, trust) for _ in range(route.connections))
    try:
        yield lanes
    finally:
        await asyncio.gather(*(lane.retire() for lane in lanes))


class Lane:
    """One connection, reused for many messages, opened again when it broke. Messages queue up for it."""

    def __init__(self, route: Route, trust: ssl.SSLContext | None) -> None:
        self._route = route
        self._trust = trust
        self._client: SMTP | None = None
        self._step = Step.CONNECT
        self._turn = asyncio.Lock()
        self._locked_out: NotSent | None = None

    async def send(self, envelope: Envelope) -> Outcome:
        """Hand one message to the server and say what became of it; network trouble is an outcome, no error.

        Cancelled, it has no outcome: treat the message as Unknown.
        """
        async with self._turn:
            reused = self._is_open()
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
        """Say goodbye (QUIT) and close. A message after that opens the lane again."""
        async with self._turn:
            if self._client is not None and self._is_open():
                with suppress(SMTPException, OSError):
                    patience = min(_QUIT_PATIENCE, self._route.timeout)
                    await self._client.execute_command(b"QUIT", timeout=patience)
            self._abandon()
            await asyncio.sleep(0)  # The socket is closed by the loop's next round.

    def _is_open(self) -> bool:
        return self._client is not None and self._client.is_connected

    def _went_stale(self, outcome: Outcome) -> bool:
        """Servers close idle connections, some with a 421 first. The next MAIL finds out; nothing is lost."""
        closed = isinstance(outcome, NotSent) or (isinstance(outcome, Deferred) and outcome.code == _CLOSING)
        return closed and self._step is Step.MAIL and not self._is_open()

    async def _attempt(self, envelope: Envelope) -> Outcome:
        if self._locked_out:
            return self._locked_out
        self._step = Step.CONNECT
        try:
            client = await self._connected()
            return unfit(envelope, client.esmtp_extensions) or await self._converse(client, envelope)
        except (SMTPException, OSError) as error:
            self._abandon()
            return self._broken_off(error)

    def _broken_off(self, error: SMTPException | OSError) -> Outcome:
        """Say what an interrupted conversation means. The step is the evidence, whatever the error says."""
        code, said = 0, str(error) or type(error).__name__
        if isinstance(error, SMTPResponseException):
            code, said = error.code, error.message
        reason = f"{self._step}: {without_addresses(f'{code} {said}' if code > 0 else said)}"
        if self._step is Step.ANSWER:
            return Unknown(reason)
        refusal = judged(code, said, self._step, "")
        if self._step is Step.AUTH and isinstance(refusal, Failed | NotSent):
            # A wrong password does not get better, and servers lock an account that keeps trying.
            self._locked_out = NotSent(reason)
        return NotSent(reason)

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
            tls_context=self._trust,
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

    async def _converse(self, client: SMTP, envelope: Envelope) -> Outcome:
        data = on_the_wire(envelope.data)
        for step, words in commands(envelope, data, client.esmtp_extensions):
            self._step = step
            reply = await client.execute_command(*words)
            if reply.code // 100 != (_GO_ON if step is Step.DATA else _DONE):
                return await self._concluded(client, reply, envelope.recipient)
        self._step = Step.BODY
        reply = await self._hand_over(client, data)
        return await self._concluded(client, reply, envelope.recipient)

    async def _hand_over(self, client: SMTP, data: bytes) -> SMTPResponse:
        """Write the body and its final dot, and know whether the dot can have left.

        `SMTP.data` cannot tell which side of the dot an error is on. A body without its dot is never delivered
        (RFC 5321 section 4.1.1.4), so until the dot is written the message is not sent.
        """
        protocol, wire = client.protocol, cast("asyncio.Transport | None", client.transport)
        if protocol is None or wire is None:
            raise SMTPServerDisconnected("Connection lost")
        if len(data) > _TAKEN_AT_ONCE:
            return await self._hand_over_slowly(protocol, wire, data)
        protocol.write(data + _FINAL_DOT)
        if wire.is_closing():
            raise SMTPServerDisconnected("Connection lost")  # by this write, so nothing of it has left
        self._step = Step.ANSWER
        return await protocol.read_response(timeout=self._route.timeout)

    async def _hand_over_slowly(self, protocol: SMTPProtocol, wire: asyncio.Transport, data: bytes) -> SMTPResponse:
        """Hold the dot back until a large body has left; in the middle, a server may answer or hang up."""
        protocol.write(data)
        listening = asyncio.ensure_future(protocol.read_response())
        try:
            await emptied(wire, listening, self._route.timeout)
            if not listening.done():
                protocol.write(_FINAL_DOT)
                self._step = Step.ANSWER
            return await asyncio.wait_for(listening, self._route.timeout)
        finally:
            listening.cancel()

    async def _concluded(self, client: SMTP, reply: SMTPResponse, recipient: str) -> Outcome:
        outcome = judged(reply.code, reply.message, self._step, recipient)
        if not isinstance(outcome, Accepted):
            await self._clear(client, in_step=outcome is not None and self._step is not Step.BODY)
        if outcome is not None:
            return outcome
        reason = f"{self._step}: not an answer: {reply.code} {without_addresses(reply.message, recipient)}"
        return Unknown(reason) if self._step is Step.ANSWER else NotSent(reason)

    async def _clear(self, client: SMTP, *, in_step: bool) -> None:
        """Make room for the next message (RSET); where the two sides may be out of step, hang up."""
        if in_step and client.is_connected:
            with suppress(SMTPException, OSError):
                reply = await client.execute_command(b"RSET")
                if reply.code // 100 == _DONE:
                    return
        self._abandon()

    def _abandon(self) -> None:
        """Cut the connection. A plain close would first send what is buffered: maybe the rest of a message."""
        client, self._client = self._client, None
        if client is not None:
            if client.transport is not None:
                cast("asyncio.Transport", client.transport).abort()
            client.close()


async def emptied(wire: asyncio.Transport, interruption: asyncio.Future[SMTPResponse], patience: float) -> None:
    """Wait until the system has taken all that was written, or `interruption` is done.

    Raises TimeoutError after `patience` seconds in which nothing left.
    """
    clock = asyncio.get_running_loop().time
    left, deadline = wire.get_write_buffer_size(), clock() + patience
    while left and not interruption.done():
        if clock() > deadline:
            raise TimeoutError("nothing left this machine for too long")
        await asyncio.sleep(_POLL)
        before, left = left, wire.get_write_buffer_size()
        if left < before:
            deadline = clock() + patience
