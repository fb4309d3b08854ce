"""One message, one outcome: what each failure at each step of a conversation means for the message."""

import asyncio
import itertools
import socket
from collections.abc import Coroutine, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.errors import SettingsError
from rekindle.mail.outcome import Accepted, Deferred, Failed, NotSent, Outcome, Step, Unknown
from rekindle.mail.route import Route
from rekindle.mail.transport import Lane, emptied, open_route
from rekindle.mail.wire import Envelope
from tests.mail.servers import (
    ANSWERS_LATE,
    ENDLESS_REPLY,
    GARBAGE,
    HALF_A_REPLY,
    HANGS_UP,
    RESETS,
    SILENCE,
    Fault,
    faulty_server,
    real_server,
    says,
    says_and_hangs_up,
)

HELLO = b"Subject: hello\r\n\r\nhow are you?\r\n"
LARGE = b"Subject: large\r\n\r\n" + (b"words " * 150 + b"\r\n") * 16_000
PATIENT, IMPATIENT = 30.0, 0.4


def to(recipient: str = "anne@example.org", data: bytes = HELLO) -> Envelope:
    return Envelope("hello@acme.example", recipient, data)


def route(port: int, timeout: float = PATIENT) -> Route:
    return Route(host="127.0.0.1", port=port, security="none", timeout=timeout, local_hostname="tests.example")


def patience_for(fault: Fault) -> float:
    return IMPATIENT if fault.then == "stalls" else PATIENT


async def soon(*work: Coroutine[None, None, None]) -> None:
    async with asyncio.timeout(2 * PATIENT):
        await asyncio.gather(*work)


BUSY = says_and_hangs_up("421 4.3.2 busy, come back later")

TABLE: list[tuple[str, Fault, type[Outcome]]] = [
    *(
        (step, fault, NotSent)
        for step in ("connect", "ehlo", "mail", "rcpt", "data")
        for fault in (HANGS_UP, RESETS, SILENCE, GARBAGE, HALF_A_REPLY, ENDLESS_REPLY)
    ),
    # Before MAIL the server has heard of no message: what it refuses there is the route.
    *((step, BUSY, NotSent) for step in ("connect", "ehlo")),
    *((step, BUSY, Deferred) for step in ("mail", "rcpt", "data", "dot")),
    ("connect", says("554 5.3.2 no service here"), NotSent),
    ("ehlo", says("550 5.7.1 not you"), NotSent),
    ("mail", says("451 4.3.0 later"), Deferred),
    ("mail", says("552 5.3.4 too large"), Failed),
    ("mail", says("550 5.7.1 this sender may not"), NotSent),
    ("mail", says("530 5.7.0 log in first"), NotSent),
    ("mail", says("354 what?"), NotSent),
    ("rcpt", says("450 4.2.0 greylisted"), Deferred),
    ("rcpt", says("550 5.1.1 nobody of that name"), Failed),
    ("data", says("451 4.3.0 later"), Deferred),
    ("data", says("554 5.6.0 no"), Failed),
    ("data", says("250 thank you"), NotSent),
    *((step, fault, Unknown) for step in ("body", "dot") for fault in (HANGS_UP, RESETS, SILENCE)),
    *(("dot", fault, Unknown) for fault in (GARBAGE, HALF_A_REPLY, ENDLESS_REPLY, says("354 and?"))),
    ("dot", says("452 4.2.2 mailbox full"), Deferred),
    ("dot", says("554 5.7.1 spam"), Failed),
    ("dot", says_and_hangs_up("250 2.0.0 queued"), Accepted),
]


@pytest.mark.parametrize(
    ("step", "fault", "expected"),
    TABLE,
    ids=[f"{step}-{fault.reply[:12].decode(errors='ignore').strip()}-{fault.then}" for step, fault, _ in TABLE],
)
def test_a_failure_at_a_step_means_one_thing_and_the_next_message_goes_through(
    step: str, fault: Fault, expected: type[Outcome]
) -> None:
    faults: dict[str, list[Fault | None]] = {step: [fault]}

    async def main() -> None:
        async with (
            faulty_server(**faults) as server,
            open_route(route(server.port, patience_for(fault))) as (lane,),
        ):
            outcome = await lane.send(to())
            assert type(outcome) is expected, outcome
            assert isinstance(await lane.send(to("bert@example.org")), Accepted)
            assert server.messages == [HELLO]

    asyncio.run(soon(main()))


