"""What tests of tasks set up: the team's rules, somebody with a LinkedIn page, a pass over all lists."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey import recording
from rekindle.journey.tasks import finding
from rekindle.journey.tasks.finding import Found
from rekindle.journey.tasks.wanted import Rules
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.moves import MoveRow
from rekindle.store.tasks import Task, TaskKind
from states.candidate import Actor, CandidateState, Trigger
from tests.cast import NOW, stored
from tests.journey.letters.stage import STANDARDS

ANN, BEN, ZOE = (f"{name}@acme.example" for name in ("ann", "ben", "zoe"))
DAY = timedelta(days=1)
TODAY = NOW.date()
RULES = Rules(
    connect_after=14,
    engage_every=90,
    call_within=5,
    promise_within=7,
    reply_within=1,
    standards=STANDARDS,
)
PAGE = "https://www.linkedin.com/in/anne-example"


def on_linkedin(session: Session, name: str = "Anne", *, since: datetime = NOW - 20 * DAY, **changes: Any) -> Candidate:
    """Store somebody who has a LinkedIn page and is kept warm since then."""
    person = stored(session, name, **{"linkedin": PAGE, **changes})
    session.add(
        MoveRow(
            candidate_id=person.id,
            source=CandidateState.REJECTED_WARM,
            target=CandidateState.NURTURING,
            trigger=Trigger.NURTURE,
            actor=Actor.SCHEDULE,
            reason="cooled off",
            at=since,
        )
    )
    session.flush()
    return person


def find(store: Store, now: datetime = NOW, rules: Rules = RULES) -> Found:
    return finding.find(store, rules, now)


def tasks(store: Store) -> list[Task]:
    with store.reading() as session:
        return list(session.scalars(select(Task).order_by(Task.id)))


def only(store: Store) -> Task:
    (task,) = tasks(store)
    return task


def kinds(store: Store) -> list[TaskKind]:
    """List the kinds of what is to be done, in order of their numbers."""
    return [task.kind for task in tasks(store) if task.done_at is None]


def in_touch(store: Store, on: date, channel: str, direction: str = "out", candidate_id: int = 1) -> int:
    """Put a contact on record; return the touch's id."""
    told = {"on": str(on), "channel": channel, "direction": direction}
    with store.writing() as session:
        return recording.touch(session, candidate_id, told, NOW + 400 * DAY)[0].id


def a_task(session: Session, candidate_id: int, **changes: Any) -> Task:
    """Put a call on Ann's list that is due today."""
    columns = {
        "candidate_id": candidate_id,
        "kind": TaskKind.CALL,
        "key": f"call:a-{candidate_id}",
        "assignee": ANN,
        "reason": "not chosen for Director of Product",
        "due_on": TODAY,
        "created_at": NOW,
        **changes,
    }
    task = Task(**columns)
    session.add(task)
    session.flush()
    return task
