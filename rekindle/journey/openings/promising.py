"""Whose promise falls due because a role opened: "we'll write when a product role opens". Reads only, sends nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from rekindle.journey.openings.topic import Keeping, Topic, topic_of
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.roles import Role
from states.candidate import CandidateState

#: Who wants nothing more from us, or works here, waits for no letter.
_OVER = (CandidateState.DECLINED, CandidateState.HIRED)
_PROMISES = (
    select(
        *(Application.candidate_id, Application.id, Application.promise, Application.decided_on),
        *(Application.family, Application.role, Candidate.recruiter),
    )
    .join(Candidate, Candidate.id == Application.candidate_id)
    .where(Application.promise.is_not(None), Application.outcome == "rejected")
    .where(Candidate.opted_out_at.is_(None), or_(Candidate.state.is_(None), Candidate.state.not_in(_OVER)))
)


@dataclass(frozen=True, slots=True)
class PromiseDue:
    """A promise to somebody we turned down, the application it was made with, and why it falls due now."""

    candidate_id: int
    application_id: int
    promise: str
    decided_on: date | None
    recruiter: str | None
    why: str


def promises_due(session: Session, role: Role) -> list[PromiseDue]:
    """List the promises a role makes fall due: the oldest first, and those without a day before them."""
    found = _due(session, topic_of(role))
    return sorted(found, key=lambda due: (due.decided_on or date.min, due.application_id))


def _due(session: Session, topic: Topic) -> Iterator[PromiseDue]:
    for row in session.connection().execute(_PROMISES):
        if why := _why(row, topic):
            yield PromiseDue(row.candidate_id, row.id, row.promise, row.decided_on, row.recruiter, why)


def _why(row: Row[Any], topic: Topic) -> str | None:
    match topic.keeps(row.promise, row.family, row.role):
        case Keeping.NAMED:
            return "the promise names it"
        case Keeping.PERHAPS:
            return f"perhaps: they applied for {topic.family} work"
    return None