def test_a_refused_recipient_leaves_the_connection_in_use_for_the_next_two() -> None:
    async def main() -> None:
        async with (
            faulty_server(rcpt=[says("550 5.1.1 unknown")]) as server,
            open_route(route(server.port)) as (lane,),
        ):
            outcomes = [await lane.send(to(f"{name}@example.org")) for name in ("anne", "bert", "cara")]
            assert outcomes[0] == Failed(550, "5.1.1", "5.1.1 unknown", Step.RCPT)
            assert outcomes[1:] == [Accepted(250, "2.0.0 queued as 4711")] * 2
        assert server.connections == 1
        talk = ["MAIL", "RCPT", "DATA"]
        assert server.verbs() == ["EHLO", "MAIL", "RCPT", "RSET", *talk, *talk, "QUIT"]

    asyncio.run(soon(main()))


@pytest.mark.parametrize("fault", [HANGS_UP, says("500 never heard of it")], ids=["lost", "refused"])
def test_a_reset_that_fails_does_not_change_what_became_of_the_message(fault: Fault) -> None:
    async def main() -> None:
        async with (
            faulty_server(rcpt=[says("550 5.1.1 unknown")], rset=[fault]) as server,
            open_route(route(server.port)) as (lane,),
        ):
            assert isinstance(await lane.send(to()), Failed)
            assert isinstance(await lane.send(to()), Accepted)
        assert server.connections == 2

    asyncio.run(soon(main()))


@pytest.mark.parametrize(
    "faults",
    [
        {"idle": [HANGS_UP]},
        {"idle": [says_and_hangs_up("421 4.4.2 idle for too long")]},
        {"mail": [None, HANGS_UP]},
        {"mail": [None, says_and_hangs_up("421 4.7.0 enough for one connection")]},
    ],
    ids=["closed", "closed with a word", "closed at MAIL", "closed at MAIL with a word"],
)
def test_a_connection_closed_between_two_messages_is_silently_opened_again(
    faults: dict[str, list[Fault | None]],
) -> None:
    async def main() -> None:
        async with faulty_server(**faults) as server, open_route(route(server.port)) as (lane,):
            for _ in range(3):
                assert isinstance(await lane.send(to()), Accepted)
        assert server.connections == 2
        assert len(server.messages) == 3

    asyncio.run(soon(main()))


def test_a_connection_that_breaks_twice_is_not_tried_for_ever() -> None:
    async def main() -> None:
        async with (
            faulty_server(mail=[None, HANGS_UP, HANGS_UP]) as server,
            open_route(route(server.port)) as (lane,),
        ):
            outcomes = [type(await lane.send(to())) for _ in range(3)]
            assert outcomes == [Accepted, NotSent, Accepted]

    asyncio.run(soon(main()))


@pytest.mark.parametrize("fault", [HANGS_UP, RESETS, SILENCE], ids=["closed", "reset", "stalled"])
def test_a_message_cut_off_before_its_final_dot_was_not_sent(fault: Fault) -> None:
    async def main() -> None:
        async with (
            faulty_server(body=[fault]) as server,
            open_route(route(server.port, patience_for(fault))) as (lane,),
        ):
            assert isinstance(await lane.send(to(data=LARGE)), NotSent)
            server.wakes_up.set()
            await asyncio.gather(*server.conversations)
            assert server.messages == []

    asyncio.run(soon(main()))


def test_a_message_the_system_would_not_take_was_not_sent() -> None:
    async def main() -> None:
        async with faulty_server(data=[ANSWERS_LATE]) as server, open_route(route(server.port)) as (lane,):
            sending = asyncio.ensure_future(lane.send(to()))
            await server.stalled.wait()
            assert lane._client is not None
            lane._client.get_transport_info("socket").shutdown(socket.SHUT_WR)
            server.wakes_up.set()
            assert isinstance(await sending, NotSent)
            assert isinstance(await lane.send(to()), Accepted)

    asyncio.run(soon(main()))


def test_a_server_that_is_out_of_step_is_hung_up_on() -> None:
    async def main() -> None:
        async with (
            faulty_server(data=[says("250 thank you")]) as server,
            open_route(route(server.port)) as (lane,),
        ):
            assert isinstance(await lane.send(to()), NotSent)
            assert isinstance(await lane.send(to()), Accepted)
        assert server.connections == 2
        assert "RSET" not in server.verbs()

    asyncio.run(soon(main()))


class SlowWire(asyncio.Transport):
    def __init__(self, sizes: Iterable[int]) -> None:
        super().__init__()
        self._sizes = iter(sizes)

    def get_write_buffer_size(self) -> int:
        return next(self._sizes)


