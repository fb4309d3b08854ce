"""Finds what people are to do: clears the lists, then adds what there is. Done again, it goes on where the rows end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from rekindle.journey.tasks.calls import calls_due
from rekindle.journey.tasks.clearing import close, over, pass_on
from rekindle.journey.tasks.linkedin import on_linkedin
from rekindle.journey.tasks.promises import promises_to_keep
from rekindle.journey.tasks.raising import not_on_lists, put_on_lists, task_with
from rekindle.journey.tasks.replies import replies_owed
from rekindle.journey.tasks.screening import unbarred
from rekindle.journey.tasks.wanted import Rules, Wanted
from rekindle.store.engine import Store
from rekindle.store.tasks import Task, TaskKind


@dataclass(slots=True)
class Found:
    """What became of the lists: new tasks by kind, those done by another road, let go, and passed on."""

    added: Counter[TaskKind] = field(default_factory=Counter)
    done: int = 0
    dropped: int = 0
    passed_on: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """What is shown of it: every kind, so that nothing found is seen as well."""
        kinds = {f"new: {kind.value}": self.added[kind] for kind in TaskKind}
        return {**kinds, "done by another road": self.done, "let go": self.dropped, "passed on": self.passed_on}


def find(store: Store, rules: Rules, now: datetime) -> Found:
    """Bring every list up to date.

    What takes long is looked up without holding anything: SQLite has one writer, and a hundred thousand people take a
    moment. Whatever changes meanwhile is seen by the next pass.
    """
    found = Found()
    with store.reading() as session:
        promises = list(promises_to_keep(session, rules, now.date()))
        closing = over(session, rules, frozenset(each.key for each in promises), now)
    with store.writing() as session:
        closed = [why for task_id, why in closing.items() if close(session, task_id, why, now)]
        found.passed_on = pass_on(session, rules.standards)
    found.done = sum(why.was_done for why in closed)
    found.dropped = len(closed) - found.done
    with store.reading() as session:
        wanted = list(_new(session, promises, rules, now))
    with store.writing() as session:
        found.added += put_on_lists(session, wanted, rules.standards, now)
    return found


def _new(session: Session, promises: Sequence[Wanted], rules: Rules, now: datetime) -> Iterator[Wanted]:
    today = now.date()
    owed = [*promises, *calls_due(session, rules, today), *replies_owed(session, rules, today)]
    yield from unbarred(session, not_on_lists(session, owed), rules, now)
    yield from on_linkedin(session, rules, now)


def ask_for_call(session: Session, candidate_id: int, rules: Rules, now: datetime) -> Task | None:
    """Put the call on a list that has to come before this candidate's letter; None when none has to.

    One that somebody let go is returned as it is: the letter still waits for a call on record.
    """
    wanted = list(calls_due(session, rules, now.date(), candidate_id))
    if not wanted:
        return None
    put_on_lists(session, unbarred(session, wanted, rules, now), rules.standards, now)
    return task_with(session, wanted[0].key)
