"""`rekindle rejections`: who still has to be told that it is a no, and the letter that tells them."""

from typing import TYPE_CHECKING, Annotated

import typer

from rekindle import clock
from rekindle.cli.help import RECRUITERS, group
from rekindle.cli.invocation import AsJson, Limit, Person, Reference, opened
from rekindle.cli.printing import as_json, table

if TYPE_CHECKING:
    from rekindle.store.tasks import Task

_commands = group("Tell people that it is a no; who still waits, and their letter.")


def register(app: typer.Typer) -> None:
    app.add_typer(_commands, name="rejections", rich_help_panel=RECRUITERS)


@_commands.command("list")
def list_(ctx: typer.Context, limit: Limit = 50, json: AsJson = False) -> None:
    """List who was turned down and never told; whoever it is the second time for is called first."""
    from dataclasses import asdict

    from rekindle.journey.letters.rejecting import untold

    with opened(ctx).store.reading() as session:
        found = untold(session, limit)
    if json:
        as_json([asdict(line) for line in found])
        return
    rows = [
        (f"c-{line.candidate_id}", line.role, line.message_id, "call them first" if line.times > 1 else "a letter")
        for line in found
    ]
    table(("who!", "role", "letter!", "what to do"), rows, empty="Everybody has been told.")


@_commands.command()
def record(
    ctx: typer.Context,
    candidate: Reference,
    person: Person,
    reason: Annotated[str, typer.Option(help="Why it was somebody else.", show_default=False)],
    sayable: Annotated[bool, typer.Option("--sayable", help="The letter may say the reason.")] = False,
    stage: Annotated[str | None, typer.Option(help="The last stage they reached.")] = None,
) -> None:
    """Write down that somebody in interviews was not chosen; their state changes when they have been told."""
    from rekindle.journey.letters.rejecting import Told, turn_down
    from rekindle.journey.tasks.finding import ask_for_call
    from rekindle.store.candidates import candidate as find

    rekindle = opened(ctx)
    rekindle.decider(person)
    with rekindle.store.writing() as session:
        who = find(session, candidate)
        row = turn_down(session, who.id, Told(reason, sayable, stage), clock.now())
        call = ask_for_call(session, who.id, rekindle.task_rules, clock.now())
    typer.echo(f"c-{who.id} was not chosen for {row.role}.")
    if call:
        typer.echo(_call_first(call))
    typer.echo(f"Then `rekindle rejections draft c-{who.id}` writes the letter.")


@_commands.command()
def draft(
    ctx: typer.Context,
    candidate: Reference,
    variation: Annotated[int, typer.Option(min=0, max=99, help="Other words for the same facts.")] = 0,
    ask: Annotated[bool, typer.Option("--ask", help="Ask for its approval at once.")] = False,
) -> None:
    """Draft the letter that tells somebody; from recorded facts, laid on the desk."""
    from rekindle.cli.drafting import asked
    from rekindle.journey.letters.proposing import lay_down_rejection
    from rekindle.journey.letters.rejecting import application_to_tell
    from rekindle.journey.tasks.finding import ask_for_call
    from rekindle.store.candidates import candidate as find
    from rekindle.store.letters import REKINDLE

    rekindle = opened(ctx)
    with rekindle.store.writing() as session:
        who = find(session, candidate)
        about = application_to_tell(session, who.id)
        # On its own: whatever becomes of the draft, the call is owed.
        call = ask_for_call(session, who.id, rekindle.task_rules, clock.now())
    if call:
        typer.echo(_call_first(call))
    with rekindle.store.writing() as session:
        row = lay_down_rejection(session, who, about, rekindle.drafting, clock.now(), variation)
    typer.echo(f"letter {row.id} to c-{row.candidate_id} lies on the desk: `rekindle letters show {row.id}`")
    if ask:
        asked(rekindle, row.id, by=REKINDLE)


def _call_first(task: "Task") -> str:
    from rekindle.journey.tasks.doing import ending

    if task.done_at:
        return f"Call them before the letter: it is not the first no. Task {task.id} {ending(task)}"
    return f"Call them before the letter, it is not the first no: task {task.id} of {task.assignee}, due {task.due_on}"
