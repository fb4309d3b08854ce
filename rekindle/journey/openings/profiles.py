"""Reads what is on record about a few people, as ranking weighs it: four queries a page."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from rekindle.courtesy.dossier import Candidacy, Contact, KnownNote
from rekindle.journey.openings.common import TELLING_NOTES
from rekindle.journey.openings.paging import IDS, pages
from rekindle.journey.openings.profile import Profile
from rekindle.store.applications import Application
from rekindle.store.candidates import Label
from rekindle.store.notes import Note
from rekindle.store.touches import Touch

_PAST = (
    *(Application.role, Application.family, Application.level, Application.team, Application.last_stage),
    *(Application.finalist, Application.applied_on, Application.decided_on, Application.outcome),
    *(Application.reason, Application.rejection, Application.promise),
)
_NAMES = tuple(column.key for column in _PAST)
# Written once: building a statement costs as much as running it.
_APPLICATIONS = (
    select(Application.candidate_id, Application.id, *_PAST)
    .where(Application.candidate_id.in_(IDS))
    .order_by(Application.id)
)
_LABELS = (
    select(Label.candidate_id, Label.kind, Label.label)
    .where(Label.candidate_id.in_(IDS), Label.kind.in_(("skill", "interest")))
    .order_by(Label.id)
)
_NOTES = (
    select(Note.candidate_id, Note.id, Note.kind, Note.text, Note.sayable)
    .where(Note.candidate_id.in_(IDS), Note.kind.in_(sorted(TELLING_NOTES)))
    .order_by(Note.id)
)
_TOUCHES = (
    select(Touch.candidate_id, Touch.id, Touch.on, Touch.channel, Touch.direction)
    .where(Touch.candidate_id.in_(IDS))
    .order_by(Touch.on.desc(), Touch.id.desc())
)


def profiles(session: Session, ids: Sequence[int]) -> Iterator[Profile]:
    """Give the profile of each, in the order of `ids`."""
    for page in pages(ids):
        pasts, labels, notes, touches = (
            _by_person(session, query, page) for query in (_APPLICATIONS, _LABELS, _NOTES, _TOUCHES)
        )
        for each in page:
            yield Profile(
                each,
                applications=_newest_first(pasts.get(each, ())),
                skills=tuple(label for _, kind, label in labels.get(each, ()) if kind == "skill"),
                interests=tuple(label for _, kind, label in labels.get(each, ()) if kind == "interest"),
                notes=tuple(
                    KnownNote(id=f"n-{number}", kind=kind, text=text, sayable=sayable)
                    for _, number, kind, text, sayable in notes.get(each, ())
                ),
                contacts=tuple(
                    Contact(id=f"t-{number}", on=on, channel=channel, direction=direction)
                    for _, number, on, channel, direction in touches.get(each, ())
                ),
            )


def _by_person(session: Session, query: Select[Any], ids: Sequence[int]) -> Mapping[int, Sequence[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    for row in session.connection().execute(query, {"ids": ids}):
        found.setdefault(row[0], []).append(row)
    return found


def _newest_first(rows: Sequence[Row[Any]]) -> tuple[Candidacy, ...]:
    """Put applications in the order of `rekindle.store.applications.newest_first`."""
    newest = sorted(rows, key=lambda row: (row.decided_on or row.applied_on or date.min, row.id), reverse=True)
    return tuple(Candidacy(id=f"a-{row[1]}", **dict(zip(_NAMES, row[2:], strict=True))) for row in newest)
