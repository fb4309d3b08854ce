"""`rekindle diagram`: the lifecycle as a picture and a table, drawn from the same table the machine is built from."""

from pathlib import Path
from typing import Annotated

import typer

from rekindle.cli.help import DEVELOPERS
from rekindle.errors import BadInput


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel=DEVELOPERS)(diagram)


def diagram(
    readme: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Refresh the part between the markers of this file.")
    ] = None,
) -> None:
    """Draw the lifecycle as Mermaid and a table; or refresh it in a README."""
    from states import diagram as drawing

    if readme is None:
        typer.echo(drawing.section())
        return
    try:
        old = readme.read_text(encoding="utf-8")
        new = drawing.refresh(old)
    except (OSError, ValueError) as error:
        raise BadInput(f"{readme}: {error.strerror if isinstance(error, OSError) else error}") from None
    if new != old:
        readme.write_text(new, encoding="utf-8")
    typer.echo(f"{readme}: {'drawn anew' if new != old else 'was up to date'}")
