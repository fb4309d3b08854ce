"""The delivery loop against a real mail server: written down before it is said, and again when it is answered."""

import asyncio
import socket
from collections.abc import Callable

import pytest

from rekindle.journey import answers
from rekindle.journey.outbox.delivery import NextRound, Outcomes, Tally, deliver
from rekindle.journey.outbox.sending import Outgoing, record, take
from rekindle.mail.route import Route
from rekindle.store.engine import Store
from states.message import MessageState
from tests.cast import NOW, POLICY
from tests.journey.sinks import sink
from tests.journey.stage import DESK, approved, letter_states, letters
from tests.mail.servers import HANGS_UP, SILENCE, Fault, faulty_server, says

OK = "250 2.0.0 queued"


def route(port: int, connections: int = 1, timeout: float = 10.0) -> Route:
    return Route(
        host="127.0.0.1",
        port=port,
        security="none",
        timeout=timeout,
        connections=connections,
        local_hostname="tests.example",
    )


def rounds(store: Store) -> NextRound:
    """Do what the deliver flow does: record the last round and take the next in one transaction."""

    def step(done: Outcomes, room: int) -> list[Outgoing]:
        with store.writing() as session:
            record(session, done, NOW, DESK)
            return take(session, room, NOW, DESK)

    return step


def send(
    store: Store,
    answer: Callable[[str], str] = lambda _recipient: OK,
    *,
    at_most: int = 100,
    connections: int = 1,
    next_round: NextRound | None = None,
) -> Tally:
    async def run() -> Tally:
        async with sink(answer) as server:
            return await deliver(route(server.port, connections), next_round or rounds(store), at_most)

    return asyncio.run(run())


def send_to_a_faulty_server(store: Store, timeout: float = 10.0, **faults: list[Fault | None]) -> Tally:
    async def run() -> Tally:
        async with faulty_server(**faults) as server:
            return await deliver(route(server.port, timeout=timeout), rounds(store), 100)

    return asyncio.run(run())


def test_sending_is_on_record_before_the_server_hears_of_a_letter(store: Store) -> None:
    approved(store, "Anne", "Emil")
    seen: dict[str, list[str]] = {}

    def answer(recipient: str) -> str:
        seen[recipient] = letter_states(store)
        return OK

    assert send(store, answer).sent == 2
    assert seen == {"c-1@example.org": ["sending", "approved"], "c-2@example.org": ["sent", "sending"]}
    assert letter_states(store) == ["sent", "sent"]


@pytest.mark.parametrize("connections", [1, 3, 8])
def test_everybody_gets_one_letter_over_however_many_connections(store: Store, connections: int) -> None:
    approved(store, "Anne", "Emil", "Finn", "Gita", "Hana")
    received: list[str] = []

    def answer(recipient: str) -> str:
        received.append(recipient)
        return OK

    tally = send(store, answer, connections=connections)
    assert (tally.sent, tally.tried, tally.stopped) == (5, 5, None)
    assert sorted(received) == [f"c-{number}@example.org" for number in range(1, 6)]
    assert letter_states(store) == ["sent"] * 5


def test_nothing_to_send_is_nothing_to_do(store: Store) -> None:
    assert send(store) == Tally()


@pytest.mark.parametrize("connections", [1, 2])
def test_no_more_is_sent_than_was_asked_for(store: Store, connections: int) -> None:
    approved(store, "Anne", "Emil", "Finn", "Gita")
    assert send(store, at_most=3, connections=connections).sent == 3
    assert letter_states(store) == ["sent", "sent", "sent", "approved"]
    assert send(store, at_most=0).tried == 0


def test_each_letter_keeps_its_own_answer(store: Store) -> None:
    approved(store, "Anne", "Emil", "Finn")
    answers = {
        "c-1@example.org": "451 4.3.0 try again later",
        "c-2@example.org": "550 5.1.1 no such user",
        "c-3@example.org": OK,
    }
    tally = send(store, answers.__getitem__, connections=3)
    assert tally.outcomes == {"Deferred": 1, "Failed": 1, "Accepted": 1}
    assert letter_states(store) == ["deferred", "failed", "sent"]
    assert [letter.reason for letter in letters(store)] == ["451 4.3.0 try again later", "550 5.1.1 no such user", None]


def test_when_nobody_listens_the_letters_wait_and_the_loop_stops(store: Store) -> None:
    approved(store, "Anne", "Emil", "Finn")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = taken.getsockname()[1]
        tally = asyncio.run(deliver(route(nobody, connections=2), rounds(store), 100))
    assert tally.outcomes == {"NotSent": 2}
    assert (tally.stopped or "").startswith("connecting: ")
    assert letter_states(store) == ["deferred", "deferred", "approved"]
    assert [letter.attempts for letter in letters(store)] == [0, 0, 0]


