"""Lists the team: who is here, who has left or is going to, and what waits for each. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql import ColumnElement

from rekindle.journey.letters.standards import Colleague
from rekindle.journey.people.leaving import departures
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.tasks import Task


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One of the team. `left_on` may be still to come; it is None for whom only the settings call gone."""

    address: str
    name: str
    title: str
    roles: tuple[str, ...]
    here: bool
    successor: str | None
    left_on: date | None
    #: How many candidates know this person, and what waits for them.
    candidates: int
    approvals: int
    tasks: int


def people(session: Session, team: Mapping[str, Colleague], roles: Mapping[str, tuple[str, ...]]) -> list[PersonLine]:
    """List the team as it is now, in order of address; `roles` are those of the settings."""
    leaving = {row.person: row for row in departures(session)}
    known = _counted(session, func.lower(Candidate.recruiter))
    asked = _counted(session, Approval.assignee, Approval.state == ApprovalState.WAITING)
    tasks = _counted(session, Task.assignee, Task.done_at.is_(None))
    return [
        PersonLine(
            address=address,
            name=who.name,
            title=who.title,
            roles=roles[address],
            here=not who.successor,
            successor=who.successor or (leaving[address].successor if address in leaving else None),
            left_on=leaving[address].left_on if address in leaving else None,
            candidates=known.get(address, 0),
            approvals=asked.get(address, 0),
            tasks=tasks.get(address, 0),
        )
        for address, who in sorted(team.items())
    ]


def _counted(
    session: Session,
    whose: ColumnElement[str | None] | InstrumentedAttribute[str | None] | InstrumentedAttribute[str],
    *only: ColumnElement[bool],
) -> dict[str, int]:
    query = select(whose, func.count()).where(whose.is_not(None), *only).group_by(whose)
    return {address: count for address, count in session.execute(query) if address}
