"""What only words can tell about a page of people, read without the rest of their records.

Counting supposes that a note speaks of the role and that what tipped it last time matters no more. This finds out, so
that where everybody looks alike to the database only those are weighed in full who could really reach the list.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rekindle.journey.openings import weights
from rekindle.journey.openings.circumstances import PROMISES
from rekindle.journey.openings.common import TELLING_NOTES
from rekindle.journey.openings.paging import IDS
from rekindle.journey.openings.ranking import Order
from rekindle.journey.openings.sifting import Sifted
from rekindle.journey.openings.stems import telling
from rekindle.journey.openings.topic import Topic
from rekindle.store.applications import Application
from rekindle.store.notes import Note

# Written once: building a statement costs as much as running it.
_NOTES = select(Note.candidate_id, Note.text).where(Note.candidate_id.in_(IDS), Note.kind.in_(sorted(TELLING_NOTES)))
_PASTS = (
    select(
        *(Application.candidate_id, Application.family, Application.role),
        *(Application.outcome, Application.reason, Application.promise),
    )
    .where(Application.candidate_id.in_(IDS))
    .order_by(func.coalesce(Application.decided_on, Application.applied_on, date.min), Application.id)
)


def at_best(session: Session, page: Sequence[Sifted], topic: Topic) -> Iterator[Order]:
    """Give for each of a page where they would stand at best now that the words have been read."""
    ids = [one.candidate_id for one in page]
    spoken, (tipped, promises) = _spoken(session, ids, topic), _pasts(session, ids, topic)
    for one in page:
        less = 0 if one.candidate_id in spoken else weights.BACKGROUND
        if one.candidate_id in tipped:
            less += weights.TIPPED_NO_MORE - weights.TIPPED_AGAIN
        if one.candidate_id in promises:
            less += weights.PROMISE - promises[one.candidate_id]
        yield one.points + less, one.contact, one.candidate_id


def _spoken(session: Session, ids: list[int], topic: Topic) -> set[int]:
    """Return those of whom a note speaks of what the role is about."""
    rows = session.connection().execute(_NOTES, {"ids": ids})
    return {candidate_id for candidate_id, text in rows if _meets(text, topic)}


def _pasts(session: Session, ids: list[int], topic: Topic) -> tuple[set[int], dict[int, int]]:
    """Return for whom what tipped it last time still matters, and what the promise to each is worth."""
    reasons: dict[int, str | None] = {}
    promises: dict[int, int] = {}
    for past in session.connection().execute(_PASTS, {"ids": ids}):
        # The newest comes last and overwrites.
        reasons[past.candidate_id] = past.reason
        if past.promise and past.outcome == "rejected":
            worth = PROMISES[topic.keeps(past.promise, past.family, past.role)]
            promises[past.candidate_id] = max(worth, promises.get(past.candidate_id, 0))
    return {candidate_id for candidate_id, text in reasons.items() if text and _meets(text, topic)}, promises


def _meets(text: str, topic: Topic) -> bool:
    return not topic.matters.isdisjoint(telling(text))
