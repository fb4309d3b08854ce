"""`rekindle letters`: personal letters on their way from the desk to the person; and `rekindle draft`."""

from typing import Annotated

import typer

from rekindle import clock
from rekindle.cli.help import RECRUITERS, group
from rekindle.cli.invocation import MOST, AsJson, Limit, Person, opened
from rekindle.cli.printing import as_json, shortened, table
from states.message import MessageState

_commands = group("See personal letters, change their words, ask for approval.")

Number = Annotated[int, typer.Argument(metavar="LETTER", help="Its number.", min=1, max=MOST, show_default=False)]


def register(app: typer.Typer) -> None:
    app.command("draft", rich_help_panel=RECRUITERS)(draft)
    app.add_typer(_commands, name="letters", rich_help_panel=RECRUITERS)


def draft(
    ctx: typer.Context,
    candidate: Annotated[str, typer.Option(metavar="CANDIDATE", help="c-17, or the address.", show_default=False)],
    role: Annotated[str, typer.Option(metavar="SLUG", help="The open role.", show_default=False)],
    variation: Annotated[int, typer.Option(min=0, max=99, help="Other words for the same facts.")] = 0,
    keep: Annotated[bool, typer.Option("--keep", help="Lay it on the desk, to be edited.")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="Lay it on the desk, and ask for its approval.")] = False,
    json: AsJson = False,
) -> None:
    """Draft a letter about a role from recorded facts, with its proofs; stores nothing unless told to."""
    from rekindle.cli.drafting import kept, shown

    rekindle = opened(ctx)
    if keep or ask:
        kept(rekindle, candidate, role, variation, ask=ask)
    else:
        shown(rekindle, candidate, role, variation, json=json)


@_commands.command("list")
def list_(
    ctx: typer.Context,
    state: Annotated[
        MessageState | None, typer.Option(metavar="STATE", help="Only those in this state: drafted, awaiting, ...")
    ] = None,
    role: Annotated[str | None, typer.Option(metavar="SLUG", help="Only those about this role.")] = None,
    limit: Limit = 50,
    json: AsJson = False,
) -> None:
    """List personal letters, the newest first."""
    from dataclasses import asdict

    from rekindle.journey.letters.listing import letters

    with opened(ctx).store.reading() as session:
        page = letters(session, state=state, role=role, limit=limit)
    if json:
        as_json([asdict(line) for line in page.lines])
        return
    rows = [(x.id, x.candidate, x.occasion, x.role, x.state, x.approval_id, x.reason) for x in page.lines]
    table(("no!", "to!", "occasion", "role", "state!", "approval!", "why"), rows, empty="There is no such letter.")
    shortened(page.total, len(page.lines))


@_commands.command()
def show(ctx: typer.Context, number: Number, json: AsJson = False) -> None:
    """Show a letter word for word; what it rests on, and what speaks against it now."""
    from rekindle.cli.letter_page import letter_page, print_findings, print_letter
    from rekindle.journey.letters.editing import find
    from rekindle.journey.letters.judging import judge

    rekindle = opened(ctx)
    with rekindle.store.reading() as session:
        row = find(session, number)
        found = judge(session, row, rekindle.standards, clock.now())
        page = letter_page(row, found)
    if json:
        as_json(page)
    else:
        print_letter(page)
        typer.echo()
        print_findings(found.findings)


@_commands.command()
def edit(
    ctx: typer.Context,
    number: Number,
    person: Person,
    file: Annotated[
        str | None, typer.Option("--file", metavar="FILE", help="The new text, - for standard input; else your editor.")
    ] = None,
    approve: Annotated[bool, typer.Option("--approve", help="Approve it at once, if it passes.")] = False,
) -> None:
    """Change the words; what was asked about the old ones is void, and these are asked about anew."""
    from rekindle.cli.editing import edited

    edited(opened(ctx), number, person, file, approve=approve)


@_commands.command("ask")
def ask_(ctx: typer.Context, number: Number, person: Person) -> None:
    """Ask for the approval of a letter on the desk."""
    from rekindle.cli.drafting import asked

    rekindle = opened(ctx)
    asked(rekindle, number, by=rekindle.decider(person).address)


@_commands.command()
def withdraw(
    ctx: typer.Context,
    number: Number,
    person: Person,
    reason: Annotated[str, typer.Option(help="Why, in a sentence.", show_default=False)],
) -> None:
    """Take back a letter that has not left; nothing more happens with it."""
    from rekindle.errors import BadInput
    from rekindle.journey.letters.editing import find
    from rekindle.journey.letters.holding import drop

    rekindle = opened(ctx)
    by = rekindle.decider(person).address
    with rekindle.store.writing() as session:
        row = find(session, number)
        if not drop(session, row, f"withdrawn by {by}: {_one_line(reason)}", clock.now()):
            raise BadInput(f"letter {number} is {row.state}: it cannot be taken back any more")
    typer.echo(f"letter {number} is cancelled")


def _one_line(text: str) -> str:
    from rekindle.errors import BadInput

    if not text.strip() or not text.isprintable():
        raise BadInput("give a reason of one line")
    return text.strip()
