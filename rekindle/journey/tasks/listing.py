"""What people want to see of tasks: whose turn it is, by when, why. Reads only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from rekindle.journey.listing import Page
from rekindle.journey.tasks.wanted import ON_LINKEDIN
from rekindle.store.candidates import Candidate
from rekindle.store.tasks import Task


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task in a list. `state` is open, overdue, snoozed, done or dropped; `due_on` is when it was due at first."""

    id: int
    candidate: str
    name: str
    kind: str
    state: str
    reason: str
    link: str | None
    due_on: date
    snoozed_until: date | None
    assignee: str
    created_at: datetime
    done_at: datetime | None
    done_by: str | None
    note: str | None
    touch: str | None


def tasks(
    session: Session, today: date, *, whose: Collection[str] | None = None, everything: bool = False, limit: int
) -> Page[TaskLine]:
    """List what is to be done, the longest due first, of some people or of all; with everything also what is over."""
    wanted: list[ColumnElement[bool]] = [] if everything else [*_awake(today)]
    if whose is not None:
        wanted.append(Task.assignee.in_(whose))
    query = select(Task, Candidate).join(Candidate, Candidate.id == Task.candidate_id).where(*wanted)
    in_turn = (Task.done_at.is_not(None), _turn(), Task.id)
    rows = session.execute(query.order_by(*in_turn).limit(limit)).all()
    total = session.scalar(select(func.count()).select_from(Task).where(*wanted)) or 0
    return Page([line_of(task, person, today) for task, person in rows], total)


def due_by(session: Session, day: date, whose: Collection[str]) -> list[Task]:
    """List the open tasks of some people that are due by then, the longest due first."""
    mine = (Task.assignee.in_(whose), Task.done_at.is_(None), _turn() <= day)
    return list(session.scalars(select(Task).where(*mine).order_by(_turn(), Task.id)))


def line_of(task: Task, person: Candidate, today: date) -> TaskLine:
    return TaskLine(
        id=task.id,
        candidate=f"c-{person.id}",
        name=f"{person.given_name} {person.family_name}".strip(),
        kind=task.kind.value,
        state=_state(task, today),
        reason=task.reason,
        # As it is today: they may have moved since.
        link=person.linkedin if task.kind in ON_LINKEDIN else task.link,
        due_on=task.due_on,
        snoozed_until=task.snoozed_until,
        assignee=task.assignee,
        created_at=task.created_at,
        done_at=task.done_at,
        done_by=task.done_by,
        note=task.note,
        touch=f"t-{task.touch_id}" if task.touch_id else None,
    )


def when(line: TaskLine) -> str:
    """Say where a task stands in time, in two words."""
    match line.state:
        case "done" | "dropped":
            return f"{line.state} {line.done_at:%Y-%m-%d}"
        case "snoozed":
            return f"until {line.snoozed_until}"
        case "overdue":
            return f"! {line.due_on}"
    return str(max(line.due_on, line.snoozed_until or line.due_on))


def turn_of(task: Task) -> date:
    """Return when a task is due, or comes back."""
    return max(task.due_on, task.snoozed_until or task.due_on)


def _turn() -> ColumnElement[date]:
    return case((Task.snoozed_until > Task.due_on, Task.snoozed_until), else_=Task.due_on)


def _state(task: Task, today: date) -> str:
    if task.done_at is not None:
        return "dropped" if task.dropped else "done"
    if task.snoozed_until and task.snoozed_until > today:
        return "snoozed"
    return "overdue" if turn_of(task) < today else "open"


def _awake(today: date) -> Sequence[ColumnElement[bool]]:
    return Task.done_at.is_(None), or_(Task.snoozed_until.is_(None), Task.snoozed_until <= today)
