"""Stores the new people of a batch: one INSERT a table, however many they are, and their first move."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.exchange.record import ApplicationRecord, CandidateRecord, NoteRecord, TouchRecord
from rekindle.journey.intake.knowing import Arrival, Person
from rekindle.journey.moving import Cause, admit_new
from rekindle.store.applications import Application
from rekindle.store.bulk import insert_all
from rekindle.store.candidates import Candidate, CandidateSource, Label, domain_of
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from states.candidate import Actor
from states.facts import Basis

Columns = dict[str, Any]


def shelve(session: Session, arrivals: Sequence[tuple[Arrival, Person]], now: datetime) -> None:
    """Store and admit new people; their `Person` learns the id."""
    if not arrivals:
        return
    _insert_people(session, arrivals, now)
    stored = [(person.candidate_id or 0, arrival) for arrival, person in arrivals]
    insert_all(session, CandidateSource, (source_columns(owner, arrival) for owner, arrival in stored))
    insert_all(session, Label, (row for owner, arrival in stored for row in label_columns(owner, arrival.record)))
    insert_all(session, Application, (c for owner, a in stored for c in _each(owner, a.record.applications, a.record)))
    insert_all(session, Note, (note_columns(owner, note, now) for owner, a in stored for note in a.record.notes))
    insert_all(session, Touch, (touch_columns(owner, touch) for owner, a in stored for touch in a.record.touches))
    for source in dict.fromkeys(arrival.record.source for _, arrival in stored):
        ids = [owner for owner, arrival in stored if arrival.record.source == source]
        admit_new(session, ids, Cause(Actor.IMPORT, "a runner-up of a past opening", by=source), now)


def _insert_people(session: Session, arrivals: Sequence[tuple[Arrival, Person]], now: datetime) -> None:
    people = {secrets.token_hex(12): person for _, person in arrivals}
    rows = (candidate_columns(a) | {"last_contact_on": _last_contact(a.record) or now.date()} for a, _ in arrivals)
    insert_all(
        session, Candidate, (row | {"key": key, "created_at": now} for key, row in zip(people, rows, strict=True))
    )
    # Asking afterwards by key: SQLite returns ids in the order of the rows only when it is given them one by one.
    for key, candidate_id in session.execute(select(Candidate.key, Candidate.id).where(Candidate.key.in_(people))):
        people[key].candidate_id = candidate_id


def candidate_columns(arrival: Arrival) -> Columns:
    """Return what the candidate's own row takes from a record."""
    record = arrival.record
    return {
        "given_name": record.given_name,
        "family_name": record.family_name,
        "email": record.email,
        "address": arrival.address,
        "domain": domain_of(arrival.address),
        "timezone": record.timezone,
        "locale": record.locale or "en",
        "city": record.city,
        "linkedin": record.linkedin,
        "recruiter": record.recruiter.casefold()[:320] if record.recruiter else None,
        "basis": Basis(record.consent.basis),
        "consent_given_on": record.consent.given_on,
        "consent_until": record.consent.until,
    }


def _last_contact(record: CandidateRecord) -> date | None:
    """Return the day of the last contact on record: a touch, or the end of a candidacy."""
    decided = [day for each in record.applications for day in (each.decided_on, each.last_interview_on) if day]
    return max([*decided, *(each.on for each in record.touches)], default=None)


def source_columns(owner: int, arrival: Arrival) -> Columns:
    source, source_id = arrival.key
    return {"source": source, "source_id": source_id, "candidate_id": owner, "digest": arrival.digest}


def label_columns(owner: int, record: CandidateRecord) -> Iterator[Columns]:
    for kind, labels in (("tag", record.tags), ("skill", record.skills), ("interest", record.interests)):
        for key, label in {label.casefold()[:200]: label for label in labels}.items():
            yield {"candidate_id": owner, "kind": kind, "key": key, "label": label}


def application_columns(owner: int, application: ApplicationRecord, source: str) -> Columns:
    reason = application.reason
    return {
        "candidate_id": owner,
        "source": source,
        "role": application.role,
        "family": application.family,
        "level": application.level,
        "team": application.team,
        "last_stage": application.last_stage,
        "finalist": application.finalist,
        "applied_on": application.applied_on,
        "last_interview_on": application.last_interview_on,
        "decided_on": application.decided_on,
        "outcome": application.outcome,
        "rejected_by": application.rejected_by,
        "reason": reason.text if reason else None,
        "reason_sayable": reason.sayable if reason else False,
        "rejection": application.rejection,
        "promise": application.promise,
    }


def note_columns(owner: int, note: NoteRecord, now: datetime) -> Columns:
    return {
        "candidate_id": owner,
        "kind": note.kind,
        "text": note.text,
        "source": note.source,
        "on": note.on,
        "sayable": note.sayable,
        "created_at": now,
    }


def touch_columns(owner: int, touch: TouchRecord) -> Columns:
    return {
        "candidate_id": owner,
        "on": touch.on,
        "channel": touch.channel,
        "direction": touch.direction,
        "summary": touch.summary,
    }


def _each(owner: int, applications: Iterable[ApplicationRecord], record: CandidateRecord) -> Iterator[Columns]:
    return (application_columns(owner, application, record.source) for application in applications)
