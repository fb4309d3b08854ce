"""`rekindle doctor`: looks at everything Rekindle stands on, and says what to do about what is wrong. Mends nothing."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from rekindle.cli.help import FIRST_STEPS
from rekindle.cli.invocation import AsJson, opened
from rekindle.cli.printing import as_json, cell
from rekindle.errors import RekindleError

if TYPE_CHECKING:
    from rekindle.cli.checks import Check


_COLOURS = {"ok": typer.colors.GREEN, "warn": typer.colors.YELLOW, "fail": typer.colors.RED}


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel=FIRST_STEPS)(doctor)


def doctor(ctx: typer.Context, json: AsJson = False) -> None:
    """Check settings, database, mail route, Prefect and versions; exits 1 when something fails."""
    checks = _examine(ctx)
    if json:
        as_json([asdict(check) for check in checks])
    else:
        _print(checks)
    if any(check.verdict == "fail" for check in checks):
        raise typer.Exit(1)


def _print(checks: list["Check"]) -> None:
    """Print what was found a line each, and below it what to do: that reads better at 80 columns than a table."""
    width = max(len(check.what) for check in checks)
    for check in checks:
        verdict = typer.style(check.verdict.ljust(4), fg=_COLOURS[check.verdict], bold=True)
        typer.echo(f"{verdict}  {check.what.ljust(width)}  {cell(check.found)}")
        if check.todo:
            typer.echo(f"{'':{width + 8}}-> {check.todo}")


def _examine(ctx: typer.Context) -> list["Check"]:
    from rekindle.cli import checks

    always = [checks.versions(), checks.own_packages()]
    try:
        rekindle = opened(ctx)
    except RekindleError as error:
        return [
            checks.fail("settings", str(error), "mend the setting; docs/settings.md tells what each means"),
            *always,
        ]
    return [*checks.of_settings(rekindle), *always, *checks.of_database(rekindle), *checks.of_surroundings(rekindle)]
