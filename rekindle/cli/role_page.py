"""What `rekindle roles` prints about one role: what became of its file, its page, the promises that fall due."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import typer
from sqlalchemy.orm import Session

from rekindle.cli.printing import cell, facts, shortened, table
from rekindle.journey.openings.opening import Opened
from rekindle.journey.openings.promising import PromiseDue
from rekindle.journey.openings.tallying import line_of, minutes_of
from rekindle.store.roles import Role

_SHOWN = 20


def print_opened(done: Opened, due: Sequence[PromiseDue]) -> None:
    role = done.role
    if done.is_new or "reopened" in done.changes:
        typer.echo(f"{role.slug} is open: {role.title}")
    elif done.changes:
        typer.echo(f"{role.slug} is brought up to date: {', '.join(done.changes)}")
    else:
        typer.echo(f"{role.slug} is open already, and nothing in its file has changed")
    process = role.process
    shorter = f" (streamlined: {process['because']})" if process["because"] else ""
    typer.echo(f"its process takes {duration(minutes_of(process))} in {_steps(process)}{shorter}")
    print_promises(due, _SHOWN)
    typer.echo(f"next: rekindle roles shortlist {role.slug}")


def print_promises(due: Sequence[PromiseDue], limit: int) -> None:
    rows = [(f"c-{each.candidate_id}", each.promise, each.decided_on, each.recruiter, each.why) for each in due[:limit]]
    title = f"{len(due)} {'promise falls' if len(due) == 1 else 'promises fall'} due"
    empty = "No promise falls due."
    table(("who!", "was promised", "on!", "by", "because"), rows, empty=empty, title=title)
    shortened(len(due), limit)


def page(session: Session, role: Role) -> dict[str, Any]:
    """Gather what is shown, in a form that is JSON as well."""
    line = asdict(line_of(session, role))
    whole = ("location", "skills", "hiring_manager", "whats_in_it", "process", "run_id")
    return {**line, **{name: getattr(role, name) for name in whole}}


def print_page(found: Mapping[str, Any]) -> None:
    process = found["process"]
    plain = {name.replace("_", " "): value for name, value in found.items() if name not in {"process", "minutes"}}
    facts(
        {
            **plain,
            "letters": counts(found["letters"]),
            "process": f"{process['kind']}, {duration(found['minutes'])} in {_steps(process)}",
            "because": process["because"],
        }
    )
    rows = [(step["name"], duration(step["minutes"])) for step in process["steps"]]
    table(("step", "takes!"), rows, empty="")


def counts(tally: Mapping[str, int]) -> str:
    """Write `2 awaiting, 1 sent`."""
    return ", ".join(f"{count} {cell(state)}" for state, count in tally.items())


def duration(minutes: int) -> str:
    """Write `45 min`, `2 h` or `1 h 45 min`."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def _steps(process: Mapping[str, Any]) -> str:
    count = len(process["steps"])
    return f"{count} {'step' if count == 1 else 'steps'}"
