"""`rekindle content sources`: the feeds and folders news is pulled from."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from rekindle import clock
from rekindle.cli.help import group
from rekindle.cli.invocation import MOST, AsJson, opened
from rekindle.cli.printing import as_json, cell, table

if TYPE_CHECKING:
    from rekindle.store.sources import Source

_commands = group("The feeds and folders that news is pulled from.")


def register(content: typer.Typer) -> None:
    content.add_typer(_commands, name="sources")


@_commands.command()
def add(
    ctx: typer.Context,
    place: Annotated[
        str, typer.Argument(metavar="URL|FOLDER", help="RSS or Atom, or Markdown files.", show_default=False)
    ],
    topics: Annotated[
        list[str] | None, typer.Option("--topics", "--topic", metavar="A,B", help="What its items are about.")
    ] = None,
    families: Annotated[
        list[str] | None, typer.Option("--families", "--family", metavar="A,B", help="For which kinds of work.")
    ] = None,
    language: Annotated[str, typer.Option("--language", metavar="LANGUAGE", help="What they are written in.")] = "en",
    valid_days: Annotated[
        int, typer.Option("--valid-days", metavar="DAYS", help="How long one is worth telling; 0: for ever.")
    ] = 180,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="This host may lie inside a private network.")
    ] = False,
) -> None:
    """Remember where news is pulled from; the same place again changes what is said of it.

    Topics, families and language hold where an item does not say its own.
    """
    from rekindle.journey.content import sources

    terms = sources.Terms(topics or (), families or (), language, valid_days or None, allow_private)
    with opened(ctx).store.writing() as session:
        source, is_new = sources.add(session, place, terms, clock.now())
    typer.echo(f"source {source.id} is {'known now' if is_new else 'brought up to date'}: {source.place}")
    typer.echo(f"What it would bring: rekindle content pull --source {source.id} --dry-run")


@_commands.command("list")
def list_(ctx: typer.Context, json: AsJson = False) -> None:
    """List them; when each was pulled last, how many items came from it, and what is wrong with it."""
    from rekindle.journey.content import sources

    with opened(ctx).store.reading() as session:
        found = sources.all_of(session)
    if json:
        as_json([_as_line(source, items) for source, items in found])
        return
    empty = "There is no source yet; `rekindle content sources add` takes a feed or a folder."
    rows = [(each.id, each.place, items, each.pulled_at) for each, items in found]
    table(("no!", "from", "items!", "last pulled!"), rows, empty=empty)
    for each, _ in found:
        if each.problem:
            typer.echo(f"source {each.id}: {cell(each.problem)}")


@_commands.command()
def remove(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="SOURCE", help="Its number.", min=1, max=MOST, show_default=False)],
) -> None:
    """Forget a source; the items that came from it stay, as if typed in."""
    from rekindle.journey.content import sources

    with opened(ctx).store.writing() as session:
        left = sources.remove(session, number)
    typer.echo(f"source {number} is forgotten; {left} {'item' if left == 1 else 'items'} from it stay")


def _as_line(source: "Source", items: int) -> dict[str, Any]:
    return {
        "id": source.id,
        "kind": source.kind,
        "place": source.place,
        "topics": source.topics,
        "families": source.families,
        "language": source.language,
        "valid_days": source.valid_days,
        "allow_private": source.may_be_private,
        "items": items,
        "pulled_at": source.pulled_at,
        "problem": source.problem,
    }
