"""What the global options said, and how a command gets its Rekindle: late, so that `--help` never waits for it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rekindle.errors import BadInput

if TYPE_CHECKING:
    from rekindle.wiring import Rekindle


@dataclass(slots=True)
class Invocation:
    """One call of the command line."""

    config: Path | None = None
    debug: bool = False


def opened(ctx: typer.Context) -> "Rekindle":
    """Return the Rekindle of the settings named; its database is closed when the command ends."""
    from rekindle.wiring import open_rekindle

    rekindle = open_rekindle(ctx.ensure_object(Invocation).config)
    ctx.call_on_close(lambda: _close(rekindle))
    return rekindle


def _close(rekindle: "Rekindle") -> None:
    # Only a store that was used has been made at all.
    if "store" in vars(rekindle):
        rekindle.store.close()


def day_of(text: str) -> date:
    """Read a day. Raises BadInput for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is no day: write it like 2026-10-20") from None


#: The largest number a row can have; a larger one is a slip of the keyboard.
MOST = 2**31 - 1
#: Who is typing: one of the team's people.
Person = Annotated[
    str,
    typer.Option("--as", envvar="REKINDLE_PERSON", metavar="ADDRESS", help="Who you are: an address of [people]."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Limit = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Show at most this many.")]
Reference = Annotated[str, typer.Argument(metavar="CANDIDATE", help="c-17, or the address.", show_default=False)]
