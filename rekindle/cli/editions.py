"""`rekindle editions`: the runs of the bulk programmes, and what became of each letter."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from rekindle import clock
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
    rows = [(each["id"], each["programme"], each["period"], each["state"], each["letters"]) for each in lines]
    empty = "There is no edition yet; `rekindle run plan` makes those that are due."
    table(
        ("no!", "programme", "period!", "state!", "letters"), [(*row[:4], _counts(row[4])) for row in rows], empty=empty
    )
    shortened(page.total, len(lines))


@_commands.command()
def show(
    ctx: typer.Context,
    number: Number,
    json: AsJson = False,
) -> None:
    """Show one edition: what became of its letters, who was left out."""
    from rekindle.journey import listing
    from rekindle.journey.approvals import approval
    from rekindle.journey.bulk import editions

    with opened(ctx).store.reading() as session:
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


def _as_line(session: "Session", edition: "Edition") -> dict[str, Any]:
    from rekindle.journey.bulk import editions

    return {
        "id": edition.id,
        "programme": edition.programme,
        "period": edition.period,
        "state": edition.state,
        "planned_at": edition.planned_at,
        "items": edition.items,
        "letters": editions.tally(session, edition.id),
        "left_out": edition.left_out,
        "intro": edition.intro,
        "run_id": edition.run_id,
    }


def _counts(tally: dict[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in tally.items()) or "none"