def test_a_slow_line_is_waited_for_as_long_as_something_moves() -> None:
    async def main(sizes: Iterable[int]) -> None:
        await emptied(SlowWire(sizes), asyncio.get_running_loop().create_future(), patience=0.02)

    asyncio.run(main(range(40, -1, -1)))
    with pytest.raises(TimeoutError):
        asyncio.run(main(itertools.repeat(1)))


def test_a_server_may_refuse_in_the_middle_of_a_message() -> None:
    async def main() -> None:
        async with (
            faulty_server(body=[Fault(b"552 5.3.4 that is too much\r\n", "stalls")]) as server,
            open_route(route(server.port)) as (lane,),
        ):
            outcome = await lane.send(to(data=LARGE))
            assert outcome == Failed(552, "5.3.4", "5.3.4 that is too much", Step.BODY)
            assert isinstance(await lane.send(to()), Accepted)
            assert server.connections == 2

    asyncio.run(soon(main()))


def test_a_large_message_arrives_whole() -> None:
    async def main() -> None:
        async with faulty_server() as server, open_route(route(server.port)) as (lane,):
            assert isinstance(await lane.send(to(data=LARGE)), Accepted)
        assert server.messages == [LARGE]

    asyncio.run(soon(main()))


def test_lines_that_begin_with_a_dot_and_odd_line_ends_arrive_as_text() -> None:
    async def main() -> None:
        async with real_server() as server, open_route(route(server.port)) as (lane,):
            smuggled = b"Subject: x\n\n.\n.\r\nMAIL FROM:<mallory@example.org>\r..end"
            assert isinstance(await lane.send(to(data=smuggled)), Accepted)
        (delivery,) = server.deliveries
        assert delivery.content == b"Subject: x\r\n\r\n.\r\n.\r\nMAIL FROM:<mallory@example.org>\r\n..end\r\n"

    asyncio.run(soon(main()))


NOISE = st.binary(max_size=40) | st.builds("{} {}\r\n".format, st.integers(-9, 999), st.text(max_size=20)).map(
    lambda line: line.encode(errors="replace")
)


@given(st.sampled_from(["connect", "ehlo", "mail", "rcpt", "data", "body", "dot", "rset"]), NOISE)
@settings(max_examples=60, deadline=None)
def test_whatever_a_server_says_there_is_an_outcome(step: str, noise: bytes) -> None:
    async def main() -> None:
        faults: dict[str, list[Fault | None]] = {step: [Fault(noise, "hangs up")]}
        async with faulty_server(**faults) as server, open_route(route(server.port)) as (lane,):
            outcome = await lane.send(to())
            assert isinstance(outcome, Outcome)
            assert isinstance(outcome, Accepted) <= (step in {"dot", "body"} or server.messages == [HELLO])

    asyncio.run(soon(main()))


def test_nobody_listening_is_not_sent() -> None:
    async def main() -> None:
        async with faulty_server() as server:
            port = server.port
        async with open_route(route(port)) as (lane,):
            outcome = await lane.send(to())
            assert isinstance(outcome, NotSent)
            assert outcome.reason.startswith("connecting: ")

    asyncio.run(soon(main()))


def test_a_server_that_does_not_know_ehlo_is_greeted_with_helo() -> None:
    async def main() -> None:
        async with (
            faulty_server(ehlo=[says("502 what?")]) as server,
            open_route(route(server.port)) as (lane,),
        ):
            assert isinstance(await lane.send(to()), Accepted)
        assert server.commands[:3] == ["EHLO tests.example", "HELO tests.example", "MAIL FROM:<hello@acme.example>"]

    asyncio.run(soon(main()))


def test_a_cancelled_message_does_not_leak_into_the_next() -> None:
    async def main() -> None:
        async with faulty_server(rcpt=[SILENCE]) as server, open_route(route(server.port)) as (lane,):
            sending = asyncio.ensure_future(lane.send(to("anne@example.org")))
            await server.stalled.wait()
            sending.cancel()
            with pytest.raises(asyncio.CancelledError):
                await sending
            server.wakes_up.set()
            assert isinstance(await lane.send(to("bert@example.org")), Accepted)
        assert server.connections == 2

    asyncio.run(soon(main()))


