"""Takes from the lists what needs nobody any more, with the reason, and passes on what a colleague left behind."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rekindle.journey.letters.standards import Standards
from rekindle.journey.tasks.calls import calls_over
from rekindle.journey.tasks.linkedin import linkedin_over
from rekindle.journey.tasks.promises import promises_over
from rekindle.journey.tasks.replies import replies_over
from rekindle.journey.tasks.screening import barred
from rekindle.journey.tasks.wanted import ON_LINKEDIN, Over, Rules, pages
from rekindle.store.engine import changed
from rekindle.store.letters import REKINDLE
from rekindle.store.tasks import Task, TaskKind


def over(session: Session, rules: Rules, due_promises: frozenset[str], now: datetime) -> dict[int, Over]:
    """Return task id -> why, for what was done by another road and what has no reason any more. Reads only."""
    found: dict[int, Over] = {}
    waiting = list(session.scalars(select(Task).where(Task.done_at.is_(None)).order_by(Task.candidate_id, Task.id)))
    for page in pages(waiting):
        settled = {task.id: why for task, why in _settled(session, page, due_promises)}
        # What was done stays done, whatever speaks against it by now.
        open_ones = [task for task in page if task.id not in settled or not settled[task.id].was_done]
        found |= settled | {task.id: why for task, why in barred(session, open_ones, rules, now)}
    return found


def close(session: Session, task_id: int, why: Over, now: datetime) -> bool:
    """Close one open task without a person; False when somebody was faster."""
    values = {
        "done_at": now,
        "done_by": REKINDLE,
        "dropped": not why.was_done,
        "note": why.note,
        "touch_id": why.touch_id,
    }
    return bool(changed(session, update(Task).where(Task.id == task_id, Task.done_at.is_(None)).values(values)))


def pass_on(session: Session, standards: Standards) -> int:
    """Give the open tasks of whoever has left to those who do their work now; return how many."""
    holders = session.scalars(select(Task.assignee).where(Task.done_at.is_(None)).distinct()).all()
    moved = 0
    for gone in sorted(address for address in holders if not standards.is_here(address)):
        theirs = (Task.assignee == gone, Task.done_at.is_(None))
        heir = standards.signer_for(gone).address
        # Where nobody of the team is here at all, it stays where it is.
        moved += changed(session, update(Task).where(*theirs).values(assignee=heir)) if heir != gone else 0
    return moved


def _settled(session: Session, tasks: Sequence[Task], due_promises: frozenset[str]) -> Iterable[tuple[Task, Over]]:
    calls, promises, replies = (_of(tasks, kind) for kind in (TaskKind.CALL, TaskKind.PROMISE, TaskKind.REPLY))
    yield from linkedin_over(session, _of(tasks, *ON_LINKEDIN))
    yield from calls_over(session, calls)
    yield from promises_over(session, promises, due_promises)
    yield from replies_over(session, replies)


def _of(tasks: Sequence[Task], *kinds: TaskKind) -> list[Task]:
    return [task for task in tasks if task.kind in kinds]