def test_a_server_that_goes_away_half_way_loses_nothing(store: Store) -> None:
    approved(store, "Anne", "Emil", "Finn")
    tally = send_to_a_faulty_server(store, data=[None, HANGS_UP])
    assert tally.outcomes == {"Accepted": 1, "NotSent": 1}
    assert tally.stopped is not None
    assert letter_states(store) == ["sent", "deferred", "approved"]


def test_a_letter_without_an_answer_is_unconfirmed_and_the_others_go_on(store: Store) -> None:
    approved(store, "Anne", "Emil")
    tally = send_to_a_faulty_server(store, dot=[HANGS_UP])
    assert tally.outcomes == {"Unknown": 1, "Accepted": 1}
    assert letter_states(store) == ["unconfirmed", "sent"]
    assert send(store).tried == 0, "nobody sends it again"


def test_one_refusal_does_not_stop_the_round(store: Store) -> None:
    approved(store, "Anne", "Emil")
    tally = send_to_a_faulty_server(store, rcpt=[says("450 4.2.1 mailbox busy")])
    assert tally.outcomes == {"Deferred": 1, "Accepted": 1}
    assert tally.stopped is None


def test_what_is_on_the_wire_is_heard_out_when_told_to_stop(store: Store) -> None:
    approved(store, "Anne", "Emil")

    async def run() -> None:
        loop = asyncio.get_running_loop()
        sending: asyncio.Task[Tally]

        def answer(_recipient: str) -> str:
            loop.call_soon(sending.cancel)
            return OK

        async with sink(answer) as server:
            sending = asyncio.ensure_future(deliver(route(server.port), rounds(store), 100))
            with pytest.raises(asyncio.CancelledError):
                await sending

    asyncio.run(run())
    assert letter_states(store) == ["sent", "approved"]


def test_who_stops_during_a_delivery_gets_nothing_any_more(store: Store) -> None:
    approved(store, "Anne", "Emil", "Finn")
    received: list[str] = []

    def answer(recipient: str) -> str:
        received.append(recipient)
        if recipient == "c-1@example.org":
            with store.writing() as session:
                for stopping in (1, 2):
                    answers.stop(session, stopping, address_hash="h" * 64, via="one click", now=NOW, policy=POLICY)
        return OK

    assert send(store, answer).sent == 2
    assert received == ["c-1@example.org", "c-3@example.org"]
    assert letter_states(store) == ["sent", "cancelled", "sent"]


def test_a_sender_that_dies_leaves_only_what_was_on_its_way(store: Store) -> None:
    approved(store, "Anne", "Emil", "Finn")

    def dies_when_it_has_sent(done: Outcomes, room: int) -> list[Outgoing]:
        if done:
            raise KeyboardInterrupt
        return rounds(store)(done, room)

    with pytest.raises(KeyboardInterrupt):
        send(store, next_round=dies_when_it_has_sent)
    assert letter_states(store) == ["sending", "approved", "approved"]


def test_what_was_sent_is_written_down_though_the_next_round_fails(store: Store) -> None:
    approved(store, "Anne", "Emil")

    def breaks(done: Outcomes, room: int) -> list[Outgoing]:
        with store.writing() as session:
            record(session, done, NOW, DESK)
            if done and room:
                raise ZeroDivisionError
            return take(session, room, NOW, DESK)

    with pytest.raises(ZeroDivisionError):
        send(store, next_round=breaks)
    assert letter_states(store) == ["sent", "approved"]


def test_a_silent_server_is_given_up_on(sqlite_store: Store) -> None:
    approved(sqlite_store, "Anne", "Emil")
    tally = send_to_a_faulty_server(sqlite_store, timeout=0.2, mail=[SILENCE])
    assert tally.outcomes == {"NotSent": 1}
    assert letter_states(sqlite_store) == ["deferred", "approved"]


def test_two_deliveries_at_once_send_each_letter_once(store: Store) -> None:
    approved(store, *(f"Person{number}" for number in range(8)))
    received: list[str] = []

    def answer(recipient: str) -> str:
        received.append(recipient)
        return OK

    async def run() -> list[Tally]:
        async with sink(answer) as server:
            both = (deliver(route(server.port, 2), rounds(store), 100) for _ in range(2))
            return await asyncio.gather(*both)

    tallies = asyncio.run(run())
    assert sum(tally.sent for tally in tallies) == 8
    assert len(received) == len(set(received)) == 8
    assert {letter.state for letter in letters(store)} == {MessageState.SENT}


def test_tallies_of_batches_add_up() -> None:
    total, batch = Tally(), Tally(stopped="connecting: refused")
    batch.outcomes.update({"Accepted": 2, "NotSent": 1})
    total.add(batch)
    total.add(batch)
    assert (total.sent, total.tried, total.stopped) == (4, 6, "connecting: refused")
