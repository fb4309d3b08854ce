"""How much our lane costs over bare `aiosmtplib.SMTP.sendmail`: one connection each, in turns, the same message.

python -m benchmarks.lane [MESSAGES KILOBYTES]
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable

from aiosmtplib import SMTP

from benchmarks.sink import Sink, running_sink
from rekindle.mail.outcome import Accepted
from rekindle.mail.route import Route
from rekindle.mail.transport import open_route
from rekindle.mail.wire import Envelope

_ROUNDS = 9
_SENDER, _RECIPIENT = "hello@acme.example", "anne@example.org"


def message(kilobytes: int) -> bytes:
    line = b"A line of sixty-two characters, as a newsletter has many of.\r\n"
    return b"Subject: hello\r\n\r\n" + line * (kilobytes * 1024 // len(line))


async def bare(sink: Sink, data: bytes, messages: int) -> float:
    async with SMTP(hostname="127.0.0.1", port=sink.port, start_tls=False) as client:
        return await _timed(lambda: client.sendmail(_SENDER, [_RECIPIENT], data), messages)


async def ours(sink: Sink, data: bytes, messages: int) -> float:
    async with open_route(Route(host="127.0.0.1", port=sink.port, security="none")) as (lane,):
        assert isinstance(await lane.send(Envelope(_SENDER, _RECIPIENT, data)), Accepted)
        return await _timed(lambda: lane.send(Envelope(_SENDER, _RECIPIENT, data)), messages)


async def _timed(send: Callable[[], Awaitable[object]], messages: int) -> float:
    start = time.perf_counter()
    for _ in range(messages):
        await send()
    return (time.perf_counter() - start) / messages * 1e6


def main() -> None:
    messages, kilobytes = [int(word) for word in sys.argv[1:]] or [1000, 20]
    data = message(kilobytes)
    with running_sink() as sink:
        pairs = [
            (asyncio.run(bare(sink, data, messages)), asyncio.run(ours(sink, data, messages))) for _ in range(_ROUNDS)
        ]
        delivered = sink.count()
    assert delivered == _ROUNDS * (2 * messages + 1)
    theirs, mine = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(mine / theirs for theirs, mine in pairs)
    print(f"{kilobytes} kB: sendmail {theirs:.0f} µs, lane {mine:.0f} µs, ratio {ratio:.3f} (medians of {_ROUNDS})")


if __name__ == "__main__":
    main()
