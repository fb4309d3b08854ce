"""Wires the commands. A module of commands has `register(app)` and is named once here, in the order of the help page.

Nothing heavy may be imported by a command module at its top: `rekindle --help` has 0.4 s.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from rekindle import clock
from rekindle.cli import (
    approvals,
    candidates,
    checkins,
    content,
    courtesy,
    demo,
    diagram,
    dkim,
    doctor,
    editions,
    events,
    forecast,
    importing,
    letters,
    messages,
    people,
    preview,
    programmes,
    rejections,
    roles,
    sending_tests,
    starting,
    tasks,
    up,
)
from rekindle.cli.help import Grouped
from rekindle.cli.invocation import Invocation

_MODULES = (
    demo,
    up,
    starting,
    doctor,
    importing,
    candidates,
    roles,
    letters,
    courtesy,
    approvals,
    checkins,
    rejections,
    tasks,
    content,
    events,
    preview,
    sending_tests,
    editions,
    messages,
    people,
    programmes,
    dkim,
    forecast,
    diagram,
)

app = typer.Typer(
    name="rekindle",
    cls=Grouped,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Keeps runner-up candidates warm and re-engages them, honestly.",
    epilog="Every listing takes --json. See also `rekindle COMMAND --help`.",
)
for module in _MODULES:
    module.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"rekindle {version('rekindle')}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="DIR", help="The team's folder of settings, instead of ./config.")
    ] = None,
    now: Annotated[
        str | None, typer.Option("--now", metavar="TIME", help="Rehearse: act as if it were this time (ISO 8601).")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole traceback of an unexpected error.")] = False,
    version: Annotated[  # noqa: ARG001 - acts when it is read
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version.")
    ] = False,
) -> None:
    told = ctx.ensure_object(Invocation)
    told.config, told.debug = config, debug
    if config:
        ctx.with_resource(_exported("REKINDLE_CONFIG", str(config.resolve())))
    if now:
        ctx.with_resource(_rehearsing(now))


@contextmanager
def _rehearsing(now: str) -> Iterator[None]:
    instant = clock.parse(now)
    clock.rehearse(instant)
    try:
        with _exported("REKINDLE_NOW", instant.isoformat()):
            yield
    finally:
        clock.rehearse(None)


@contextmanager
def _exported(name: str, value: str) -> Iterator[None]:
    """Set a variable for the processes this command starts; it is what it was once the command is done."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
