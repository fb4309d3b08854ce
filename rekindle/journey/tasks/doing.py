"""What a person does with a task: does it, puts it off, lets it go, gives it to a colleague.

What was done becomes a touch by the road every touch takes, so that letters wait and clocks start anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound
from rekindle.journey import recording
from rekindle.journey.letters.writing import hold_person
from rekindle.journey.tasks.wanted import ON_LINKEDIN, ids_in
from rekindle.store.applications import Application
from rekindle.store.engine import changed
from rekindle.store.tasks import Task, TaskKind

LONGEST_NOTE: Final = 2000
#: How a task is done unless somebody says how: a promise may be kept in many ways, so that is always said.
_CHANNELS: Final = {
    TaskKind.LINKEDIN_CONNECT: ("linkedin",),
    TaskKind.LINKEDIN_ENGAGE: ("linkedin",),
    TaskKind.CALL: ("call", "meeting"),
    TaskKind.REPLY: ("reply", "email", "call", "linkedin", "meeting"),
}
_ANY: Final = ("call", "email", "linkedin", "meeting", "reply")


@dataclass(frozen=True, slots=True)
class Doing:
    """How a task was done: what came of it, on which day and channel; `contact` is False when nobody was reached."""

    note: str
    on: date
    channel: str | None = None
    contact: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it; `first` is False when it was over before, and nothing was changed."""

    task: Task
    first: bool
    #: By which channel somebody was reached, if anybody was.
    channel: str | None = None


def find(session: Session, number: int) -> Task:
    """Return a task. Raises NotFound."""
    task = session.get(Task, number, populate_existing=True)
    if task is None:
        raise NotFound(f"there is no task {number}: `rekindle tasks list --all` lists them")
    return task


def done(session: Session, number: int, how: Doing, *, by: str, now: datetime) -> Done:
    """Tick a task off and record the contact it was; again, it changes nothing.

    Raises BadInput for a note that says nothing, a day to come, or a way in which such a task is not done.
    """
    task = find(session, number)
    channel = _channel(session, task, how)
    closing = {"done_at": now, "done_by": by, "note": _line(how.note, "say in a line what came of it: --note")}
    hold_person(session, task.candidate_id)
    if not _change_open(session, number, **closing):
        return Done(find(session, number), first=False)
    if channel:
        told = {"on": str(how.on), "channel": channel, "direction": "out", "summary": closing["note"]}
        touch, _ = recording.touch(session, task.candidate_id, told, now)
        changed(session, update(Task).where(Task.id == number).values(touch_id=touch.id))
    return Done(find(session, number), first=True, channel=channel)


def snooze(session: Session, number: int, until: date, today: date) -> Task:
    """Put an open task off until a day to come."""
    if until <= today:
        raise BadInput(f"{until} is no day to come: say until when it is put off")
    return _opened(session, number, snoozed_until=until)


def drop(session: Session, number: int, because: str, *, by: str, now: datetime) -> Task:
    """Let an open task go for good."""
    why = _line(because, "say in a line why nobody has to do it: --because")
    return _opened(session, number, done_at=now, done_by=by, dropped=True, note=why)


def assign(session: Session, number: int, to: str, team: Collection[str]) -> Task:
    """Give an open task to a colleague who is here."""
    if to not in team:
        raise BadInput(f"{to} is not one of the people in policy.toml, or has left")
    return _opened(session, number, assignee=to)


def ending(task: Task) -> str:
    """Say how a task ended."""
    how = "was let go" if task.dropped else "was done"
    return f"{how} on {task.done_at:%Y-%m-%d} by {task.done_by}: {task.note}"


def _opened(session: Session, number: int, **values: object) -> Task:
    task = find(session, number)
    if not _change_open(session, number, **values):
        raise BadInput(f"task {number} is over, nothing was changed: it {ending(find(session, task.id))}")
    return find(session, number)


def _change_open(session: Session, number: int, **values: object) -> int:
    return changed(session, update(Task).where(Task.id == number, Task.done_at.is_(None)).values(**values))


def _channel(session: Session, task: Task, how: Doing) -> str | None:
    """Return by which channel they were reached; None where nobody was."""
    if not how.contact:
        if task.kind in ON_LINKEDIN:
            return None
        raise BadInput(f"task {task.id} is only done with a contact: snooze it, or drop it and say why")
    ways = _CHANNELS.get(task.kind, _ANY)
    if how.channel is None and task.kind is TaskKind.PROMISE:
        raise BadInput(f"say how the promise was kept: --channel {', '.join(ways)}")
    channel = how.channel or ways[0]
    if channel not in ways:
        raise BadInput(f"a {task.kind.value} task is not done by {channel}: --channel {', '.join(ways)}")
    if task.kind is TaskKind.CALL:
        _tells_them(session, task, how.on)
    return channel


def _tells_them(session: Session, task: Task, on: date) -> None:
    """What was said before it was decided has told them nothing: the letter would still wait for its call."""
    row = session.get(Application, ids_in(task.key).get("a", 0))
    if row and row.decided_on and on < row.decided_on:
        raise BadInput(f"it was decided on {row.decided_on}: a call on {on} has not told them")


def _line(text: str, otherwise: str) -> str:
    said = text.strip()
    if not said or not said.isprintable() or len(said) > LONGEST_NOTE:
        raise BadInput(f"{otherwise}, of at most {LONGEST_NOTE} characters")
    return said
