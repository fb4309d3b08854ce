"""`rekindle import`: takes a file of past candidates in and says for every row what became of it and why."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from rekindle.cli.help import RECRUITERS
from rekindle.cli.invocation import opened

if TYPE_CHECKING:
    from rekindle.exchange.reading import Rows
    from rekindle.wiring import Rekindle

_FORMATS = "rekindle, csv, or the name of a preset: greenhouse, lever, ashby, workable or one of your own."


def register(app: typer.Typer) -> None:
    app.command("import", rich_help_panel=RECRUITERS)(import_)


def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines or CSV.", show_default=False)],
    format_: Annotated[str | None, typer.Option("--format", metavar="NAME", help=_FORMATS)] = None,
    date_order: Annotated[
        Literal["dmy", "mdy"] | None, typer.Option("--date-order", help="How CSV dates are written, unless ISO.")
    ] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="If it is not Unicode.")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="NAME", help="The system a CSV is from.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report the same and store nothing.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write every row's fate as JSON Lines.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Take in past candidates from a file; the same file again changes nothing."""
    from rekindle.cli.import_report import ImportReport
    from rekindle.errors import BadInput

    if report and report.exists() and file.exists() and report.samefile(file):
        raise BadInput(f"--report would overwrite {file}, which is to be imported: name another file")
    rekindle = opened(ctx)
    rows = _open(rekindle, file, format_, date_order, encoding, source)
    with ImportReport(report, dry_run=dry_run) as told:
        _bring_in(rekindle, rows, told, dry_run=dry_run, quiet=as_json)
    told.print(as_json=as_json, unread=rows.unread)
    if told.only_bad:
        raise BadInput(f"no row of {file} can be read: nothing was stored")


def _open(
    rekindle: "Rekindle",
    file: Path,
    name: str | None,
    order: Literal["dmy", "mdy"] | None,
    encoding: str | None,
    source: str | None,
) -> "Rows":
    from rekindle import clock
    from rekindle.exchange.presets import load_preset
    from rekindle.exchange.reading import open_rows

    form: Any = name if name in {"rekindle", "csv"} else None
    preset = None if name in {None, "rekindle", "csv"} else load_preset(str(name), rekindle.preset_folders)
    today = clock.now().date()
    return open_rows(
        file,
        form=form,
        preset=preset,
        date_order=order,
        encoding=encoding,
        source=source,
        today=today,
    )


def _bring_in(rekindle: "Rekindle", rows: "Rows", told: Any, *, dry_run: bool, quiet: bool) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from rekindle import clock

    # What is loaded by now stays: nobody has to look through it for garbage after every few rows.
    gc.freeze()
    look = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    hidden = quiet or not console.is_terminal
    with Progress(*look, console=console, transient=True, disable=hidden) as progress:
        bar = progress.add_task("Reading", total=rows.total_bytes)
        entries = rekindle.intake.bring_in(rekindle.store, rows, clock.now(), dry_run=dry_run)
        for number, entry in enumerate(entries):
            told.add(entry)
            if number % 200 == 0:
                progress.update(bar, completed=entry.row.offset)
