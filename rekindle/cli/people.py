"""`rekindle people`: who of the team is here, and who takes over from whom."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from rekindle import clock
from rekindle.cli.help import OPERATIONS, group
from rekindle.cli.invocation import AsJson, Person, day_of, opened
from rekindle.cli.printing import as_json, table
from rekindle.errors import BadInput

if TYPE_CHECKING:
    from datetime import date

    from rekindle.journey.people.listing import PersonLine
    from rekindle.wiring import Rekindle

_commands = group("See the team; let somebody take over from a colleague who leaves.")


def register(app: typer.Typer) -> None:
    app.add_typer(_commands, name="people", rich_help_panel=OPERATIONS)


@_commands.command("list")
def list_(ctx: typer.Context, json: AsJson = False) -> None:
    """List the team: who is here, who took over from whom, and what waits."""
    from rekindle.journey.people import listing

    rekindle = opened(ctx)
    roles = {address: tuple(who.roles) for address, who in rekindle.settings.people.items()}
    with rekindle.store.reading() as session:
        lines = listing.people(session, rekindle.team(rekindle.gone(session)), roles)
    if json:
        as_json([asdict(each) for each in lines])
        return
    rows = [
        (each.address, each.name, _standing(each), each.successor or "", each.candidates, each.approvals + each.tasks)
        for each in lines
    ]
    columns = ("address!", "name", "here!", "taken over by!", "knows!", "waits!")
    table(columns, rows, empty="Nobody is named under [people] in the settings.")


@_commands.command()
def leave(
    ctx: typer.Context,
    colleague: Annotated[str, typer.Argument(metavar="ADDRESS", help="Who leaves.", show_default=False)],
    person: Person,
    to: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Who takes over.")] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DAY", help="From when on, as YYYY-MM-DD; today unless said.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take it back: they stay, or are here again.")] = False,
) -> None:
    """Let somebody take over from a colleague; each candidate is told, once."""
    from rekindle.journey.people import leaving

    rekindle = opened(ctx)
    gone, by = colleague.casefold(), rekindle.decider(person).address
    if undo == (to is not None) or (undo and on):
        raise BadInput("say --to and who takes over, or --undo alone")
    if undo or to is None:
        with rekindle.store.writing() as session:
            leaving.stay(session, gone)
        typer.echo(f"{gone} is here; what was handed over stays where it is")
        return
    now = clock.now()
    day = day_of(on) if on else rekindle.today(now)
    with rekindle.store.writing() as session:
        team = rekindle.team(rekindle.gone(session))
        new = leaving.leave(session, gone, to.casefold(), on=day, team=team, by=by, now=now)
    typer.echo(f"{to.casefold()} takes over from {gone} from {day} on" if new else "that is on record already")
    _hand_over(rekindle, day)


def _hand_over(rekindle: "Rekindle", day: "date") -> None:
    from rekindle.journey.people.handing_over import hand_over

    now = clock.now()
    if day > rekindle.today(now):
        typer.echo("what waits is handed over on that day, by the housekeeping of the morning")
        return
    done = hand_over(rekindle.store, rekindle.drafting, now)
    typer.echo(f"handed over: {done.approvals} approvals, {done.tasks} tasks, {len(done.letters)} letters drafted anew")
    for message_id, why in sorted(done.on_the_desk.items()):
        typer.echo(f"letter {message_id} waits on the desk: {why}")


def _standing(line: "PersonLine") -> str:
    if line.here:
        return f"until {line.left_on}" if line.left_on else "yes"
    return f"left {line.left_on}" if line.left_on else "left"
