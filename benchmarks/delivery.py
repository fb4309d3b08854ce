"""What delivery costs, part by part: the ledger, rendering, MIME and SMTP, against bare aiosmtplib in the same run.

Everybody gets a letter of their own of five items; the server keeps nothing and is a process of its own. The ways take
turns, and what counts is the median of the ratios: this machine may be busy.

    python -m benchmarks delivery
"""

import asyncio
import statistics
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time as clocks
from datetime import timedelta
from pathlib import Path

from aiosmtplib import SMTP
from sqlalchemy import delete, select, text, update

from benchmarks import people
from benchmarks.figures import Figure, place, postgres, sqlite
from benchmarks.sink import Sink, running_sink
from benchmarks.standards import standards
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Decider, Decision
from rekindle.journey.bulk import nurture
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.bulk.nurture import Rule
from rekindle.journey.outbox import delivery
from rekindle.journey.outbox.footing import House
from rekindle.journey.outbox.hours import Hours
from rekindle.journey.outbox.pace import Pace
from rekindle.journey.outbox.sending import Desk, Outgoing, record, take
from rekindle.journey.outbox.writing import Writer
from rekindle.mail.catalogue import QuarterlyUpdate
from rekindle.mail.compose import Composer, Letterhead
from rekindle.mail.correspondent import Correspondent
from rekindle.mail.links import Links
from rekindle.mail.outcome import Accepted
from rekindle.mail.render import Rendered, Renderer
from rekindle.mail.route import Route
from rekindle.mail.transport import Lane, open_route
from rekindle.mail.wire import Envelope
from rekindle.resources import shipped
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.content import Content
from rekindle.store.engine import Store
from rekindle.store.facts import Limits
from rekindle.store.messages import Message, MessageItem
from rekindle.store.touches import Touch
from states.message import MessageState

LETTERS, SAMPLE, CONNECTIONS, ROUNDS = 10_000, 1_000, 8, 3
LIMITS = Limits(cool_off_days=30, min_days=21, max_per_year=12)
RULE = Rule(LIMITS, items_min=1, items_max=people.ITEMS)
HOUSE = House(
    company="Acme Labs",
    postal_address="Acme Labs GmbH, Beispielweg 1, 10115 Berlin, Germany",
    sender_name="Acme Labs",
    sender_address="hello@acme.example",
    reply_to="hello@acme.example",
    people={address: (address.split("@")[0].title(), "Senior Recruiter") for address in people.TEAM},
)
RENDERER = Renderer([shipped("templates") / "emails"])
FROZEN = Frozen(RENDERER.digest("quarterly-update"), str(RULE), ("lead",), timedelta(days=7))
WRITER = Writer(HOUSE, RENDERER, Links(people.SECRET, "https://people.acme.example"), "acme.example")
STANDARDS = standards(LIMITS)
#: What it costs to ask is measured; nothing is held, whatever the hour.
ANY_HOUR = Hours(clocks(0), clocks(0), frozenset(range(7)), holidays=True, country="AQ", zone="Europe/Berlin")
PACE = Pace(ANY_HOUR, LETTERS, frozenset())
DESK = Desk(LIMITS, timedelta(days=28), STANDARDS.address_hash, PACE, WRITER.write, FROZEN, STANDARDS)
COMPOSER = Composer(
    Letterhead(
        sender=Correspondent("Ann, Acme Labs", "hello@acme.example"),
        reply_to=Correspondent("Ann, Acme Labs", "hello@acme.example"),
        list_id="quarterly-update.acme.example",
        feedback=("2026-Q4", "quarterly-update", "rekindle", "acme-example"),
    )
)
ANN = Decider("ann@acme.example", frozenset({"lead"}))


def prepare(store: Store, folder: Path) -> None:
    """Bring people in, plan an edition for all of them and approve it."""
    people.bring_in(store, people.write(folder / "people.jsonl", LETTERS))
    people.add_news(store)
    people.keep_warm(store)
    edition_id = nurture.plan_update(store, "2026-Q4", people.NOW, RULE, FROZEN)
    with store.writing() as session:
        asked = approval.of_edition(session, edition_id)
        assert asked is not None
        decided = deciding.decide(
            session, asked.id, Decision.APPROVE, ANN, terms=deciding.Terms(FROZEN, STANDARDS), now=people.NOW, via="cli"
        )
        assert decided.won


def with_ledger(store: Store, sink: Sink) -> float:
    """Deliver everything there is the way the flow does; return the seconds."""

    def next_round(done: delivery.Outcomes, room: int) -> list[Outgoing]:
        with store.writing() as session:
            record(session, done, people.NOW, DESK)
            return take(session, room, people.NOW, DESK) if room else []

    began = time.perf_counter()
    tally = asyncio.run(delivery.deliver(route(sink), next_round, LETTERS + 1))
    took = time.perf_counter() - began
    assert tally.sent == LETTERS, tally
    return took


@dataclass(frozen=True, slots=True)
class Letter:
    """What one letter is made from, beside the template."""

    context: QuarterlyUpdate
    to: Correspondent
    message_id: str


def letters(store: Store) -> list[Letter]:
    """Read what every letter of the edition is made from."""
    query = (
        select(Message, Candidate, Application)
        .join(Candidate, Candidate.id == Message.candidate_id)
        .join(Application, Application.candidate_id == Candidate.id)
        .order_by(Message.id)
    )
    with store.reading() as session:
        items = {item.id: item for item in session.scalars(select(Content))}
        chosen: dict[int, list[tuple[Content, str]]] = {}
        for row in session.scalars(select(MessageItem).order_by(MessageItem.message_id, MessageItem.position)):
            chosen.setdefault(row.message_id, []).append((items[row.content_id], row.why))
        return [
            Letter(
                WRITER.update_for(person, application, chosen[message.id], "2026-Q4"),
                Correspondent(f"{person.given_name} {person.family_name}", person.email),
                f"<{message.key}@acme.example>",
            )
            for message, person, application in session.execute(query)
        ]


