"""How commands show things: tables that read well at 80 columns, JSON for programs; harmless whatever it holds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import typer


def as_json(value: Any) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=_plain))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str, title: str | None = None) -> None:
    """Print a table; a column whose name ends in `!` is never wrapped. Without a row print the sentence `empty`."""
    found = list(rows)
    if not found:
        if empty:
            typer.echo(empty)
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Text, not str: square brackets in somebody's note are no markup.
    drawn = Table(box=SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    for column in columns:
        drawn.add_column(column.rstrip("!"), no_wrap=column.endswith("!"), overflow="fold")
    for row in found:
        drawn.add_row(*(Text(cell(value)) for value in row))
    Console().print(drawn)


def facts(pairs: Mapping[str, object]) -> None:
    """Print what is known as lines of name and value; what is not known is left out."""
    known = {name: cell(value) for name, value in pairs.items() if value not in (None, "", [])}
    width = max(map(len, known), default=0)
    for name, value in known.items():
        typer.echo(f"{typer.style(name.ljust(width), bold=True)}  {value}")


def cell(value: object) -> str:
    """Write a value for people; what a terminal would act upon is escaped."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case list() | tuple():
            return ", ".join(map(cell, value))
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in str(value))


def shortened(total: int, shown: int) -> None:
    """Say that a listing was cut, and how to see more."""
    if total > shown:
        typer.echo(f"{shown} of {total}: --limit shows more.")


def _plain(value: object) -> Any:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case Path():
            return str(value)
        case set() | frozenset():
            return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