def test_messages_given_to_one_lane_at_once_go_one_after_the_other() -> None:
    async def main() -> None:
        async with real_server() as server, open_route(route(server.port)) as (lane,):
            names = [f"candidate-{number}@example.org" for number in range(20)]
            outcomes = await asyncio.gather(*(lane.send(to(name, name.encode())) for name in names))
            assert {type(outcome) for outcome in outcomes} == {Accepted}
        assert server.connections == 1
        assert [(d.rcpt_tos, d.content) for d in server.deliveries] == [
            ([name], f"{name}\r\n".encode()) for name in names
        ]

    asyncio.run(soon(main()))


def test_lanes_are_connections_of_their_own_and_open_when_first_used() -> None:
    async def main() -> None:
        async with real_server() as server:
            way = Route(host="127.0.0.1", port=server.port, security="none", connections=3)
            async with open_route(way) as lanes:
                assert (len(lanes), server.connections) == (3, 0)
                await asyncio.gather(*(lane.send(to()) for lane in lanes[:2] for _ in range(3)))
            assert server.connections == 2
            assert len(server.deliveries) == 6

    asyncio.run(soon(main()))


def test_no_address_is_repeated_in_a_reason() -> None:
    async def main() -> None:
        reply = says(
            "550-5.1.1 <Anne.Lee@example.org>: anne.lee is unknown\r\n550 5.1.1 see http://x.example/?a=anne.lee"
        )
        async with faulty_server(rcpt=[reply]) as server, open_route(route(server.port)) as (lane,):
            outcome = await lane.send(to("anne.lee@example.org"))
            assert isinstance(outcome, Failed)
            assert outcome.reason == "5.1.1 <…>: <…> is unknown 5.1.1 see http://x.example/?a=<…>"

    asyncio.run(soon(main()))


@pytest.mark.parametrize(
    "address",
    ["", "anne", "anne@example.org> SIZE=1", "anne@example.org\r\nRSET", "a b@example.org", "\ud800@example.org"],
)
def test_an_address_that_would_change_the_command_is_never_said(address: str) -> None:
    async def main() -> None:
        async with faulty_server() as server, open_route(route(server.port)) as (lane,):
            assert isinstance(await lane.send(to(address)), Failed)
            assert isinstance(await lane.send(Envelope(address or "x", "anne@example.org", HELLO)), NotSent)
        assert server.verbs() == ["EHLO", "QUIT"]

    asyncio.run(soon(main()))


def test_an_address_in_another_script_needs_a_server_that_can() -> None:
    async def main() -> None:
        for smtputf8 in (False, True):
            async with real_server(smtputf8=smtputf8) as server, open_route(route(server.port)) as (lane,):
                outcome = await lane.send(to("jürgen@example.org"))
                assert isinstance(outcome, Accepted if smtputf8 else Failed)
                taken = [(delivery.rcpt_tos, delivery.smtp_utf8) for delivery in server.deliveries]
                assert taken == [(["jürgen@example.org"], True)] * smtputf8

    asyncio.run(soon(main()))


def test_a_message_with_eight_bit_text_is_declared() -> None:
    async def main() -> None:
        async with faulty_server() as server, open_route(route(server.port)) as (lane,):
            assert isinstance(await lane.send(to(data="Grüße\r\n".encode())), Accepted)
        assert server.commands[1] == "MAIL FROM:<hello@acme.example> SIZE=9 BODY=8BITMIME"

    asyncio.run(soon(main()))


def test_a_server_that_does_not_answer_the_goodbye_holds_nobody_up() -> None:
    async def main() -> None:
        async with faulty_server(quit=[SILENCE]) as server:
            async with open_route(route(server.port, IMPATIENT)) as (lane,):
                assert isinstance(await lane.send(to()), Accepted)
            assert server.verbs()[-1] == "QUIT"

    asyncio.run(soon(main()))


def test_a_retired_lane_opens_again() -> None:
    async def main() -> None:
        async with real_server() as server:
            lane = Lane(route(server.port), None)
            for _ in range(2):
                assert isinstance(await lane.send(to()), Accepted)
                await lane.retire()
            await lane.retire()
            assert server.connections == 2

    asyncio.run(soon(main()))


@pytest.mark.parametrize(
    "knobs",
    [{"timeout": 0}, {"connections": 0}, {"host": ""}, {"host": "a b"}, {"local_hostname": "x\r\nRSET"}],
    ids=str,
)
def test_a_route_that_cannot_work_is_refused(knobs: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="smtp: "):
        Route(**{"host": "127.0.0.1", "port": 25, "security": "none", **knobs})  # type: ignore[arg-type]