def render(letter: Letter) -> Rendered:
    return WRITER.render_update(letter.context)


def compose(letter: Letter, rendered: Rendered) -> bytes:
    stop_url = letter.context.footer.stop_url
    return COMPOSER.compose(rendered, to=letter.to, message_id=letter.message_id, now=people.NOW, stop_url=stop_url)


def envelope(letter: Letter, data: bytes) -> Envelope:
    return Envelope("hello@acme.example", letter.to.address, data)


async def send(sink: Sink, messages: Iterable[Envelope]) -> None:
    """Send over our lanes; each takes the next message when it is done with the last."""
    waiting = iter(messages)

    async def work(lane: Lane) -> None:
        for each in waiting:
            assert isinstance(await lane.send(each), Accepted)

    async with open_route(route(sink)) as lanes:
        await asyncio.gather(*map(work, lanes))


async def bare(sink: Sink, data: bytes) -> None:
    """Send the same message again and again with nothing but aiosmtplib."""
    waiting = iter(range(LETTERS))

    async def work() -> None:
        async with SMTP(hostname="127.0.0.1", port=sink.port, start_tls=False) as client:
            for _ in waiting:
                await client.sendmail("hello@acme.example", ["anne@example.org"], data)

    await asyncio.gather(*(work() for _ in range(CONNECTIONS)))


def route(sink: Sink) -> Route:
    return Route(host="127.0.0.1", port=sink.port, security="none", connections=CONNECTIONS)


def timed(way: Callable[[], object]) -> float:
    began = time.perf_counter()
    way()
    return time.perf_counter() - began


@dataclass(slots=True)
class Turn:
    """Seconds for all letters, one way after another, in one turn."""

    ledger: float
    bare: float
    lanes: float
    render: float
    compose: float
    smtp: float


def turn(sink: Sink, store: Store, all_letters: Sequence[Letter], sample: Sequence[bytes]) -> Turn:
    """Take every way once."""
    rendered = [render(letter) for letter in all_letters[: len(sample)]]
    alike = sorted(sample, key=len)[len(sample) // 2]
    times = len(all_letters) / len(sample)
    return Turn(
        ledger=timed(lambda: with_ledger(store, sink)),
        bare=timed(lambda: asyncio.run(bare(sink, alike))),
        lanes=timed(lambda: asyncio.run(send(sink, (envelope(x, compose(x, render(x))) for x in all_letters)))),
        render=timed(lambda: deque(map(render, all_letters), maxlen=0)),
        compose=times * timed(lambda: deque(map(compose, all_letters, rendered), maxlen=0)),
        smtp=times * timed(lambda: asyncio.run(send(sink, map(envelope, all_letters, sample)))),
    )


def turns(store: Store, sink: Sink, folder: Path) -> tuple[list[Turn], float]:
    """Deliver the same edition several times; return the turns and the mean size of a letter in kB."""
    prepare(store, folder)
    if store.engine.dialect.name == "postgresql":
        with store.engine.connect() as connection:
            # What its autovacuum does within a minute.
            connection.execute(text("ANALYZE"))
            connection.commit()
    all_letters = letters(store)
    sample = [compose(letter, render(letter)) for letter in all_letters[:SAMPLE]]
    before = sink.count()
    taken = []
    for _ in range(ROUNDS):
        taken.append(turn(sink, store, all_letters, sample))
        not_yet_sent(store)
    assert sink.count() - before == ROUNDS * (3 * LETTERS + SAMPLE)
    return taken, statistics.mean(map(len, sample)) / 1024


def not_yet_sent(store: Store) -> None:
    """Take the edition back to where it was before it was delivered."""
    with store.writing() as session:
        session.execute(delete(Touch).where(Touch.message_id.is_not(None)))
        session.execute(update(Message).values(state=MessageState.APPROVED, sending_at=None, sent_at=None, attempts=0))


def figures() -> list[Figure]:
    found: list[Figure] = []
    with place() as folder, running_sink() as sink:
        with sqlite(folder / "rekindle.db") as store:
            found += _told("SQLite", *turns(store, sink, folder), parts=True)
        with postgres(folder / "postgres") as server:
            if server:
                found += _told("PostgreSQL", *turns(server, sink, folder), parts=False)
    return found


def _told(database: str, taken: Sequence[Turn], kilobytes: float, *, parts: bool) -> Iterator[Figure]:
    def median(of: Callable[[Turn], float]) -> float:
        return statistics.median(map(of, taken))

    def rate(of: Callable[[Turn], float]) -> str:
        return f"{LETTERS / median(of):,.0f} messages/s"

    def share(of: Callable[[Turn], float]) -> str:
        return f"{median(lambda t: of(t) / t.ledger):.0%} ({median(of) / LETTERS * 1e6:.0f} µs)"

    yield Figure(f"deliver {LETTERS:,} updates of {kilobytes:.0f} kB, {database}", rate(lambda t: t.ledger))
    yield Figure("  bare aiosmtplib, one constant message", rate(lambda t: t.bare))
    yield Figure("  the ratio", f"{median(lambda t: t.bare / t.ledger):.2f}", "at least 0.4")
    if parts:
        yield Figure("  without the ledger: render, compose, send", rate(lambda t: t.lanes))
        yield Figure("  share of rendering", share(lambda t: t.render))
        yield Figure("  share of MIME", share(lambda t: t.compose))
        yield Figure("  share of SMTP", share(lambda t: t.smtp))
        yield Figure("  share of the ledger", share(lambda t: t.ledger - t.render - t.compose - t.smtp))
