"""Who reads a digest, and for whom: whoever is away gets none, and their delegate reads theirs. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.store.delegations import Delegation


@dataclass(frozen=True, slots=True)
class Reader:
    """One of the team's people who is here, with those they stand in for and until when."""

    address: str
    stands_in_for: tuple[tuple[str, date], ...] = ()

    @property
    def whose(self) -> frozenset[str]:
        """Whose work stands in the digest."""
        return frozenset({self.address, *(address for address, _ in self.stands_in_for)})


def readers(session: Session, team: Collection[str], today: date) -> list[Reader]:
    """Return who reads what today: each of the team, or whoever they have named for the time they are away."""
    away = _away(session, team, today)
    places = {person: _place(person, {who: row.delegate for who, row in away.items()}) for person in team}
    return [
        Reader(
            address, tuple((who, away[who].until) for who in sorted(away) if who != address and places[who] == address)
        )
        for address in sorted(team)
        if places[address] == address
    ]


def _away(session: Session, team: Collection[str], today: date) -> dict[str, Delegation]:
    """Return who of the team is away, by their last word; who named somebody that has left is not covered at all."""
    holds = (Delegation.person.in_(team), Delegation.since <= today, Delegation.until >= today)
    rows = session.scalars(select(Delegation).where(*holds).order_by(Delegation.id))
    return {person: row for person, row in {row.person: row for row in rows}.items() if row.delegate in team}


def _place(person: str, delegates: dict[str, str]) -> str:
    """Follow delegates to somebody who is not away; where all are, everybody reads their own."""
    seen, place = {person}, person
    while (following := delegates.get(place)) is not None:
        if following in seen:
            return person
        seen.add(following)
        place = following
    return place
