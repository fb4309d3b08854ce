"""`rekindle messages`: the ledger of every letter, and those of which nobody knows whether they arrived."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from rekindle import clock
from rekindle.cli.help import OPERATIONS, group
from rekindle.cli.invocation import MOST, AsJson, Limit, Person, opened
from rekindle.cli.printing import as_json, shortened, table
from states.message import MessageState

if TYPE_CHECKING:
    from rekindle.journey.listing import Letter, Page

_commands = group("See what became of every letter; settle those of which nobody knows it.")


def register(app: typer.Typer) -> None:
    app.add_typer(_commands, name="messages", rich_help_panel=OPERATIONS)


@_commands.command("list")
def list_(
    ctx: typer.Context,
    state: Annotated[
        MessageState | None, typer.Option(metavar="STATE", help="Only those in this state: sent, deferred, ...")
    ] = None,
    limit: Limit = 50,
    json: AsJson = False,
) -> None:
    """List letters in the order they were written."""
    _print(_letters(ctx, state, limit), json=json, empty="There is no such message.")


@_commands.command()
def unconfirmed(ctx: typer.Context, limit: Limit = 50, json: AsJson = False) -> None:
    """List letters that may have arrived or not; a person finds out, none is sent again by itself."""
    page = _letters(ctx, MessageState.UNCONFIRMED, limit)
    if json:
        as_json([asdict(letter) for letter in page.lines])
        return
    rows = [(line.id, line.candidate, line.sending_at, line.key, line.reason) for line in page.lines]
    columns = ("no!", "to!", "handed over (UTC)!", "Message-ID before @", "why")
    table(columns, rows, empty="Every message has an outcome.")
    shortened(page.total, len(page.lines))
    if page.lines:
        typer.echo("Look into the mail server's log, then `rekindle messages settle NUMBER --arrived` or `--lost`.")


@_commands.command()
def settle(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="MESSAGE", help="Its number.", min=1, max=MOST, show_default=False)],
    person: Person,
    arrived: Annotated[bool, typer.Option("--arrived/--lost", help="What you found out.", show_default=False)],
) -> None:
    """Say what became of an unconfirmed letter."""
    from rekindle.journey.outbox.settling import settle as settled

    rekindle = opened(ctx)
    by = rekindle.decider(person).address
    with rekindle.store.writing() as session:
        state = settled(session, number, arrived=arrived, by=by, now=clock.now(), standards=rekindle.standards)
    typer.echo(f"message {number} is {state} now")


def _letters(ctx: typer.Context, state: MessageState | None, limit: int) -> "Page[Letter]":
    from rekindle.journey import listing

    with opened(ctx).store.reading() as session:
        return listing.letters(session, state=state, limit=limit)


def _print(page: "Page[Letter]", *, json: bool, empty: str) -> None:
    if json:
        as_json([asdict(letter) for letter in page.lines])
        return
    rows = [(line.id, line.candidate, line.programme, line.state, line.sent_at, line.reason) for line in page.lines]
    table(("no!", "to!", "programme", "state!", "sent (UTC)!", "why"), rows, empty=empty)
    shortened(page.total, len(page.lines))
