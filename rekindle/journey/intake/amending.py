"""Brings what new rows say to people who are known already. Record ids stay: drafts and approvals rest on them.

Never touches the state or what the team noted itself; what a row leaves out stays as it was.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from rekindle.journey.intake.knowing import Arrival
from rekindle.journey.intake.overlaying import Columns, overlay, paired, same_candidacy
from rekindle.journey.intake.shelving import (
    application_columns,
    candidate_columns,
    label_columns,
    note_columns,
    source_columns,
    touch_columns,
)
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate, CandidateSource, Label
from rekindle.store.dialect import insert_new
from rekindle.store.notes import Note
from rekindle.store.touches import Touch, remember
from states.facts import Basis

#: What follows from the e-mail address, and is not told besides.
_FOLLOWS = ("address", "domain")
_CONSENT = ("basis", "consent_given_on", "consent_until")
Changed = Sequence[list[str]]


@dataclass(frozen=True, slots=True)
class Amendment:
    """One row about one person who is known."""

    candidate_id: int
    arrival: Arrival
    #: It comes from where the person came from, which may change what it said before; others only fill gaps.
    overwrites: bool
    #: Its address may become theirs: nobody else has it.
    moves_address: bool


def amend(session: Session, amendments: Sequence[Amendment], now: datetime) -> Changed:
    """Add and change what differs, in the order given; return for each amendment what changed, in words."""
    changed: Changed = [[] for _ in amendments]
    if amendments:
        _amend_people(session, amendments, changed)
        _amend_sources(session, amendments)
        _amend_labels(session, amendments, changed)
        rows = partial(_amend_rows, session, amendments, changed)
        rows(Application, _applications, keys=("role", "team", "applied_on"), alike=same_candidacy)
        rows(Note, partial(_notes, now), keys=("kind", "text"))
        rows(Touch, _touches, keys=("on", "channel", "direction", "summary"))
        touched = ((each.candidate_id, one.on) for each in amendments for one in each.arrival.record.touches)
        remember(session, touched)
        session.flush()
    return changed


def _applications(each: Amendment) -> list[Columns]:
    record = each.arrival.record
    return [application_columns(each.candidate_id, one, record.source) for one in record.applications]


def _notes(now: datetime, each: Amendment) -> list[Columns]:
    return [note_columns(each.candidate_id, one, now) for one in each.arrival.record.notes]


def _touches(each: Amendment) -> list[Columns]:
    return [touch_columns(each.candidate_id, one) for one in each.arrival.record.touches]


def _amend_people(session: Session, amendments: Sequence[Amendment], changed: Changed) -> None:
    people = {
        person.id: person for person in session.scalars(select(Candidate).where(Candidate.id.in_(_ids(amendments))))
    }
    for each, told in zip(amendments, changed, strict=True):
        columns = candidate_columns(each.arrival)
        consent = {name: columns.pop(name) for name in _CONSENT}
        if each.arrival.record.locale is None:
            del columns["locale"]
        if not each.moves_address:
            del columns["email"], columns["address"], columns["domain"]
        person = people[each.candidate_id]
        names = overlay(person, columns, overwrites=each.overwrites)
        if _agree(person, consent, overwrites=each.overwrites):
            names.append("consent")
        if "address" in names:
            # At once: the next row may bring somebody the address that this one gives up.
            session.flush()
        told += [name.replace("_", " ") for name in names if name not in _FOLLOWS]


def _agree(person: Candidate, consent: Columns, *, overwrites: bool) -> bool:
    """Take a basis with its dates as a whole: the end of one says nothing about another."""
    if consent["basis"] is Basis.UNKNOWN or not (overwrites or person.basis is Basis.UNKNOWN):
        return False
    differs = any(getattr(person, name) != value for name, value in consent.items())
    for name, value in consent.items():
        setattr(person, name, value)
    return differs


def _amend_sources(session: Session, amendments: Sequence[Amendment]) -> None:
    query = select(CandidateSource).where(CandidateSource.candidate_id.in_(_ids(amendments)))
    known = {(row.source, row.source_id): row for row in session.scalars(query)}
    for each in amendments:
        if row := known.get(each.arrival.key):
            row.digest = each.arrival.digest
        else:
            known[each.arrival.key] = row = CandidateSource(**source_columns(each.candidate_id, each.arrival))
            session.add(row)


def _amend_labels(session: Session, amendments: Sequence[Amendment], changed: Changed) -> None:
    key = (Label.candidate_id, Label.kind, Label.key)
    known = {tuple(row) for row in session.execute(select(*key).where(Label.candidate_id.in_(_ids(amendments))))}
    new = []
    for each, told in zip(amendments, changed, strict=True):
        for label in label_columns(each.candidate_id, each.arrival.record):
            own = (each.candidate_id, label["kind"], label["key"])
            if own not in known:
                known.add(own)
                new.append(label)
                told.append(f"{label['kind']}s")
    if new:
        session.execute(insert_new(session, Label), new)


def _amend_rows(
    session: Session,
    amendments: Sequence[Amendment],
    changed: Changed,
    noun: type[Application] | type[Note] | type[Touch],
    rows_of: Callable[[Amendment], list[Columns]],
    **how: Any,
) -> None:
    stored: dict[int, list[Any]] = defaultdict(list)
    query: Select[Any] = select(noun).where(noun.candidate_id.in_(_ids(amendments))).order_by(noun.id)
    for row in session.scalars(query):
        stored[row.candidate_id].append(row)
    for each, told in zip(amendments, changed, strict=True):
        mine = stored[each.candidate_id]
        for columns, known in paired(rows_of(each), mine, **how):
            if known is None:
                mine.append(made := noun(**columns))
                session.add(made)
            elif not overlay(known, columns, overwrites=each.overwrites):
                continue
            told.append(noun.__tablename__)


def _ids(amendments: Sequence[Amendment]) -> list[int]:
    return sorted({each.candidate_id for each in amendments})
