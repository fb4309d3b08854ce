"""Asks for a page of candidates what speaks against their tasks. Reads only."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.tasks.barring import objection
from rekindle.journey.tasks.wanted import Over, Rules, Wanted, pages
from rekindle.store.candidates import Candidate
from rekindle.store.facts import facts_about
from rekindle.store.tasks import Task, TaskKind
from states.candidate import CandidateState
from states.facts import Facts

Known = dict[int, tuple[CandidateState | None, Facts]]


def unbarred(session: Session, found: Sequence[Wanted], rules: Rules, now: datetime) -> Iterator[Wanted]:
    """Give what may be done now, in the order given."""
    for page in pages(found):
        known = _known(session, (wanted.candidate_id for wanted in page), rules, now)
        yield from (wanted for wanted in page if not _objection(known, wanted.candidate_id, wanted.kind))


def barred(session: Session, tasks: Sequence[Task], rules: Rules, now: datetime) -> Iterator[tuple[Task, Over]]:
    """Give the tasks against which something speaks by now, and what."""
    for page in pages(tasks):
        known = _known(session, (task.candidate_id for task in page), rules, now)
        for task in page:
            if why := _objection(known, task.candidate_id, task.kind):
                yield task, Over(why)


def _known(session: Session, ids: Iterable[int], rules: Rules, now: datetime) -> Known:
    query = select(Candidate).where(Candidate.id.in_(set(ids))).order_by(Candidate.id)
    people = session.scalars(query.execution_options(populate_existing=True)).all()
    facts = facts_about(session, people, now, rules.standards.policy.limits)
    return {person.id: (person.state, facts[person.id]) for person in people}


def _objection(known: Known, candidate_id: int, kind: TaskKind) -> str:
    # Erased in this moment: the task is gone with them.
    return objection(kind, *known[candidate_id]) if candidate_id in known else "the candidate is not stored any more"
