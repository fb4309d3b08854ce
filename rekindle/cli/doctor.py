"""`rekindle doctor`: looks at everything Rekindle stands on, and says what to do about what is wrong. Mends nothing."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from rekindle.cli.help import FIRST_STEPS
from rekindle.cli.invocation import AsJson, opened
from rekindle.cli.printing import as_json, cell
from rekindle.errors import BadInput, RekindleError

if TYPE_CHECKING:
    from rekindle.cli.checks import Check
    from rekindle.wiring import Rekindle


_COLOURS = {"ok": typer.colors.GREEN, "warn": typer.colors.YELLOW, "fail": typer.colors.RED}


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel=FIRST_STEPS)(doctor)


def doctor(
    ctx: typer.Context,
    dns: Annotated[
        bool | None,
        typer.Option(
            "--dns/--no-dns",
            help="Look up what is published about your mail; by default, if it leaves this machine.",
            show_default=False,
        ),
    ] = None,
    nameserver: Annotated[
        str | None, typer.Option(metavar="HOST[:PORT]", help="Ask this name server, not the machine's own.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Check settings, database, mail route, DNS, Prefect and versions; exits 1 when something fails."""
    checks = _examine(ctx, dns, None if nameserver is None else _address(nameserver))
    if json:
        as_json([asdict(check) for check in checks])
    else:
        _print(checks)
    if any(check.verdict == "fail" for check in checks):
        raise typer.Exit(1)


def _print(checks: list["Check"]) -> None:
    """Print what was found a line each, and below it what to do: that reads better at 80 columns than a table."""
    width = max(len(check.what) for check in checks)
    for check in checks:
        verdict = typer.style(check.verdict.ljust(4), fg=_COLOURS[check.verdict], bold=True)
        typer.echo(f"{verdict}  {check.what.ljust(width)}  {cell(check.found)}")
        if check.todo:
            typer.echo(f"{'':{width + 8}}-> {check.todo}")


def _examine(ctx: typer.Context, dns: bool | None, nameserver: tuple[str, int] | None) -> list["Check"]:
    from rekindle.cli import checks

    always = [checks.versions(), checks.own_packages()]
    try:
        rekindle = opened(ctx)
    except RekindleError as error:
        return [
            checks.fail("settings", str(error), "mend the setting; docs/settings.md tells what each means"),
            *always,
        ]
    found = [*checks.of_settings(rekindle), *always, *checks.of_database(rekindle), *checks.of_surroundings(rekindle)]
    if dns is None:
        dns = nameserver is not None or not rekindle.settings.smtp_is_local_mailbox
    return [*found, *_published(rekindle, nameserver)] if dns else found


def _published(of: "Rekindle", nameserver: tuple[str, int] | None) -> Iterator["Check"]:
    """Look up what is published; a name server that is silent is no failure of ours, and costs two seconds."""
    from rekindle.cli.checks import fail, warn
    from rekindle.cli.published import of_dns
    from rekindle.mail.records.asking import CouldNotAsk, Dns

    try:
        yield from of_dns(of, Dns(*nameserver) if nameserver else Dns())
    except CouldNotAsk as error:
        yield warn("DNS", f"could not ask: {error}", "look again later, or name a server: --nameserver; or --no-dns")
    except RekindleError as error:
        yield fail("DKIM", str(error), "see [dkim] and [sender] in docs/settings.md")


def _address(nameserver: str) -> tuple[str, int]:
    from ipaddress import ip_address
    from urllib.parse import urlsplit

    try:
        found = urlsplit(f"//{nameserver}")
        return str(ip_address(found.hostname or "")), found.port or 53
    except ValueError:
        raise BadInput(f"{nameserver!r} is no name server: write an IP address, with :PORT if it is not 53") from None
