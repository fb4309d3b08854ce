"""`rekindle candidates wishes`: what one candidate wants to hear of, how often, and from when on."""

from datetime import datetime
from typing import Annotated

import typer

from rekindle.cli.invocation import Reference, opened


def register(commands: typer.Typer) -> None:
    commands.command("wishes")(wishes)


def wishes(
    ctx: typer.Context,
    candidate: Reference,
    updates: Annotated[bool | None, typer.Option("--updates/--no-updates", help="Company updates.")] = None,
    events: Annotated[bool | None, typer.Option("--events/--no-events", help="Invitations to events.")] = None,
    openings: Annotated[bool | None, typer.Option("--openings/--no-openings", help="Letters about roles.")] = None,
    at_most: Annotated[int | None, typer.Option("--at-most", metavar="N", help="Mails a year.")] = None,
    quiet_until: Annotated[
        datetime | None,
        typer.Option("--quiet-until", formats=["%Y-%m-%d"], metavar="DATE", help="Nothing at all before this day."),
    ] = None,
    default: Annotated[bool, typer.Option("--default", help="No wishes: what the policy says.")] = False,
) -> None:
    """Set or show what somebody wants to hear of, and how often."""
    from rekindle import clock
    from rekindle.errors import BadInput
    from rekindle.journey.warming.wishes import Wishes, forget_wishes, told, wish
    from rekindle.store.candidates import candidate as find

    given = (updates, events, openings, at_most, quiet_until) != (None,) * 5
    if given and default:
        raise BadInput("give wishes, or --default, not both")
    said = Wishes(
        updates=updates,
        events=events,
        openings=openings,
        most_per_year=at_most,
        quiet_until=quiet_until.date() if quiet_until else None,
    )
    with opened(ctx).store.writing() as session:
        person = find(session, candidate)
        if default:
            person = forget_wishes(session, person.id)
        elif given:
            person = wish(session, person.id, said, clock.now())
        sentence = told(person)
    typer.echo(f"c-{person.id} {sentence}.")
