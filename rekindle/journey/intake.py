"""The first step of the route: rows of a file become candidates. Idempotent on (source, id); says for every row why.

Works batch by batch, each in one transaction: stopped in the middle, it has kept what it reported, and the same file
again goes on from there. Memory does not depend on the size of the file.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from itertools import islice

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, RekindleError
from rekindle.exchange.problems import Problem
from rekindle.exchange.rows import Bad, Row
from rekindle.exchange.writing import to_json
from rekindle.journey.amending import amend
from rekindle.journey.classify import ClassifyPolicy, Kind, Verdict, classify
from rekindle.journey.knowing import Arrival, Known, Person, look_up
from rekindle.journey.shelving import shelve
from rekindle.mail.address import normalise
from rekindle.store.engine import Store
from states.candidate import NEW, Actor, Trigger
from states.facts import Facts
from states.machine import Allowed, decide

BATCH = 1000
_TRIES = 3


class Action(StrEnum):
    """What became of a row."""

    #: A new candidate.
    STORED = "stored"
    #: Known under this source and id, and something had changed.
    UPDATED = "updated"
    #: Known under this source and id, and nothing had changed.
    UNCHANGED = "unchanged"
    #: The address is known under another id: one person, now known under both.
    MERGED = "merged"
    #: Not a runner-up; not stored.
    LEFT_OUT = "left out"
    #: Asked us never to write again; not stored.
    SUPPRESSED = "suppressed"
    #: The row cannot be read.
    BAD = "bad"


@dataclass(slots=True)
class Entry:
    """One row of the report: what became of it, why in sentences, and under which id the person is stored."""

    row: Row
    action: Action
    verdict: Verdict | None = None
    why: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    arrival: Arrival | None = None
    person: Person | None = None

    @property
    def candidate_id(self) -> int | None:
        return self.person.candidate_id if self.person else None


@dataclass(frozen=True, slots=True)
class Intake:
    """How this team takes people in: what marks a runner-up, and the keyed hash of an address."""

    classification: ClassifyPolicy
    address_hash: Callable[[str], str]

    def bring_in(self, store: Store, rows: Iterable[Row], now: datetime, *, dry_run: bool = False) -> Iterator[Entry]:
        """Take in all rows; yields an entry for each once it is stored. A dry run reports the same, keeps nothing."""
        if dry_run:
            with store.rehearsing() as session:
                for batch in _batches(rows):
                    yield from self._take_in(session, batch, now)
            return
        for batch in _batches(rows):
            yield from self._commit(store, batch, now)

    def _commit(self, store: Store, batch: Sequence[Row], now: datetime) -> list[Entry]:
        for _ in range(_TRIES):
            try:
                with store.writing() as session:
                    return self._take_in(session, batch, now)
            except IntegrityError:
                # Somebody else stored one of these people in this moment: look again, and they are known.
                continue
        raise RekindleError("another import keeps storing the same people: let it finish, then run this one again")

    def _take_in(self, session: Session, batch: Sequence[Row], now: datetime) -> list[Entry]:
        entries = [_read(row) for row in batch]
        known = look_up(session, [entry.arrival for entry in entries if entry.arrival], self.address_hash)
        for entry in entries:
            self._place(entry, known, now)
        shelve(
            session,
            [(e.arrival, e.person) for e in entries if e.action is Action.STORED and e.arrival and e.person],
            now,
        )
        for entry in entries:
            if entry.action in {Action.UPDATED, Action.MERGED} and entry.arrival and entry.candidate_id:
                amend(session, entry.candidate_id, entry.arrival, now, same_source=entry.action is Action.UPDATED)
        return entries

    def _place(self, entry: Entry, known: Known, now: datetime) -> None:
        """Decide what becomes of a readable row, knowing the database and the rows before it."""
        arrival = entry.arrival
        if arrival is None:
            return
        entry.verdict = classify(arrival.record, self.classification)
        entry.why = entry.verdict.reasons
        same, digest = known.by_source.get(arrival.key, (None, ""))
        entry.person = same or known.by_address.get(arrival.address)
        if arrival.address in known.suppressed:
            entry.action = Action.SUPPRESSED
        elif same:
            entry.action = Action.UNCHANGED if digest == arrival.digest else Action.UPDATED
        elif entry.person:
            entry.action = Action.MERGED
        else:
            entry.action = Action.STORED if _may_be_admitted(entry.verdict, now) else Action.LEFT_OUT
        if entry.action is Action.STORED:
            entry.person = Person()
        if entry.action is Action.SUPPRESSED:
            entry.why = ("this address asked us never to write again",)
        if entry.person and entry.action is not Action.SUPPRESSED:
            known.learn(arrival, entry.person)


def _may_be_admitted(verdict: Verdict, now: datetime) -> bool:
    facts = Facts(now=now, runner_up=verdict.kind is Kind.RUNNER_UP, withdrew=verdict.kind is Kind.WITHDREW)
    outcome = decide(NEW, Trigger.ADMIT, Actor.IMPORT, facts, needs_approval=frozenset())
    return isinstance(outcome, Allowed)


def _read(row: Row) -> Entry:
    if isinstance(row, Bad):
        return Entry(row, Action.BAD, problems=row.problems)
    try:
        address = normalise(row.record.email)
    except BadInput as fault:
        return Entry(row, Action.BAD, problems=(Problem("email", "(not shown)", str(fault)),))
    digest = sha256(to_json(row.record).encode()).hexdigest()
    return Entry(row, Action.LEFT_OUT, arrival=Arrival(row.record, address, digest))


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch
