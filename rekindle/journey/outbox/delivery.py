"""The delivery loop: takes a round of messages, sends one on each connection, records them with the next taking.

So `sending` is on the disk before a mail server hears of a message, its outcome right after, and a kill leaves at most
one message per connection without a recorded outcome. Async here and in mail/transport.py, nowhere else.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rekindle.journey.outbox.sending import Outgoing
from rekindle.mail.outcome import NotSent, Outcome
from rekindle.mail.route import Route
from rekindle.mail.transport import Lane, open_route
from rekindle.mail.wire import Envelope

Outcomes = Sequence[tuple[int, Outcome]]
#: Records the outcomes of the last round and takes up to that many messages for the next, in one transaction.
NextRound = Callable[[Outcomes, int], list[Outgoing]]


@dataclass(slots=True)
class Tally:
    """How a delivery went: how many messages had which outcome, and why it stopped early, if it did."""

    outcomes: Counter[str] = field(default_factory=Counter)
    stopped: str | None = None

    @property
    def tried(self) -> int:
        return self.outcomes.total()

    def add(self, other: "Tally") -> None:
        self.outcomes.update(other.outcomes)
        self.stopped = other.stopped

    @property
    def sent(self) -> int:
        return self.outcomes["Accepted"]


async def deliver(route: Route, next_round: NextRound, at_most: int) -> Tally:
    """Send until nothing is left, `at_most` messages were tried, or the mail server cannot be reached."""
    tally = Tally()
    done: Outcomes = ()
    async with open_route(route) as lanes:
        while tally.tried < at_most and not tally.stopped:
            room = min(len(lanes), at_most - tally.tried)
            letters = _next_letters(next_round, done, room)
            done = ()
            if not letters:
                break
            sending = asyncio.ensure_future(_send_all(lanes, letters))
            try:
                done = await asyncio.shield(sending)
            except asyncio.CancelledError:
                # Told to stop: what is on the wire is heard out, or it would end as unconfirmed.
                next_round(await sending, 0)
                raise
            tally.outcomes.update(type(outcome).__name__ for _, outcome in done)
            tally.stopped = _route_down([outcome for _, outcome in done])
        next_round(done, 0)
    return tally


def _next_letters(next_round: NextRound, done: Outcomes, room: int) -> list[Outgoing]:
    try:
        return next_round(done, room)
    except Exception:
        # Its transaction is gone, and with it what became of the last round: that at least is written down.
        next_round(done, 0)
        raise


async def _send_all(lanes: Sequence[Lane], letters: Sequence[Outgoing]) -> Outcomes:
    sends = [lane.send(_envelope(letter)) for lane, letter in zip(lanes, letters, strict=False)]
    outcomes = await asyncio.gather(*sends)
    return [(letter.message_id, outcome) for letter, outcome in zip(letters, outcomes, strict=True)]


def _envelope(letter: Outgoing) -> Envelope:
    return Envelope(letter.sender, letter.recipient, letter.data)


def _route_down(outcomes: Sequence[Outcome]) -> str | None:
    """Say why to stop: when no connection could hand anything over, the rest would fare the same."""
    if all(isinstance(outcome, NotSent) for outcome in outcomes):
        return next(outcome.reason for outcome in outcomes if isinstance(outcome, NotSent))
    return None
