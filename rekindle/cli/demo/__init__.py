"""`rekindle demo`: the whole route on invented people, with every part real, under a rehearsal clock."""

from typing import Annotated

import typer

from rekindle.cli.help import FIRST_STEPS


def register(app: typer.Typer) -> None:
    app.command("demo", rich_help_panel=FIRST_STEPS)(demo)


def demo(
    stay: Annotated[bool, typer.Option("--stay", help="Keep everything up at the end, until Ctrl-C.")] = False,
) -> None:
    """Walk the whole route on sample data in ./var/demo; touches nothing else and sends nothing anywhere."""
    from rekindle.cli.demo.story import tell

    tell(stay=stay)
