"""Says what became of a decision, and tells Prefect: only after it is stored, and without it nothing is lost."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rekindle.journey.approvals.approval import Decided
    from rekindle.store.approvals import Approval
    from rekindle.wiring import Rekindle


def told(rekindle: "Rekindle", decided: "Decided") -> None:
    """Say who won; Prefect is told only now that the decision is stored."""
    from rekindle.errors import LostRace

    done = wake(rekindle, decided.approval)
    if not decided.won:
        # Voided and asked anew: the parked run has to show the new question.
        raise LostRace(f"{decided.sentence}; `rekindle approvals list` shows what waits now")
    typer.echo(decided.sentence)
    if done:
        typer.echo(done)


def wake(rekindle: "Rekindle", row: "Approval") -> str:
    """Tell Prefect that something was decided: the run that shows it goes on, what was approved is delivered."""
    if not (row.edition_id or row.message_id):
        return ""
    if rekindle.tell_prefect(row):
        return "Prefect has been told and goes on at once"
    minutes = rekindle.settings.schedule.sweep_minutes
    return f"Prefect could not be told; the sweep flow goes on with it within {minutes} minutes of running"
