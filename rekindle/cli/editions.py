"""`rekindle editions`: the runs of the bulk programmes, and what became of each letter."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rekindle import clock
from rekindle.cli.edition_people import After, People, show_people
from rekindle.cli.help import OPERATIONS, group
from rekindle.cli.invocation import MOST, AsJson, Limit, Person, opened
from rekindle.cli.printing import as_json, facts, shortened, table
from rekindle.errors import BadInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from rekindle.store.editions import Edition

Number = Annotated[int, typer.Argument(metavar="EDITION", help="Its number.", min=1, max=MOST, show_default=False)]

_commands = group("See the runs of bulk programmes and who was left out; an edition is one such run.")


def register(app: typer.Typer) -> None:
    app.add_typer(_commands, name="editions", rich_help_panel=OPERATIONS)


@_commands.command("list")
def list_(ctx: typer.Context, limit: Limit = 50, json: AsJson = False) -> None:
    """List editions, newest first."""
    from rekindle.journey import listing

    with opened(ctx).store.reading() as session:
        page = listing.editions(session, limit)
        lines = [_as_line(session, edition) for edition in page.lines]
    if json:
        as_json(lines)
        return
    shown = ("id", "programme", "period", "state")
    rows = [(*(each[name] for name in shown), _counts(each["letters"])) for each in lines]
    empty = "There is no edition yet; `rekindle run plan` makes those that are due."
    table(("no!", "programme", "period!", "state!", "letters"), rows, empty=empty)
    shortened(page.total, len(lines))
    print_paused([(each["id"], each["note"]) for each in lines if each["state"] == "paused"])


@_commands.command()
def show(
    ctx: typer.Context,
    number: Number,
    people: People = False,
    limit: Limit = 50,
    after: After = 0,
    json: AsJson = False,
) -> None:
    """Show one edition: what became of its letters, who was left out; --people tells it of everybody."""
    from rekindle.journey import listing
    from rekindle.journey.approvals import approval
    from rekindle.journey.bulk import editions

    with opened(ctx).store.reading() as session:
        if people:
            show_people(session, number, limit=limit, after=after, json=json)
            return
        edition = editions.find(session, number)
        asked = approval.of_edition(session, number)
        found = {**_as_line(session, edition), "approval": asked.id if asked else None}
        found["left_out"] = listing.left_out(session, number)
    if json:
        as_json(found)
        return
    facts({name.replace("_", " "): value for name, value in found.items() if name not in {"letters", "left_out"}})
    table(("letters", "how many!"), found["letters"].items(), empty="There is no letter in it.")
    table(("left out because", "how many!"), found["left_out"], empty="Nobody was left out.")


@_commands.command()
def intro(
    ctx: typer.Context,
    number: Number,
    file: Annotated[typer.FileText, typer.Argument(metavar="FILE", help="Plain text; - reads from the keyboard.")],
    person: Person,
) -> None:
    """Open its letters with your own words; it is then asked about anew."""
    from rekindle.journey.bulk import editions

    rekindle = opened(ctx)
    by = rekindle.decider(person).address
    try:
        words = file.read(editions.LONGEST_INTRO + 1)
    except UnicodeDecodeError:
        raise BadInput("the introduction is not plain text in UTF-8") from None
    with rekindle.store.writing() as session:
        asked = editions.rewrite_intro(session, number, words, rekindle.frozen, by=by, now=clock.now())
        run_id = editions.find(session, number).run_id
    # The parked run has to offer the new question.
    rekindle.resume(run_id)
    typer.echo(
        f"edition {number} begins with your words; approval {asked.id} waits: rekindle approvals show {asked.id}"
    )


@_commands.command()
def cancel(
    ctx: typer.Context,
    number: Number,
    person: Person,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.", show_default=False)],
) -> None:
    """Take it back, even while it is being sent; what has not left never will."""
    from rekindle.journey.bulk import editions

    rekindle = opened(ctx)
    by = rekindle.decider(person).address
    with rekindle.store.writing() as session:
        held = editions.cancel(session, number, reason=f"taken back by {by}: {reason}"[:500], now=clock.now())
        run_id = editions.find(session, number).run_id
    rekindle.resume(run_id)
    typer.echo(f"edition {number} is taken back; {held} letters will not go")


@_commands.command()
def pause(
    ctx: typer.Context,
    number: Number,
    person: Person,
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why.", show_default=False)],
) -> None:
    """Stop it in the middle; what has gone stays gone, nothing more of it goes until it is resumed."""
    from rekindle.journey.bulk import editions, pausing

    rekindle = opened(ctx)
    by = rekindle.decider(person).address
    with rekindle.store.writing() as session:
        pausing.pause(session, number, because=because, by=by, now=clock.now())
        letters = editions.tally(session, number)
    typer.echo(f"edition {number} is paused: {_counts(letters)}")


@_commands.command()
def resume(ctx: typer.Context, number: Number, person: Person) -> None:
    """Let a paused one go on, what is left of it spread anew from now; it is asked about if something has changed."""
    from rekindle.journey.bulk import editions, pausing

    rekindle, now = opened(ctx), clock.now()
    by = rekindle.decider(person).address
    with rekindle.store.writing() as session:
        asked = pausing.resume(session, number, rekindle.frozen, by=by, now=now)
        letters = editions.tally(session, number)
    if asked is not None:
        typer.echo(f"something has changed since it was approved: approval {asked.id} waits: {asked.question}")
        return
    rekindle.begin_delivery(number, now)
    typer.echo(f"edition {number} goes on: {_counts(letters)}")


def _as_line(session: "Session", edition: "Edition") -> dict[str, Any]:
    from rekindle.journey.bulk import editions

    return {
        "id": edition.id,
        "programme": edition.programme,
        "period": edition.period,
        "state": edition.state,
        "note": edition.note,
        "planned_at": edition.planned_at,
        "items": edition.items,
        "letters": editions.tally(session, edition.id),
        "left_out": edition.left_out,
        "intro": edition.intro,
        "run_id": edition.run_id,
    }


def print_paused(paused: Iterable[tuple[int, str | None]]) -> None:
    """Say of each edition that is stopped in the middle why, and what a person can do."""
    for number, note in paused:
        typer.secho(f"\nedition {number} is paused ({note})", fg=typer.colors.YELLOW)
        typer.echo(f"rekindle editions resume {number} lets it go on, rekindle editions cancel {number} takes it back.")


def _counts(tally: dict[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in tally.items()) or "none"
