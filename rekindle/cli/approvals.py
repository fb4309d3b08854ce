"""`rekindle approvals`: what waits for a person, what exactly it is about, and the decision."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from rekindle import clock
from rekindle.cli import reviewing
from rekindle.cli.editions import print_paused
from rekindle.cli.help import RECRUITERS, group
from rekindle.cli.invocation import MOST, AsJson, Limit, Person, opened
from rekindle.cli.printing import as_json, shortened, table

if TYPE_CHECKING:
    from rekindle.journey.approvals.approval import Decision
    from rekindle.wiring import Rekindle

_commands = group("See what waits for a decision, and decide; exactly what was shown happens.")

Number = Annotated[int, typer.Argument(metavar="APPROVAL", help="Its number.", min=1, max=MOST, show_default=False)]
Numbers = Annotated[
    list[int],
    typer.Argument(metavar="APPROVAL...", help="Its number; letters one by one.", min=1, max=MOST, show_default=False),
]
Remark = Annotated[str, typer.Option("--note", help="A remark that is kept with the decision.")]


def register(app: typer.Typer) -> None:
    reviewing.register(_commands)
    app.add_typer(_commands, name="approvals", rich_help_panel=RECRUITERS)


@_commands.command("list")
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those decided, expired, voided, deferred.")] = False,
    limit: Limit = 50,
    json: AsJson = False,
) -> None:
    """List what waits for somebody, soonest due first."""
    from rekindle.cli.approval_page import as_line
    from rekindle.journey import listing
    from rekindle.journey.approvals import approval
    from rekindle.journey.bulk.pausing import paused

    with opened(ctx).store.reading() as session:
        stopped = [(edition.id, edition.note) for edition in paused(session)]
        if everything:
            page = listing.approvals(session, limit)
        else:
            waiting = approval.waiting(session, clock.now())
            page = listing.Page(waiting[:limit], len(waiting))
    if json:
        as_json([as_line(row) for row in page.lines])
        return
    rows = [(row.id, row.question, row.state, row.due_at, row.decided_by) for row in page.lines]
    columns = ("no!", "question", "state!", "due (UTC)!", "decided by")
    table(
        columns if everything else columns[:4], [row[: 5 if everything else 4] for row in rows], empty="Nothing waits."
    )
    shortened(page.total, len(page.lines))
    print_paused(stopped)


@_commands.command()
def show(ctx: typer.Context, number: Number, limit: Limit = 20, json: AsJson = False) -> None:
    """Show what is asked and exactly what would go to whom, and why."""
    from rekindle.cli.approval_page import page, print_page
    from rekindle.journey.approvals import approval

    rekindle = opened(ctx)
    with rekindle.store.reading() as session:
        found = page(session, approval.find(session, number), limit, rekindle, clock.now())
    if json:
        as_json(found)
    else:
        print_page(found)


@_commands.command()
def approve(ctx: typer.Context, numbers: Numbers, person: Person, note: Remark = "") -> None:
    """Say yes; exactly what was shown goes, once each and after a last check."""
    from rekindle.journey.approvals.approval import Decision

    _decide(ctx, numbers, Decision.APPROVE, person, note)


@_commands.command()
def decline(ctx: typer.Context, numbers: Numbers, person: Person, note: Remark = "") -> None:
    """Say no: nothing of it goes."""
    from rekindle.journey.approvals.approval import Decision

    _decide(ctx, numbers, Decision.DECLINE, person, note)


@_commands.command()
def defer(
    ctx: typer.Context,
    number: Number,
    person: Person,
    until: Annotated[str, typer.Option(metavar="TIME", help="Until when, such as 2026-10-20.", show_default=False)],
) -> None:
    """Put it aside until a later day; it then has its full time again."""
    from rekindle.cli.deciding import wake
    from rekindle.journey.approvals import approval

    rekindle = opened(ctx)
    due = timedelta(days=rekindle.settings.approvals.due_days)
    who, then, now = rekindle.decider(person), clock.parse(until), clock.now()
    with rekindle.store.writing() as session:
        row = approval.defer(session, number, who, until=then, now=now, due=due)
    # The parked run waits with the old time-out.
    wake(rekindle, row)
    typer.echo(
        f"approval {row.id} comes back on {row.not_before:%Y-%m-%d %H:%M} UTC, due {row.due_at:%Y-%m-%d %H:%M} UTC"
    )


@_commands.command()
def code(ctx: typer.Context, number: Number, person: Person) -> None:
    """Print a one-time code for Prefect's form, which knows no users."""
    from rekindle.journey.approvals import codes

    rekindle = opened(ctx)
    minutes = rekindle.settings.approvals.code_minutes
    with rekindle.store.writing() as session:
        made = codes.issue(
            session,
            number,
            rekindle.decider(person),
            secret=rekindle.secret,
            now=clock.now(),
            lasts=timedelta(minutes=minutes),
        )
    typer.echo(made)
    typer.echo(f"Good for one decision within {minutes} minutes, in your name and for what is asked now.", err=True)


@_commands.command()
def delegate(
    ctx: typer.Context,
    person: Person,
    to: Annotated[str, typer.Option(metavar="ADDRESS", help="Who decides in your place.", show_default=False)],
    until: Annotated[str, typer.Option(metavar="DAY", help="The last day, as YYYY-MM-DD.", show_default=False)],
    since: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="The first day; today unless said.")
    ] = None,
) -> None:
    """Let a colleague decide in your place while you are away; reminders go to them."""
    from rekindle.journey.approvals.delegating import delegate as hand_over

    rekindle = opened(ctx)
    now = clock.now()
    first, last = clock.parse(since) if since else now, clock.parse(until)
    with rekindle.store.writing() as session:
        row = hand_over(
            session,
            rekindle.decider(person).address,
            to.casefold(),
            since=first.date(),
            until=last.date(),
            team=rekindle.present_people,
            now=now,
        )
    typer.echo(f"{row.delegate} decides in place of {row.person} from {row.since} to {row.until}")


def _decide(ctx: typer.Context, numbers: list[int], decision: "Decision", person: str, note: str) -> None:
    from rekindle.cli.deciding import told
    from rekindle.journey.approvals import deciding

    rekindle = opened(ctx)
    who = rekindle.decider(person)
    _refuse_letters_in_bulk(rekindle, numbers)
    for number in numbers:
        with rekindle.store.writing() as session:
            decided = deciding.decide(
                session, number, decision, who, terms=rekindle.terms, now=clock.now(), via="cli", note=note
            )
        told(rekindle, decided)


def _refuse_letters_in_bulk(rekindle: "Rekindle", numbers: list[int]) -> None:
    """A personal letter is decided on its own: who waves several through has read none."""
    from rekindle.errors import BadInput
    from rekindle.journey.approvals import approval
    from rekindle.store.approvals import ApprovalKind

    if len(numbers) > 1:
        with rekindle.store.reading() as session:
            kinds = {number: approval.find(session, number).kind for number in numbers}
        letters = [str(number) for number, kind in kinds.items() if kind is ApprovalKind.LETTER]
        if letters:
            raise BadInput(f"personal letters are decided one by one: name {', '.join(letters)} alone")
