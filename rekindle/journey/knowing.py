"""Who of a batch is known already: by source and id, by address, or as an address that must not come back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from rekindle.exchange.record import CandidateRecord
from rekindle.store.candidates import Candidate, CandidateSource
from rekindle.store.suppressions import suppressed


@dataclass(slots=True, eq=False)
class Person:
    """Somebody stored, or about to be: `candidate_id` is None until the batch has been inserted."""

    candidate_id: int | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A readable row: the record, its address normalised, and the digest by which an unchanged row is told."""

    record: CandidateRecord
    address: str
    digest: str

    @property
    def key(self) -> tuple[str, str]:
        return self.record.source, self.record.source_id


@dataclass(slots=True)
class Known:
    """What the database, and the batch so far, know of its people."""

    by_source: dict[tuple[str, str], tuple[Person, str]] = field(default_factory=dict)
    by_address: dict[str, Person] = field(default_factory=dict)
    suppressed: set[str] = field(default_factory=set)

    def learn(self, arrival: Arrival, person: Person) -> None:
        """Know a person under this row from now on."""
        self.by_source[arrival.key] = person, arrival.digest
        self.by_address[arrival.address] = person


def look_up(session: Session, arrivals: Sequence[Arrival], address_hash: Callable[[str], str]) -> Known:
    """Look up a batch in three queries."""
    people: dict[int, Person] = {}
    source = (CandidateSource.source, CandidateSource.source_id)
    keys = {arrival.key for arrival in arrivals}
    found = session.execute(
        select(*source, CandidateSource.candidate_id, CandidateSource.digest).where(tuple_(*source).in_(keys))
    )
    by_source = {
        (name, source_id): (people.setdefault(candidate_id, Person(candidate_id)), digest)
        for name, source_id, candidate_id, digest in found
    }
    addresses = {arrival.address for arrival in arrivals}
    by_address = {
        address: people.setdefault(candidate_id, Person(candidate_id))
        for candidate_id, address in session.execute(
            select(Candidate.id, Candidate.address).where(Candidate.address.in_(addresses))
        )
        if address is not None
    }
    hashes = {address_hash(address): address for address in addresses}
    return Known(by_source, by_address, {hashes[each] for each in suppressed(session, hashes)})
