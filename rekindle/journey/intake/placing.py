"""What becomes of each row, given who is known and the rows before it. Asks no database and writes nothing."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from rekindle.errors import BadInput
from rekindle.exchange.problems import Problem
from rekindle.exchange.rows import Bad, Row
from rekindle.exchange.writing import to_json
from rekindle.journey.intake.classify import ClassifyPolicy, Kind, Verdict, classify
from rekindle.journey.intake.knowing import Arrival, Known, Person
from rekindle.mail.address import normalise
from states.candidate import NEW, Actor, Trigger
from states.facts import Facts
from states.machine import Allowed, decide


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
    #: Nobody may write to this address any more; not stored.
    SUPPRESSED = "suppressed"
    #: The row cannot be read.
    BAD = "bad"


_SUPPRESSED = {
    "stop": "this address asked us never to write again",
    "complaint": "this address reported our mail as spam",
    "bounce": "mail to this address came back for good",
}
#: What it means for somebody known that they are no runner-up any more: see `rekindle.store.facts`.
_NO_MAIL = {
    Kind.WITHDREW: "stays stored, but gets no mail while this is the latest on record",
    Kind.HIRED: "stays stored, but gets no mail",
    Kind.STILL_OPEN: "gets no mail while it is open",
    Kind.OFF_LIMITS: "stays stored, but gets no mail from now on",
}


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
    #: Somebody else who has the address that this row gives.
    rival: Person | None = None
    #: It says of somebody known that nobody may write to them.
    silences: bool = False

    @property
    def candidate_id(self) -> int | None:
        return self.person.candidate_id if self.person else None

    @property
    def overwrites(self) -> bool:
        """Say whether it comes from where the person came from, and so may change what that said before."""
        if self.arrival is None or self.person is None or self.action is Action.MERGED:
            return False
        return self.person.origin == self.arrival.record.source


def admissible(now: datetime) -> frozenset[Kind]:
    """Ask the machine which kinds of people an import may admit."""
    return frozenset(kind for kind in Kind if _may_be_admitted(kind, now))


def read(row: Row) -> Entry:
    """Begin the entry of a row: bad, or with somebody who arrives."""
    if isinstance(row, Bad):
        return Entry(row, Action.BAD, problems=row.problems)
    try:
        address = normalise(row.record.email)
    except BadInput as fault:
        return Entry(row, Action.BAD, problems=(Problem("email", "(not shown)", str(fault)),))
    digest = sha256(to_json(row.record).encode()).hexdigest()
    return Entry(row, Action.LEFT_OUT, arrival=Arrival(row.record, address, digest))


def place(entry: Entry, known: Known, policy: ClassifyPolicy, may_be_admitted: Collection[Kind]) -> None:
    """Decide what becomes of a row; the next one is told of it by `known`."""
    arrival = entry.arrival
    if arrival is None:
        return
    entry.verdict = classify(arrival.record, policy)
    entry.why = entry.verdict.reasons
    same, digest = known.by_source.get(arrival.key, (None, ""))
    owner = known.by_address.get(arrival.address)
    entry.person = same or owner
    if reason := known.suppressed.get(arrival.address):
        entry.action = Action.SUPPRESSED
        entry.why = (_SUPPRESSED.get(reason, "nobody may write to this address any more"),)
        entry.silences = entry.person is not None and reason != "bounce"
    elif same and digest == arrival.digest:
        entry.action = Action.UNCHANGED
    elif entry.person:
        entry.action = Action.UPDATED if same else Action.MERGED
        entry.rival = owner if owner is not entry.person else None
        _bring_news(entry, arrival, entry.verdict)
    elif entry.verdict.kind in may_be_admitted:
        entry.action = Action.STORED
        entry.person = Person(origin=arrival.record.source, is_new=True)
    _learn(entry, arrival, known)


def _bring_news(entry: Entry, arrival: Arrival, verdict: Verdict) -> None:
    """Say what a row means for somebody who came as a runner-up and may be none any more."""
    index = verdict.application
    entry.why = (*verdict.reasons, _NO_MAIL[verdict.kind]) if verdict.kind in _NO_MAIL else ()
    if verdict.kind is Kind.OFF_LIMITS or (verdict.kind is Kind.WITHDREW and index is None):
        entry.silences = True
    elif verdict.kind is Kind.WITHDREW and index is not None:
        # Many systems write a withdrawal as a rejection with a telling reason: it is kept as what it is.
        before = arrival.record.applications
        left = (*before[:index], replace(before[index], outcome="withdrew"), *before[index + 1 :])
        entry.arrival = replace(arrival, record=replace(arrival.record, applications=left))


def _learn(entry: Entry, arrival: Arrival, known: Known) -> None:
    if entry.person is None or entry.action is Action.SUPPRESSED:
        return
    known.by_source[arrival.key] = entry.person, arrival.digest
    if entry.overwrites:
        # An address stays with whoever had it first.
        known.by_address.setdefault(arrival.address, entry.person)


def _may_be_admitted(kind: Kind, now: datetime) -> bool:
    facts = Facts(now=now, runner_up=kind is Kind.RUNNER_UP, withdrew=kind is Kind.WITHDREW)
    return isinstance(decide(NEW, Trigger.ADMIT, Actor.IMPORT, facts, needs_approval=frozenset()), Allowed)
