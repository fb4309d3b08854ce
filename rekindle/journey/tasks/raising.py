"""Puts what there is to do on somebody's list, once, however often it is found. Decides nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rekindle.journey.letters.standards import Standards
from rekindle.journey.tasks.wanted import Wanted, pages
from rekindle.store.dialect import insert_new
from rekindle.store.engine import changed
from rekindle.store.letters import REKINDLE
from rekindle.store.tasks import Task, TaskKind

#: We let it go because its reason was gone: when that is there again, so is the task.
_LET_GO = (Task.dropped, Task.done_by == REKINDLE)


def put_on_lists(session: Session, found: Iterable[Wanted], standards: Standards, now: datetime) -> Counter[TaskKind]:
    """Store what is not on a list yet, and count it by kind."""
    # In order of their people, as whoever holds several has to: then two never wait for each other.
    wanted = sorted(found, key=lambda each: (each.candidate_id, each.key))
    return Counter(each.kind for each in not_on_lists(session, wanted) if _put(session, each, standards, now))


def not_on_lists(session: Session, wanted: Sequence[Wanted]) -> list[Wanted]:
    """Return what is not on a list now, and was not done or let go by a person before."""
    return [
        each
        for page in pages(wanted)
        for settled in [_settled(session, [each.key for each in page])]
        for each in page
        if each.key not in settled
    ]


def task_with(session: Session, key: str) -> Task | None:
    return session.scalar(select(Task).where(Task.key == key).execution_options(populate_existing=True))


def _settled(session: Session, keys: Sequence[str]) -> set[str]:
    known = session.execute(select(Task.key, Task.dropped, Task.done_by).where(Task.key.in_(keys)))
    return {key for key, dropped, by in known if not (dropped and by == REKINDLE)}


def _put(session: Session, wanted: Wanted, standards: Standards, now: datetime) -> bool:
    values = {
        "assignee": standards.signer_for(wanted.recruiter).address,
        "reason": wanted.reason[:500],
        "link": wanted.link,
        "due_on": wanted.due_on,
        "snoozed_until": None,
        "created_at": now,
        "done_at": None,
        "done_by": None,
        "dropped": False,
        "note": None,
        "touch_id": None,
    }
    own = {"candidate_id": wanted.candidate_id, "kind": wanted.kind, "key": wanted.key}
    if session.scalar(insert_new(session, Task).returning(Task.id), {**own, **values}) is not None:
        return True
    return bool(changed(session, update(Task).where(Task.key == wanted.key, *_LET_GO).values(values)))
