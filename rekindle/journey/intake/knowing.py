"""Who of a batch is known already: by source and id, by address, or as an address that must not come back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from rekindle.exchange.record import CandidateRecord
from rekindle.store.candidates import Candidate, CandidateSource
from rekindle.store.moves import MoveRow
from rekindle.store.suppressions import Suppression
from states.candidate import Trigger


@dataclass(slots=True, eq=False)
class Person:
    """Somebody stored, or about to be: `candidate_id` is None until the batch has been inserted."""

    candidate_id: int | None = None
    #: The source that brought them, which alone may change what it said. None: a person entered them.
    origin: str | None = None
    is_new: bool = False


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
    """What the database, and the batch so far, know of its people. `suppressed` is address -> reason."""

    by_source: dict[tuple[str, str], tuple[Person, str]] = field(default_factory=dict)
    by_address: dict[str, Person] = field(default_factory=dict)
    suppressed: dict[str, str] = field(default_factory=dict)


def look_up(session: Session, arrivals: Sequence[Arrival], address_hash: Callable[[str], str]) -> Known:
    """Look up a batch in four queries."""
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
    _learn_origins(session, people)
    return Known(by_source, by_address, _suppressed(session, addresses, address_hash))


def _learn_origins(session: Session, people: dict[int, Person]) -> None:
    if not people:
        return
    arrived = (MoveRow.trigger == Trigger.ADMIT, MoveRow.source.is_(None))
    query = select(MoveRow.candidate_id, MoveRow.by).where(MoveRow.candidate_id.in_(people), *arrived)
    for candidate_id, by in session.execute(query):
        people[candidate_id].origin = by


def _suppressed(session: Session, addresses: Iterable[str], address_hash: Callable[[str], str]) -> dict[str, str]:
    hashes = {address_hash(address): address for address in addresses}
    query = select(Suppression.address_hash, Suppression.reason).where(Suppression.address_hash.in_(hashes))
    return {hashes[digest]: reason for digest, reason in session.execute(query)}
