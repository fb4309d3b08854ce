"""`rekindle content`: what is worth telling, from which every update is made."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from rekindle import clock
from rekindle.cli import content_pull, content_sources
from rekindle.cli.help import RECRUITERS, group
from rekindle.cli.invocation import MOST, AsJson, Limit, opened
from rekindle.cli.printing import as_json, shortened, table
from rekindle.errors import BadInput

Number = Annotated[int, typer.Argument(metavar="ITEM", help="Its number.", min=1, max=MOST, show_default=False)]

_commands = group("The news that updates are made of; typed in, or pulled from feeds and folders.")


def register(app: typer.Typer) -> None:
    app.add_typer(_commands, name="content", rich_help_panel=RECRUITERS)
    content_pull.register(_commands)
    content_sources.register(_commands)


@_commands.command()
def add(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="JSON Lines, an item a line; instead of the options.")] = None,
    title: Annotated[str | None, typer.Option(help="What it is called.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it can be read.")] = None,
    summary: Annotated[str | None, typer.Option(help="What it says, in a sentence or two.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="What it is about; may be repeated.")] = None,
    family: Annotated[list[str] | None, typer.Option(help="For which kind of work; may be repeated.")] = None,
    language: Annotated[str | None, typer.Option(help="en unless said.")] = None,
    published: Annotated[str | None, typer.Option(metavar="DAY", help="Since when; today unless said.")] = None,
    valid_until: Annotated[str | None, typer.Option(metavar="DAY", help="The last day it is worth telling.")] = None,
) -> None:
    """Add news, from options or a file; the same web address again brings the item up to date.

    Without any of them, at a terminal, it asks for each field.
    """
    from rekindle.cli.content_page import print_voided
    from rekindle.journey.bulk import publishing

    now = clock.now()
    told = {
        "title": title,
        "url": url,
        "summary": summary,
        "topics": topic,
        "families": family,
        "language": language,
        "published_on": published,
        "valid_until": valid_until,
    }
    said = {name: value for name, value in told.items() if value is not None}
    if file and said:
        raise BadInput("give a file or the options of one item, not both")
    if file is None and not said and sys.stdin.isatty():
        from rekindle.cli.content_prompts import asked_for

        said = asked_for(now.date())
    items = publishing.read_items(file, now.date()) if file else [publishing.checked(said, now.date())]
    with opened(ctx).store.writing() as session:
        done = publishing.publish(session, items, now)
    known = len(items) - done.added - done.changed
    typer.echo(f"{done.added} added, {done.changed} brought up to date, {known} known already")
    print_voided(done.voided)


@_commands.command("list")
def list_(ctx: typer.Context, limit: Limit = 50, json: AsJson = False) -> None:
    """List the news there is, newest first; where it is from, until when it is told, how many got it."""
    from rekindle.cli.content_page import line, row
    from rekindle.journey.content.shelf import shelf

    with opened(ctx).store.reading() as session:
        found = shelf(session, clock.now().date(), limit)
    if json:
        as_json([line(each) for each in found.lines])
        return
    empty = "There is no news yet; `rekindle content add` takes some, `content sources add` says where to pull it from."
    table(("no!", "title", "for whom", "since!", "until!", "from!", "got!"), map(row, found.lines), empty=empty)
    shortened(found.total, len(found.lines))


@_commands.command()
def show(ctx: typer.Context, number: Number, json: AsJson = False) -> None:
    """Show one item in full; its source, its editions, how many got it."""
    from rekindle.cli.content_page import print_item, whole
    from rekindle.journey.content.shelf import one

    with opened(ctx).store.reading() as session:
        found, editions = one(session, number, clock.now().date())
    page: dict[str, Any] = whole(found, editions)
    if json:
        as_json(page)
    else:
        print_item(page)


@_commands.command()
def retire(ctx: typer.Context, number: Number) -> None:
    """Take an item out of use; no edition planned from now on carries it, no pull brings it back."""
    from rekindle.cli.content_page import print_still_carried
    from rekindle.journey.content import shelf

    with opened(ctx).store.writing() as session:
        editions = shelf.retire(session, number, clock.now().date())
    typer.echo(f"item {number} is out of use")
    print_still_carried(number, editions)
