"""An SMTP server that keeps nothing, in a process of its own, so that a benchmark measures the client.

Speaks just enough: EHLO (PIPELINING, 8BITMIME), MAIL, RCPT, DATA, RSET, NOOP, QUIT, and XCOUNT, which is ours.
Takes any address and believes any client: loopback only. Ends with its parent, or after an hour.

    with running_sink() as sink: ... sink.port ... sink.count()
"""

import asyncio
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

_LONGEST_LIFE = 3600.0
_LONGEST_LINE = 4096
_LONGEST_HEADER = 65536
_END = b"\r\n.\r\n"
_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_OK = b"250 OK\r\n"
_EHLO = b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"


@dataclass
class Tally:
    """What all connections have delivered together."""

    messages: int = 0
    log: TextIO | None = None

    def add(self, header: bytes) -> None:
        self.messages += 1
        if self.log is not None:
            found = _MESSAGE_ID.search(header)
            self.log.write(f"{found[1].decode('ascii', 'replace') if found else '-'}\n")

    def read(self) -> int:
        if self.log is not None:
            self.log.flush()
        return self.messages


class Conversation(asyncio.Protocol):
    """One connection. Keeps at most one command line and, of a message, its header and the last four bytes."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._take: Callable[[bytes], bytes] = self._command_bytes
        self._rest = b""
        self._header = b""
        self._answers: dict[bytes, Callable[[], bytes]] = {
            b"EHLO": lambda: _EHLO,
            b"HELO": lambda: _OK,
            b"MAIL": lambda: _OK,
            b"RCPT": lambda: _OK,
            b"RSET": lambda: _OK,
            b"NOOP": lambda: _OK,
            b"DATA": self._begin,
            b"QUIT": lambda: b"221 bye\r\n",
            b"XCOU": lambda: b"250 %d\r\n" % self._tally.read(),
        }

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        while data:
            data = self._take(data)

    def _command_bytes(self, data: bytes) -> bytes:
        """Answer the first command line in `data` and return what follows it."""
        line, end, following = (self._rest + data).partition(b"\r\n")
        if not end:
            self._rest = line
            if len(line) > _LONGEST_LINE:
                self._transport.abort()
            return b""
        self._rest = b""
        verb = line[:4].upper()
        answer = self._answers.get(verb)
        self._transport.write(answer() if answer else b"500 what?\r\n")
        if verb == b"QUIT":
            self._transport.close()
        return following

    def _begin(self) -> bytes:
        self._rest = b"\r\n"  # the end of the DATA line counts for a message that is nothing but a dot
        self._header = b""
        self._take = self._message_bytes
        return b"354 go on\r\n"

    def _message_bytes(self, data: bytes) -> bytes:
        """Swallow the message up to its final dot and return what follows it."""
        seen = self._rest + data
        if self._tally.log is not None and len(self._header) < _LONGEST_HEADER:
            self._header += data
        # A client has to wait for the answer here, so the end is nearly always the end of what came.
        end = len(seen) - len(_END) if seen.endswith(_END) else seen.find(_END)
        if end < 0:
            self._rest = seen[1 - len(_END) :]
            return b""
        self._tally.add(self._header)
        self._rest = b""
        self._take = self._command_bytes
        self._transport.write(_OK)
        return seen[end + len(_END) :]


async def serve(tally: Tally) -> None:
    """Announce the port on standard output, then listen until standard input ends."""
    loop = asyncio.get_running_loop()
    parent_gone = asyncio.Event()
    server = await loop.create_server(lambda: Conversation(tally), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop.add_reader(sys.stdin, parent_gone.set)
    with suppress(TimeoutError):
        await asyncio.wait_for(parent_gone.wait(), _LONGEST_LIFE)
    server.close()


@dataclass(frozen=True)
class Sink:
    port: int

    def count(self) -> int:
        """Ask how many messages have been taken so far; the recorded Message-IDs are on disk by then."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(b"XCOUNT\r\nQUIT\r\n")
            said = b"".join(iter(lambda: line.recv(4096), b""))
        return int(said.splitlines()[1].split()[1])


@contextmanager
def running_sink(message_ids: Path | None = None) -> Iterator[Sink]:
    """Run a sink in its own process; with `message_ids`, each message adds its Message-ID to that file."""
    command = [sys.executable, str(Path(__file__).resolve()), *([str(message_ids)] if message_ids else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Sink(int(process.stdout.readline()))
        finally:
            process.stdin.close()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()


def main() -> None:
    if len(sys.argv) > 1:
        with Path(sys.argv[1]).open("a", encoding="ascii") as log:
            asyncio.run(serve(Tally(log=log)))
    else:
        asyncio.run(serve(Tally()))


if __name__ == "__main__":
    main()
