"""The first step of the route: rows of a file become candidates. Idempotent on (source, id); says for every row why.

Works batch by batch, each in one transaction: stopped in the middle, it has kept what it reported, and the same file
again goes on from there. Memory does not depend on the size of the file.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from rekindle.errors import LostRace, RekindleError
from rekindle.exchange.rows import Row
from rekindle.journey.intake.amending import Amendment, amend
from rekindle.journey.intake.classify import ClassifyPolicy
from rekindle.journey.intake.knowing import look_up
from rekindle.journey.intake.placing import Action, Entry, admissible, place, read
from rekindle.journey.intake.shelving import shelve
from rekindle.journey.outbox.withdrawing import take_back
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store, changed

__all__ = ["Action", "Entry", "Intake"]

BATCH = 1000
_TRIES = 5
_SILENCED = "a later import says that nobody may write to them"


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
                    yield from self._insist(lambda: _within(session), batch, now)
            return
        for batch in _batches(rows):
            yield from self._insist(store.writing, batch, now)

    def _insist(
        self, opening: Callable[[], AbstractContextManager[Session]], batch: Sequence[Row], now: datetime
    ) -> list[Entry]:
        for _ in range(_TRIES):
            try:
                with opening() as session:
                    return self._take_in(session, batch, now)
            except (IntegrityError, LostRace):
                # Somebody else stored one of these people in this moment: look again, and they are known.
                continue
        raise RekindleError("another import keeps storing the same people: let it finish, then run this one again")

    def _take_in(self, session: Session, batch: Sequence[Row], now: datetime) -> list[Entry]:
        entries = [read(row) for row in batch]
        known = look_up(session, [entry.arrival for entry in entries if entry.arrival], self.address_hash)
        may_be_admitted = admissible(now)
        for entry in entries:
            place(entry, known, self.classification, may_be_admitted)
        new = [entry for entry in entries if entry.action is Action.STORED]
        shelve(session, [(entry.arrival, entry.person) for entry in new if entry.arrival and entry.person], now)
        _amend(session, [entry for entry in entries if entry.action in {Action.UPDATED, Action.MERGED}], now)
        _silence(session, [entry.candidate_id for entry in entries if entry.silences], now)
        return entries


def _amend(session: Session, entries: Sequence[Entry], now: datetime) -> None:
    amendments = [
        Amendment(entry.candidate_id, entry.arrival, entry.overwrites, entry.overwrites and not entry.rival)
        for entry in entries
        if entry.arrival and entry.candidate_id
    ]
    for entry, names in zip(entries, amend(session, amendments, now), strict=True):
        entry.why = (*_told(entry, names), *entry.why)


def _told(entry: Entry, names: Sequence[str]) -> Iterator[str]:
    if entry.action is Action.MERGED:
        yield "the same address: one person under two ids"
    yield f"changed: {', '.join(dict.fromkeys(names))}" if names else "nothing new"
    if entry.rival and entry.overwrites:
        yield f"the new address is that of c-{entry.rival.candidate_id}: the old one stays"


def _silence(session: Session, ids: Iterable[int | None], now: datetime) -> None:
    """Stop writing to people of whom a row says that nobody may; whatever waits for them is taken back."""
    for candidate_id in filter(None, ids):
        heard = (Candidate.id == candidate_id, Candidate.opted_out_at.is_(None))
        if changed(session, update(Candidate).where(*heard).values(opted_out_at=now)):
            take_back(session, candidate_id, _SILENCED, now)


@contextmanager
def _within(session: Session) -> Iterator[Session]:
    with session.begin_nested():
        yield session


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch
