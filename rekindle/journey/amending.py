"""Brings what a new row says to a person who is known already. Record ids stay: drafts and approvals rest on them.

Never touches the state, a stop, or what the team noted itself; what a row leaves out stays as it was.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.knowing import Arrival
from rekindle.journey.shelving import (
    Columns,
    application_columns,
    candidate_columns,
    label_columns,
    note_columns,
    source_columns,
    touch_columns,
)
from rekindle.store.applications import Application
from rekindle.store.base import Row
from rekindle.store.candidates import Candidate, CandidateSource, Label
from rekindle.store.dialect import insert_new
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from states.facts import Basis

Owned = TypeVar("Owned", Application, Note, Touch, CandidateSource, Label)
_CONSENT = ("basis", "consent_given_on", "consent_until")
_REASON = ("reason", "reason_sayable")
#: What a record is recognised by, and what stays as it was when first read.
_FIXED = {"candidate_id", "source", "created_at"}
_application, _note = itemgetter("role", "team", "applied_on"), itemgetter("kind", "text")
_touch = itemgetter("on", "channel", "direction", "summary")


@dataclass(frozen=True, slots=True)
class Amendment:
    """One row about one person who is known."""

    candidate_id: int
    arrival: Arrival
    #: It comes from where the person came from and may change what that said before; others only fill gaps.
    overwrites: bool
    #: Its address is nobody else's.
    moves_address: bool


def amend(session: Session, amendments: Sequence[Amendment], now: datetime) -> list[tuple[str, ...]]:
    """Add and change what differs, in the order given; return for each amendment the names of what changed."""
    if not amendments:
        return []
    files = _Files.of(session, sorted({each.candidate_id for each in amendments}))
    changed = [tuple(_amend(session, files, each, now)) for each in amendments]
    session.flush()
    return changed


@dataclass(frozen=True, slots=True)
class _Files:
    """What is stored of the people concerned, read in a fixed number of queries."""

    people: dict[int, Candidate]
    sources: dict[int, list[CandidateSource]]
    labels: dict[int, list[Label]]
    applications: dict[int, list[Application]]
    notes: dict[int, list[Note]]
    touches: dict[int, list[Touch]]

    @classmethod
    def of(cls, session: Session, ids: Sequence[int]) -> "_Files":
        people = session.scalars(select(Candidate).where(Candidate.id.in_(ids)))
        return cls(
            {person.id: person for person in people},
            *(_by_owner(session, noun, ids) for noun in (CandidateSource, Label, Application, Note, Touch)),
        )


def _by_owner(session: Session, noun: type[Owned], ids: Sequence[int]) -> dict[int, list[Owned]]:
    found: dict[int, list[Owned]] = {candidate_id: [] for candidate_id in ids}
    for row in session.scalars(select(noun).where(noun.candidate_id.in_(ids))):
        found[row.candidate_id].append(row)
    return found
