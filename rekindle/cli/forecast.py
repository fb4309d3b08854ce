"""`rekindle forecast`: what everybody would receive in the days to come, when and why, or why not. Sends nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rekindle.cli.help import OPERATIONS
from rekindle.cli.invocation import AsJson, opened

if TYPE_CHECKING:
    from datetime import datetime

    from rekindle.journey.forecast.outlook import Outlook
    from rekindle.wiring import Rekindle

_MOST_DAYS = 366


def register(app: typer.Typer) -> None:
    app.command("forecast", rich_help_panel=OPERATIONS)(forecast)


def forecast(
    ctx: typer.Context,
    days: Annotated[int, typer.Option("--days", min=1, max=_MOST_DAYS, help="How far to look ahead.")] = 90,
    candidate: Annotated[
        str | None, typer.Option("--candidate", metavar="CANDIDATE", help="Show only this one: c-17, or the address.")
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="SECTION.KEY=VALUE", help="What would another setting change? May be repeated."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", dir_okay=False, help="Write a page with a calendar.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Show at most so many people.")] = 20,
    json: AsJson = False,
) -> None:
    """Say who would receive what and when, and why the others not.

    It asks the same questions as planning, drafting and sending do, takes every approval as given at once, and writes
    nothing. --now looks ahead from another day.
    """
    from rekindle import clock
    from rekindle.cli import forecast_page as page
    from rekindle.errors import BadInput
    from rekindle.wiring.ahead import with_settings

    rekindle = opened(ctx)
    only = _id_of(rekindle, candidate) if candidate else None
    now = clock.now()
    outlook = _foretold(rekindle, now, days)
    if changes:
        from rekindle.journey.forecast.comparing import difference

        with with_settings(rekindle, changes) as other:
            found = difference(outlook, _foretold(other, now, days))
        page.print_difference(found, changes, only, limit, json=json)
    elif json:
        page.print_json(outlook, only)
    else:
        page.print_outlook(outlook, only, limit)
    if html:
        from rekindle.cli.forecast_html import calendar_page

        try:
            html.write_text(calendar_page(outlook), encoding="utf-8")
        except OSError as error:
            raise BadInput(f"{html} cannot be written: {error.strerror}") from None
        typer.echo(f"The calendar is in {html}.", err=True)


def _foretold(rekindle: "Rekindle", now: "datetime", days: int) -> "Outlook":
    from rich.console import Console

    from rekindle.wiring.ahead import look_ahead

    # On standard error, and on a terminal only: what is printed stays for programs.
    with Console(stderr=True).status(f"Looking {days} days ahead ..."), rekindle.store.reading() as session:
        return look_ahead(rekindle, session, now, days)


def _id_of(rekindle: "Rekindle", reference: str) -> int:
    from rekindle.store.candidates import candidate

    with rekindle.store.reading() as session:
        return candidate(session, reference).id
