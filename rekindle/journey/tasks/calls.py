"""Whom to call before a letter tells them the second no. A conversation on record settles it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.letters.rejecting import Untold, application_to_tell, spoken_since, to_be_called
from rekindle.journey.tasks.wanted import Over, Rules, Wanted, ids_in, key
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.tasks import Task, TaskKind


def calls_due(session: Session, rules: Rules, today: date, *only: int) -> Iterator[Wanted]:
    """Give the calls that are owed, to everybody or to `only` these candidates."""
    for owed in to_be_called(session, *only):
        yield _wanted(session, owed, rules, today)


def calls_over(session: Session, tasks: Sequence[Task]) -> Iterator[tuple[Task, Over]]:
    """Give the calls that took place, and those for which nothing is left to tell."""
    for task in tasks:
        row = session.get(Application, ids_in(task.key).get("a", 0))
        if row is None:
            yield task, Over("the rejection is not on record any more")
        elif touch := spoken_since(session, row):
            yield task, Over(f"spoken to on {touch.on}", was_done=True, touch_id=touch.id)
        elif not _is_to_tell(session, row):
            yield task, Over("there is nothing left to tell the candidate about it")


def _wanted(session: Session, owed: Untold, rules: Rules, today: date) -> Wanted:
    return Wanted(
        candidate_id=owed.candidate_id,
        kind=TaskKind.CALL,
        key=key(TaskKind.CALL, f"a-{owed.application_id}"),
        reason=f"not chosen for {owed.role}, and it is not the first no: a call comes before the letter"[:500],
        due_on=today + timedelta(days=rules.call_within),
        recruiter=session.get_one(Candidate, owed.candidate_id).recruiter,
    )


def _is_to_tell(session: Session, row: Application) -> bool:
    try:
        return application_to_tell(session, row.candidate_id).id == row.id
    except BadInput:
        return False
