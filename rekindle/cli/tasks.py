"""`rekindle tasks`: what only a person can do for a candidate, whose turn it is, and what came of it."""

from typing import Annotated

import typer

from rekindle import clock
from rekindle.cli.help import RECRUITERS, group
from rekindle.cli.invocation import MOST, AsJson, Limit, Person, day_of, opened
from rekindle.cli.printing import as_json, shortened, table

_commands = group("See what is to be done by hand, and tick it off; calls, promises, LinkedIn.")

Number = Annotated[int, typer.Argument(metavar="TASK", help="Its number.", min=1, max=MOST, show_default=False)]


def register(app: typer.Typer) -> None:
    app.add_typer(_commands, name="tasks", rich_help_panel=RECRUITERS)


@_commands.command("list")
def list_(
    ctx: typer.Context,
    person: Annotated[
        str | None,
        typer.Option("--as", envvar="REKINDLE_PERSON", metavar="ADDRESS", help="Yours, and of those you stand in for."),
    ] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="Of the whole team, whoever you are.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Also those put off, done and let go.")] = False,
    limit: Limit = 50,
    json: AsJson = False,
) -> None:
    """List what is to be done, the longest due first."""
    from dataclasses import asdict

    from rekindle.journey.tasks import listing

    rekindle, now = opened(ctx), clock.now()
    decider = rekindle.decider(person) if person and not everybody else None
    whose = {decider.address, *decider.stands_in_for} if decider else None
    with rekindle.store.reading() as session:
        page = listing.tasks(session, rekindle.today(now), whose=whose, everything=everything, limit=limit)
    if json:
        as_json([asdict(line) for line in page.lines])
        return
    rows = [(line.id, line.candidate, line.kind, listing.when(line), line.reason) for line in page.lines]
    empty = "There is no task." if everything else "Nothing is to be done; `rekindle run housekeeping` looks again."
    table(("no!", "who!", "what!", "when!", "why"), rows, empty=empty)
    shortened(page.total, len(page.lines))


@_commands.command()
def show(ctx: typer.Context, number: Number, json: AsJson = False) -> None:
    """Show one task; who it is about, why, with its link, and how to tick it off."""
    from rekindle.cli.task_page import page, print_page
    from rekindle.journey.tasks import doing

    rekindle = opened(ctx)
    with rekindle.store.reading() as session:
        found = page(session, doing.find(session, number), rekindle.today(clock.now()))
    if json:
        as_json(found)
    else:
        print_page(found)


@_commands.command()
def done(
    ctx: typer.Context,
    number: Number,
    person: Person,
    note: Annotated[str, typer.Option(help="What came of it, in a line.", show_default=False)],
    on: Annotated[str | None, typer.Option(metavar="DAY", help="When, as YYYY-MM-DD; today unless said.")] = None,
    channel: Annotated[
        str | None, typer.Option(help="call, email, linkedin, meeting or reply; the task's own unless said.")
    ] = None,
    no_contact: Annotated[
        bool, typer.Option("--no-contact", help="On LinkedIn: looked, and there was nothing to say.")
    ] = False,
) -> None:
    """Tick a task off; the contact it was goes on record."""
    from rekindle.errors import BadInput
    from rekindle.journey.tasks import doing

    if no_contact and channel:
        raise BadInput("--channel says how somebody was reached, --no-contact that nobody was: give one of them")
    rekindle, now = opened(ctx), clock.now()
    by, day = rekindle.decider(person).address, day_of(on) if on else rekindle.today(now)
    how = doing.Doing(note, day, channel, contact=not no_contact)
    with rekindle.store.writing() as session:
        did = doing.done(session, number, how, by=by, now=now)
    if did.first:
        record = f": {did.channel} on {day} (t-{did.task.touch_id})" if did.channel else ""
        typer.echo(f"task {number} for c-{did.task.candidate_id} is done{record}")
    else:
        typer.echo(f"task {number} is over already, nothing was changed: it {doing.ending(did.task)}")


@_commands.command()
def snooze(
    ctx: typer.Context,
    number: Number,
    person: Person,
    until: Annotated[str, typer.Option(metavar="DAY", help="Until when, as YYYY-MM-DD.", show_default=False)],
) -> None:
    """Put a task off until a later day."""
    from rekindle.journey.tasks import doing

    rekindle = opened(ctx)
    rekindle.decider(person)
    with rekindle.store.writing() as session:
        task = doing.snooze(session, number, day_of(until), rekindle.today(clock.now()))
    typer.echo(f"task {number} comes back on {task.snoozed_until}")


@_commands.command()
def drop(
    ctx: typer.Context,
    number: Number,
    person: Person,
    because: Annotated[str, typer.Option(metavar="TEXT", help="Why nobody has to do it.", show_default=False)],
) -> None:
    """Let a task go; it is not asked for again."""
    from rekindle.journey.tasks import doing

    rekindle = opened(ctx)
    by = rekindle.decider(person).address
    with rekindle.store.writing() as session:
        doing.drop(session, number, because, by=by, now=clock.now())
    typer.echo(f"task {number} is let go")


@_commands.command()
def assign(
    ctx: typer.Context,
    number: Number,
    person: Person,
    to: Annotated[str, typer.Option(metavar="ADDRESS", help="Who does it from now on.", show_default=False)],
) -> None:
    """Give a task to a colleague."""
    from rekindle.journey.tasks import doing

    rekindle = opened(ctx)
    rekindle.decider(person)
    with rekindle.store.writing() as session:
        task = doing.assign(session, number, to.casefold(), rekindle.present_people)
    typer.echo(f"task {number} is {task.assignee}'s now")
