"""Brings what a new row says to a person who is known already. Record ids stay: drafts and approvals rest on them.

Never touches the state, a stop, or what the team noted itself.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from operator import itemgetter
from typing import Any

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
from rekindle.store.candidates import Candidate, CandidateSource, Label
from rekindle.store.dialect import insert_new
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from states.facts import Basis

_CONSENT = ("basis", "consent_given_on", "consent_until")
Owned = Application | Note | Touch


def amend(session: Session, candidate_id: int, arrival: Arrival, now: datetime, *, same_source: bool) -> None:
    """Add and change what differs.

    - the source that a person came from may change what it said before; another source only fills gaps
    - applications, notes and touches are recognised by what makes them the same, and changed in place
    """
    person = session.get_one(Candidate, candidate_id, populate_existing=True)
    _amend_person(session, person, arrival, overwrite=same_source)
    _amend_source(session, candidate_id, arrival)
    for columns in label_columns(candidate_id, arrival.record):
        session.execute(insert_new(session, Label), columns)
    record = arrival.record
    applications = (application_columns(candidate_id, each, record.source) for each in record.applications)
    _amend_rows(session, candidate_id, Application, applications, itemgetter("role", "team", "applied_on"))
    notes = (note_columns(candidate_id, each, now) for each in record.notes)
    _amend_rows(session, candidate_id, Note, notes, itemgetter("kind", "text"))
    touches = (touch_columns(candidate_id, each) for each in record.touches)
    _amend_rows(session, candidate_id, Touch, touches, itemgetter("on", "channel", "direction", "summary"))
    session.flush()


def _amend_person(session: Session, person: Candidate, arrival: Arrival, *, overwrite: bool) -> None:
    columns = candidate_columns(arrival)
    consent = {name: columns.pop(name) for name in _CONSENT}
    if columns["address"] != person.address and not (overwrite and _is_free(session, columns["address"])):
        # The address belongs to somebody else, or another system knows an older one: ours stays.
        del columns["email"], columns["address"]
    for name, value in columns.items():
        if value and (overwrite or not getattr(person, name)):
            setattr(person, name, value)
    if consent["basis"] is not Basis.UNKNOWN and (overwrite or person.basis is Basis.UNKNOWN):
        for name, value in consent.items():
            setattr(person, name, value)


def _is_free(session: Session, address: str) -> bool:
    return session.scalar(select(Candidate.id).where(Candidate.address == address)) is None


def _amend_source(session: Session, candidate_id: int, arrival: Arrival) -> None:
    known = session.get(CandidateSource, arrival.key, populate_existing=True)
    if known is None:
        session.add(CandidateSource(**source_columns(candidate_id, arrival)))
    else:
        known.digest = arrival.digest


def _amend_rows(
    session: Session,
    candidate_id: int,
    noun: type[Application] | type[Note] | type[Touch],
    rows: Iterable[Columns],
    same: Callable[[Columns], Hashable],
) -> None:
    stored = list(session.scalars(select(noun).where(noun.candidate_id == candidate_id)))
    by_key: dict[Hashable, Any] = {same(vars(row)): row for row in stored}
    for columns in rows:
        row = by_key.get(same(columns))
        if row is None:
            row = noun(**columns)
            session.add(row)
            by_key[same(columns)] = row
        else:
            _overwrite(row, columns)


def _overwrite(row: Owned, columns: Columns) -> None:
    for name, value in columns.items():
        if name != "created_at" and getattr(row, name) != value:
            setattr(row, name, value)
