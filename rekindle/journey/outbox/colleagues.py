"""Mail to the team's own people: in the house's name, written down before it is handed over. No candidate is in it."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from rekindle.journey.outbox.delivery import NextRound, Outcomes
from rekindle.journey.outbox.footing import House
from rekindle.journey.outbox.sending import Outgoing
from rekindle.mail.compose import Composer
from rekindle.mail.correspondent import Correspondent, ascii_address
from rekindle.mail.outcome import Accepted, Unknown
from rekindle.mail.render import Renderer
from rekindle.store.engine import Store

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class InHouse:
    """Writes to colleagues in the house's name."""

    house: House
    renderer: Renderer
    domain: str

    def name_of(self, address: str) -> str:
        return self.house.people.get(address, ("", ""))[0]

    def compose(self, number: int, email: str, context: object, to: Correspondent, now: datetime) -> Outgoing:
        """Write the bytes of one mail of the catalogue; `number` takes the place of a message's id."""
        sender = Correspondent(self.house.sender_name, self.house.sender_address)
        data = Composer(self.house.letterhead(sender, approved=False)).compose(
            self.renderer.render(email, context),
            to=to,
            message_id=f"<{secrets.token_hex(12)}@{self.domain}>",
            now=now,
        )
        return Outgoing(number, self.house.sender_address, ascii_address("To", to.address), data)


def in_rounds(
    store: Store,
    things: Sequence[Thing],
    claim: Callable[[Session, Thing], object],
    give_back: Callable[[Session, Thing], object],
    write: Callable[[int, Thing], Outgoing],
) -> NextRound:
    """Return the step by which the delivery loop sends one mail a thing.

    `claim` writes down that it is sent, and is false where somebody else was faster; `give_back` takes that back for
    what no server took, so that the next pass tries it again.
    """
    numbered = dict(enumerate(things))
    waiting = list(numbered.items())

    def step(done: Outcomes, room: int) -> list[Outgoing]:
        taken: list[tuple[int, Thing]] = []
        with store.writing() as session:
            for number, outcome in done:
                # What may have arrived is not sent again.
                if not isinstance(outcome, Accepted | Unknown):
                    give_back(session, numbered[number])
            while waiting and len(taken) < room:
                number, thing = waiting.pop(0)
                if claim(session, thing):
                    taken.append((number, thing))
        return [write(number, thing) for number, thing in taken]

    return step
