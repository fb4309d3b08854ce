"""`rekindle run`: one flow, now, in this process, by the real engine: its run stands in Prefect's history."""

from typing import TYPE_CHECKING, Annotated

import typer

from rekindle.cli.help import OPERATIONS
from rekindle.cli.invocation import opened

if TYPE_CHECKING:
    from rekindle.wiring import Rekindle

_NAMES = (
    *("quarterly-update", "event-invites", "re-engagement", "check-ins"),
    *("pull", "plan", "deliver", "housekeeping", "sweep", "digest"),
)
_REHEARSED = ("quarterly-update", "event-invites", "check-ins", "digest")


def register(app: typer.Typer) -> None:
    app.command("run", rich_help_panel=OPERATIONS)(run)


def run(
    ctx: typer.Context,
    programme: Annotated[str, typer.Argument(metavar="PROGRAMME", help=f"One of {', '.join(_NAMES)}.")],
    period: Annotated[
        str | None, typer.Option("--period", metavar="2026-Q4", help="Which edition; without it, this quarter's.")
    ] = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="SLUG", help="For re-engagement: whose letters are drafted.")
    ] = None,
    letters: Annotated[
        int | None, typer.Option("--letters", min=1, max=200, help="For re-engagement: how many letters in all.")
    ] = None,
    event: Annotated[
        str | None, typer.Option("--event", metavar="SLUG", help="For event-invites: which event.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say who would get what, and write nothing.")] = False,
) -> None:
    """Run one flow now; --dry-run only says what it would do."""
    from rekindle.errors import BadInput

    if programme not in _NAMES:
        raise BadInput(f"there is no flow {programme!r}: choose one of {', '.join(_NAMES)}")
    if programme != "quarterly-update" and period:
        raise BadInput("--period is for quarterly-update")
    if dry_run and programme not in _REHEARSED:
        raise BadInput(f"--dry-run is for {', '.join(_REHEARSED)}")
    if (programme == "re-engagement") is not (role is not None) or (letters and not role):
        raise BadInput("re-engagement needs --role, and perhaps --letters; no other flow takes them")
    if (programme == "event-invites") is not (event is not None):
        raise BadInput("event-invites needs --event; no other flow takes it")
    rekindle = opened(ctx)
    if dry_run and event:
        _rehearse_event(rekindle, event)
    elif dry_run and programme == "digest":
        _rehearse_digest(rekindle)
    elif dry_run and programme == "check-ins":
        _rehearse_check_ins(rekindle)
    elif dry_run:
        _rehearse(rekindle, period)
    else:
        given = {"period": period, "role": role, "letters": letters, "event": event}
        _run(rekindle, programme, {name: value for name, value in given.items() if value is not None})


def _run(rekindle: "Rekindle", programme: str, parameters: dict[str, str | int]) -> None:
    import os

    from rekindle import runs
    from rekindle.together.environment import prefect_environment

    given = prefect_environment(rekindle.settings)
    if not runs.is_up(rekindle.settings.prefect_api):
        # No server runs: Prefect starts one for this run alone, on the same history.
        del given["PREFECT_API_URL"]
        given |= {"PREFECT_SERVER_EPHEMERAL_ENABLED": "true", "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90"}
        typer.echo("Prefect is not up; starting it for this run alone (about ten seconds) ...", err=True)
    os.environ.update(given)
    from flows import every

    state = every.run(programme, parameters)
    typer.echo(f"{programme}: {state.name}. {state.message or ''}".rstrip())
    if not state.is_completed():
        raise typer.Exit(1)


def _rehearse(rekindle: "Rekindle", period: str | None) -> None:
    from rekindle import clock
    from rekindle.cli import printing
    from rekindle.journey.bulk import nurture, periods

    now = clock.now()
    named = period or periods.name_of(now.astimezone(rekindle.settings.quarterly.zone).date())
    with rekindle.store.rehearsing() as session:
        would = nurture.rehearse(session, named, now, rekindle.rule)
    printing.table(
        ("candidate!", "gets", "because"),
        [(f"c-{who}", title, why) for who, title, why in would.letters],
        empty="Nobody would get anything.",
        title=f"quarterly-update {named}: who would get what",
    )
    rows = [(f"c-{who}", reason) for who, reason in would.left_out]
    printing.table(("candidate!", "why not"), rows, empty="Nobody would be left out.", title="Who would get nothing")


def _rehearse_event(rekindle: "Rekindle", slug: str) -> None:
    from rekindle import clock
    from rekindle.cli import printing
    from rekindle.journey.events import inviting
    from rekindle.journey.events.keeping import find_event

    with rekindle.store.rehearsing() as session:
        would = inviting.rehearse(session, find_event(session, slug), clock.now(), rekindle.guests)
    title = f"event-invites {slug}: who would be invited"
    printing.table(("candidate!",), [(f"c-{who}",) for who in would.invited], empty="Nobody would be.", title=title)
    rows = [(f"c-{who}", reason) for who, reason in would.left_out]
    printing.table(("candidate!", "why not"), rows, empty="Nobody would be left out.", title="Who would not be")


def _rehearse_check_ins(rekindle: "Rekindle") -> None:
    from rekindle import clock
    from rekindle.cli.checkins import print_lines
    from rekindle.journey.warming import check_ins

    with rekindle.store.reading() as session:
        print_lines(list(check_ins.outlook(session, rekindle.drafting, clock.now(), *rekindle.check_ins)))


def _rehearse_digest(rekindle: "Rekindle") -> None:
    from rekindle import clock
    from rekindle.cli.digests import print_prepared
    from rekindle.journey.tasks import posting

    now = clock.now()
    with rekindle.store.reading() as session:
        prepared = posting.prepare(session, rekindle.present_people, rekindle.standards, now, rekindle.today(now))
    print_prepared(prepared, rekindle.writer)
