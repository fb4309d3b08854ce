"""`rekindle checkins`: who is due a few words that ask for nothing, and what would be written."""

from typing import TYPE_CHECKING, Annotated

import typer

from rekindle import clock
from rekindle.cli.help import RECRUITERS, group
from rekindle.cli.invocation import AsJson, Limit, Reference, opened
from rekindle.cli.printing import as_json, table

if TYPE_CHECKING:
    from rekindle.journey.warming.check_ins import Line

_commands = group("See who is due a few words that ask for nothing, and draft them.")


def register(app: typer.Typer) -> None:
    app.add_typer(_commands, name="checkins", rich_help_panel=RECRUITERS)


@_commands.command()
def due(
    ctx: typer.Context,
    of: Annotated[str | None, typer.Option("--of", metavar="ADDRESS", help="Only those this person writes to.")] = None,
    limit: Limit = 50,
    json: AsJson = False,
) -> None:
    """List who is due, in turn; whether one is drafted today, or why not."""
    from itertools import islice

    from rekindle.journey.warming import check_ins

    rekindle = opened(ctx)
    with rekindle.store.reading() as session:
        lines = check_ins.outlook(session, rekindle.drafting, clock.now(), *rekindle.check_ins)
        found = list(islice((line for line in lines if of is None or line.each.writer == of.casefold()), limit + 1))
    if json:
        as_json([as_line(line) for line in found[:limit]])
        return
    print_lines(found[:limit])
    if len(found) > limit:
        typer.echo(f"{limit} of more: --limit shows more.")


@_commands.command()
def draft(
    ctx: typer.Context,
    candidate: Reference,
    variation: Annotated[int, typer.Option(min=0, max=99, help="Other words for the same facts.")] = 0,
    ask: Annotated[bool, typer.Option("--ask", help="Ask whoever knew them to approve it, if it is due.")] = False,
) -> None:
    """Draft one for somebody from recorded facts; stores nothing unless told to."""
    from rekindle.cli.letter_page import print_findings, print_proofs
    from rekindle.cli.printing import cell
    from rekindle.courtesy.check import check
    from rekindle.courtesy.letter import Letter
    from rekindle.journey.letters import proposing
    from rekindle.store.candidates import candidate as find

    rekindle = opened(ctx)
    with rekindle.store.reading() as session:
        person = find(session, candidate)
        made, known = proposing.propose_check_in(session, person, rekindle.drafting, clock.now(), variation)
    typer.secho(f"Subject: {cell(made.subject)}\n", bold=True)
    typer.echo(cell(made.body))
    print_proofs(made.proofs.as_record())
    typer.echo()
    print_findings(check(Letter(made.body, made.subject), known, rekindle.manner))
    if ask:
        _ask(ctx, person.id, variation)


def as_line(line: "Line") -> dict[str, object]:
    """Return somebody who is due as one object of a listing."""
    return {
        "candidate": f"c-{line.each.candidate_id}",
        "last_contact_on": line.each.last_contact_on,
        "due_on": line.each.due_on,
        "late": line.each.is_late,
        "writer": line.each.writer,
        "today": line.why_not is None,
        "code": line.why_not.code if line.why_not else None,
        "why_not": line.why_not.reason if line.why_not else None,
    }


def print_lines(lines: "list[Line]") -> None:
    rows = [
        (
            f"c-{line.each.candidate_id}",
            line.each.last_contact_on,
            f"{line.each.due_on}{' late' if line.each.is_late else ''}",
            line.each.writer,
            line.why_not.reason if line.why_not else "drafted today",
        )
        for line in lines
    ]
    table(("who!", "last contact!", "due since!", "from", "today"), rows, empty="Nobody is due a check-in.")


def _ask(ctx: typer.Context, candidate_id: int, variation: int) -> None:
    from rekindle.journey.letters import asking, proposing
    from rekindle.store.candidates import Candidate
    from rekindle.store.letters import REKINDLE

    rekindle, now = opened(ctx), clock.now()
    with rekindle.store.writing() as session:
        person = session.get_one(Candidate, candidate_id)
        row = proposing.lay_down_check_in(session, person, rekindle.drafting, now, variation)
        asked = asking.ask(session, row, rekindle.standards, by=REKINDLE, now=now)
    typer.echo(f"\napproval {asked.id} waits for {asked.assignee}: `rekindle approvals show {asked.id}`")
