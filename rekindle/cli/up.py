"""`rekindle up`: Prefect with its UI, the schedules, the web page and the local mailbox, on one machine."""

import signal
import time
from pathlib import Path

import typer

from rekindle.cli.help import FIRST_STEPS
from rekindle.cli.invocation import opened

LOGS = Path("var/log")


def register(app: typer.Typer) -> None:
    app.command("up", rich_help_panel=FIRST_STEPS)(up)


def up(ctx: typer.Context) -> None:
    """Start everything on this machine; one Ctrl-C stops it all."""
    from rekindle.errors import RekindleError
    from rekindle.store import schema
    from rekindle.together.machine import running

    rekindle = opened(ctx)
    if schema.current(rekindle.store) != schema.newest():
        raise RekindleError("the database is empty or old: run `rekindle init` first")
    with running(rekindle.settings, LOGS, lambda: typer.echo("Starting; the first time takes longer ...")) as machine:
        settings = rekindle.settings
        typer.echo(f"  Prefect         http://127.0.0.1:{settings.prefect.port}")
        typer.echo(f"  web page        {settings.web.base_url}")
        if settings.smtp_is_local_mailbox:
            typer.echo(f"  local mailbox   127.0.0.1:{settings.mailbox.port} -> {settings.mailbox.folder}")
        typer.echo(f"  logs            {LOGS}\nCtrl-C stops everything.")
        try:
            while not (dead := machine.dead()):
                time.sleep(0.5)
        except KeyboardInterrupt:
            typer.echo("\nStopping ...")
            # A second Ctrl-C would leave parts behind that nobody stops.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            return
    raise RekindleError(f"{dead.name} ended by itself, so everything was stopped; its log is {dead.log}")
