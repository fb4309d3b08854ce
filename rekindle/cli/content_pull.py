"""`rekindle content pull`: fetches news now, and says of every entry what became of it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from rekindle import clock
from rekindle.cli.invocation import MOST, AsJson, opened
from rekindle.cli.printing import as_json, cell

if TYPE_CHECKING:
    from rekindle.journey.content.pulling import Pulled

#: Of each kind, so many lines; --json has all.
_SHOWN = 20


def register(content: typer.Typer) -> None:
    content.command("pull")(pull)


def pull(
    ctx: typer.Context,
    source: Annotated[
        int | None, typer.Option("--source", metavar="N", min=1, max=MOST, help="This source only.")
    ] = None,
    json: AsJson = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; store nothing.")] = False,
) -> None:
    """Pull news from the sources now; says what is new, what changed, what was left out and why.

    Exits 1 when one of them could not be read; the others were pulled all the same.
    """
    from rekindle.journey.content import pulling

    done = []
    for each in pulling.pull(opened(ctx).store, clock.now(), source, dry_run=dry_run):
        done.append(each)
        if not json:
            _print(each)
    if json:
        as_json([_as_line(each) for each in done])
    elif not done:
        typer.echo("There is no source yet; `rekindle content sources add` takes a feed or a folder.")
    elif dry_run:
        typer.echo("A dry run: nothing was stored.")
    if any(each.failed for each in done):
        raise typer.Exit(1)


def _print(pulled: "Pulled") -> None:
    taken = pulled.taken
    typer.secho(f"source {pulled.source_id}: {cell(pulled.place)}", bold=True)
    if pulled.problem:
        typer.echo(f"  {'failed' if pulled.failed else 'beware'}: {cell(pulled.problem)}")
    if pulled.failed:
        return
    if pulled.is_unchanged:
        typer.echo("  nothing has changed since the last time")
        return
    counts = f"{len(taken.added)} new, {len(taken.changed)} changed, {taken.known} known already"
    typer.echo(f"  {counts}, {len(taken.held)} not changed, {len(taken.left_out)} left out")
    _lines("new", taken.added)
    _lines("changed", taken.changed)
    _lines("not changed", [f"item {each.item_id}, {each.title}: {each.why}" for each in taken.held])
    _lines("left out", [f"{each.what}: {each.why}" for each in taken.left_out])


def _lines(what: str, lines: list[str]) -> None:
    for each in lines[:_SHOWN]:
        typer.echo(f"  {what}: {cell(each)}")
    if len(lines) > _SHOWN:
        typer.echo(f"  {what}: and {len(lines) - _SHOWN} more; --json shows all")


def _as_line(pulled: "Pulled") -> dict[str, Any]:
    taken = pulled.taken
    return {
        "source": pulled.source_id,
        "place": pulled.place,
        "failed": pulled.failed,
        "problem": pulled.problem,
        "unchanged": pulled.is_unchanged,
        "added": taken.added,
        "changed": taken.changed,
        "known": taken.known,
        "held": [{"item": each.item_id, "title": each.title, "why": each.why} for each in taken.held],
        "left_out": [{"what": each.what, "why": each.why} for each in taken.left_out],
    }
