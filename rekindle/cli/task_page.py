"""The page of one task: who it is about, why, and the command that ticks it off."""

from dataclasses import asdict
from datetime import date
from typing import Any, Final

import typer
from sqlalchemy.orm import Session

from rekindle.cli.printing import cell, facts
from rekindle.journey.tasks.listing import line_of
from rekindle.store.candidates import Candidate
from rekindle.store.tasks import Task

#: What the person may have to know before.
_READ_FIRST: Final = {
    "call": "rekindle rejections list",
    "promise": "rekindle candidates show {candidate}",
    "reply": "rekindle candidates show {candidate}",
}
_OVER: Final = {"done", "dropped"}


def page(session: Session, task: Task, today: date) -> dict[str, Any]:
    """Gather what is shown, in a form that is JSON as well."""
    return asdict(line_of(task, session.get_one(Candidate, task.candidate_id), today))


def print_page(found: dict[str, Any]) -> None:
    facts({name.replace("_", " "): value for name, value in found.items()})
    if found["state"] in _OVER:
        return
    typer.echo()
    if first := _READ_FIRST.get(found["kind"]):
        typer.echo(f"read first: {cell(first.format(candidate=found['candidate']))}")
    how = " --channel call" if found["kind"] == "promise" else ""
    typer.echo(f'when done:  rekindle tasks done {found["id"]}{how} --note "what came of it"')
