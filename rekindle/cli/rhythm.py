"""`rekindle candidates rhythm`: how many days may pass between two personal contacts with one candidate."""

from typing import Annotated

import typer

from rekindle.cli.invocation import Reference, opened


def register(commands: typer.Typer) -> None:
    commands.command("rhythm")(rhythm)


def rhythm(
    ctx: typer.Context,
    candidate: Reference,
    days: Annotated[int | None, typer.Option(metavar="DAYS", help="After how many a check-in is due.")] = None,
    most: Annotated[int | None, typer.Option(metavar="DAYS", help="How many may pass at most.")] = None,
    default: Annotated[bool, typer.Option("--default", help="As for everybody: what the policy says.")] = False,
) -> None:
    """Set or show the days between personal contacts; a check-in is due when they are over."""
    from rekindle.errors import BadInput
    from rekindle.journey.warming.rhythm import keep_rhythm
    from rekindle.store.candidates import candidate as find

    given = (days, most) != (None, None)
    if given and default:
        raise BadInput("give --days and --most, or --default, not both")
    rekindle = opened(ctx)
    team = rekindle.standards.check_ins
    with rekindle.store.writing() as session:
        person = find(session, candidate)
        own = team.with_own(person.check_in_days, person.check_in_most_days)
        if given or default:
            own = keep_rhythm(session, person.id, days, most, team)
    typer.echo(
        f"c-{person.id}: a check-in is due {own.days} days after the last personal contact, at most {own.most_days}"
    )
