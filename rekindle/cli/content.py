"""`rekindle content`: what is worth telling, from which every update is made."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rekindle import clock
from rekindle.cli.help import RECRUITERS, group
from rekindle.cli.invocation import AsJson, Limit, opened
from rekindle.cli.printing import as_json, shortened, table
from rekindle.errors import BadInput

if TYPE_CHECKING:
    from rekindle.store.content import Content

_commands = group("Add and list the news that updates are made of.")


def register(app: typer.Typer) -> None:
    app.add_typer(_commands, name="content", rich_help_panel=RECRUITERS)


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
    """Add news, from options or a file; the same web address again brings the item up to date."""
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
    if file and any(told.values()):
        raise BadInput("give a file or the options of one item, not both")
    items = publishing.read_items(file, now.date()) if file else [publishing.checked(_said(told), now.date())]
    with opened(ctx).store.writing() as session:
        added, changed = publishing.publish(session, items, now)
    typer.echo(f"{added} added, {changed} brought up to date, {len(items) - added - changed} known already")


@_commands.command("list")
def list_(ctx: typer.Context, limit: Limit = 50, json: AsJson = False) -> None:
    """List the news there is, newest first."""
    from rekindle.journey import listing

    with opened(ctx).store.reading() as session:
        page = listing.content(session, limit)
    if json:
        as_json([_as_line(item) for item in page.lines])
        return
    rows = [(item.id, item.title, _for_whom(item), item.published_on, item.valid_until) for item in page.lines]
    empty = "There is no news yet; `rekindle content add` takes some."
    table(("no!", "title", "for whom", "since!", "until!"), rows, empty=empty)
    shortened(page.total, len(page.lines))


def _said(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def _for_whom(item: "Content") -> str:
    return ", ".join([*item.topics, *item.families]) or "everyone"


def _as_line(item: "Content") -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "url": item.url,
        "summary": item.summary,
        "topics": item.topics,
        "families": item.families,
        "language": item.language,
        "published_on": item.published_on,
        "valid_until": item.valid_until,
    }
