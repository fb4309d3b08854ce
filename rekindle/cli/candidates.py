"""`rekindle candidates`: look people up, write down what is known of them, move them along."""

from datetime import timedelta
from typing import Annotated

import typer

from rekindle import clock
from rekindle.cli import rhythm, wishes
from rekindle.cli.help import RECRUITERS, group
from rekindle.cli.invocation import AsJson, Limit, Person, Reference, opened
from rekindle.cli.printing import as_json, shortened, table
from states.candidate import CandidateState, Trigger

_commands = group("Look candidates up, note what is known of them, move them along.")
_LONGEST_WAY = 100


def register(app: typer.Typer) -> None:
    rhythm.register(_commands)
    wishes.register(_commands)
    app.add_typer(_commands, name="candidates", rich_help_panel=RECRUITERS)


@_commands.command("list")
def list_(
    ctx: typer.Context,
    state: Annotated[
        CandidateState | None, typer.Option(metavar="STATE", help="Only those in this state: nurturing, ...")
    ] = None,
    tag: Annotated[str | None, typer.Option(help="Only those with this tag.")] = None,
    recruiter: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Only those of this recruiter.")] = None,
    warm: Annotated[
        str | None, typer.Option("--readiness", metavar="HOW", help="Only who is maintained, lapsing or cold.")
    ] = None,
    limit: Limit = 50,
    json: AsJson = False,
) -> None:
    """List candidates; with the newest role each applied for, and how warm they are."""
    from dataclasses import asdict

    from rekindle.cli.readiness import named
    from rekindle.journey import listing

    rekindle = opened(ctx)
    how, team, today = named(warm) if warm else None, rekindle.standards.check_ins, rekindle.today(clock.now())
    with rekindle.store.reading() as session:
        page = listing.candidates(
            session, state=state, tag=tag, recruiter=recruiter, readiness=how, team=team, today=today, limit=limit
        )
    if json:
        as_json([asdict(line) for line in page.lines])
        return
    rows = [(line.id, line.name, line.state, line.readiness, line.role, line.decided_on) for line in page.lines]
    empty = "No such candidate is stored; `rekindle import FILE` brings them in."
    table(("id!", "name", "state!", "readiness!", "newest role", "decided!"), rows, empty=empty)
    shortened(page.total, len(page.lines))


@_commands.command()
def readiness(
    ctx: typer.Context,
    recruiter: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Only those of this recruiter.")] = None,
    limit: Limit = 10,
    json: AsJson = False,
) -> None:
    """Count who is maintained, lapsing or cold; and name who goes cold next."""
    from rekindle.cli.readiness import print_readiness, standing

    rekindle = opened(ctx)
    with rekindle.store.reading() as session:
        found = standing(session, recruiter, rekindle.standards.check_ins, rekindle.today(clock.now()), limit)
    if json:
        as_json(found)
    else:
        print_readiness(found)


@_commands.command()
def show(ctx: typer.Context, candidate: Reference, json: AsJson = False) -> None:
    """Show what is on record about one, and whether they may be mailed."""
    from rekindle.cli.candidate_page import page, print_page
    from rekindle.store.candidates import candidate as find

    rekindle = opened(ctx)
    with rekindle.store.reading() as session:
        found = page(session, find(session, candidate), rekindle, clock.now())
    if json:
        as_json(found)
    else:
        print_page(found)


@_commands.command()
def note(
    ctx: typer.Context,
    candidate: Reference,
    text: Annotated[str, typer.Option(help="What is known, in a sentence.", show_default=False)],
    kind: Annotated[str, typer.Option(help="strength, background, interest, preference or internal.")] = "internal",
    source: Annotated[str | None, typer.Option(help="Who said or saw it, and where.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DAY", help="When, as YYYY-MM-DD; today unless said.")] = None,
    sayable: Annotated[bool, typer.Option("--sayable", help="A message to the candidate may use it.")] = False,
) -> None:
    """Write down something known about a candidate; messages use it only if it is sayable."""
    from rekindle.journey import recording
    from rekindle.store.candidates import candidate as find

    told = {"kind": kind, "text": text, "source": source, "on": on, "sayable": sayable}
    with opened(ctx).store.writing() as session:
        person = find(session, candidate)
        row, new = recording.note(session, person.id, told, clock.now())
    done = "noted" if new else "known already, brought up to date"
    typer.echo(f"c-{person.id}: {done} ({row.kind}, {'sayable' if row.sayable else 'not sayable'})")


@_commands.command()
def touch(
    ctx: typer.Context,
    candidate: Reference,
    on: Annotated[str, typer.Option(metavar="DAY", help="The day, as YYYY-MM-DD.", show_default=False)],
    channel: Annotated[str, typer.Option(help="email, call, linkedin, event, meeting or reply.", show_default=False)],
    direction: Annotated[str, typer.Option(help="out if we got in touch, in if they did.")] = "out",
    summary: Annotated[str | None, typer.Option(help="What it was about.")] = None,
) -> None:
    """Record a contact that took place; what did not take place is never claimed."""
    from rekindle.journey import recording
    from rekindle.store.candidates import candidate as find

    told = {"on": on, "channel": channel, "direction": direction, "summary": summary}
    with opened(ctx).store.writing() as session:
        person = find(session, candidate)
        row, new = recording.touch(session, person.id, told, clock.now())
    typer.echo(
        f"c-{person.id}: {row.channel} {row.direction} on {row.on} {'recorded' if new else 'was on record already'}"
    )


@_commands.command()
def move(
    ctx: typer.Context,
    candidate: Reference,
    trigger: Annotated[Trigger, typer.Argument(help="What happened; docs/states.md tells what each means.")],
    person: Person,
    reason: Annotated[str, typer.Option(help="Why, in a sentence.", show_default=False)],
    evidence: Annotated[str, typer.Option(help="Where the candidate's own word for it can be seen.")] = "",
) -> None:
    """Move a candidate along; where the policy wants a person to agree, those who decide are asked."""
    from rekindle.journey.approvals.requesting import Wish, request
    from rekindle.store.approvals import Approval
    from rekindle.store.candidates import candidate as find

    rekindle = opened(ctx)
    asked = rekindle.settings.approvals
    wish = Wish(trigger, reason, rekindle.decider(person).address, evidence)
    with rekindle.store.writing() as session:
        who = find(session, candidate)
        done = request(
            session,
            who.id,
            wish,
            policy=rekindle.policy,
            deciders=asked.decided_by,
            due=timedelta(days=asked.due_days),
            now=clock.now(),
        )
    if isinstance(done, Approval):
        typer.echo(f"c-{who.id}: {trigger} waits for approval {done.id}; `rekindle approvals approve {done.id}`")
    else:
        typer.echo(f"c-{who.id} is {done} now")


@_commands.command()
def stop(
    ctx: typer.Context,
    candidate: Reference,
    via: Annotated[str, typer.Option(help="How they told us: phone, letter, in person, ...")] = "phone",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is the right person.")] = False,
) -> None:
    """Take a stop that did not come by the link; it holds at once and for good."""
    import sys

    from rekindle.errors import BadInput
    from rekindle.journey import answers
    from rekindle.store.candidates import candidate as find

    if not via.isprintable() or len(via) > _LONGEST_WAY:
        raise BadInput("say in a few words how they told us: --via phone")
    rekindle = opened(ctx)
    with rekindle.store.reading() as session:
        person = find(session, candidate)
    if sys.stdin.isatty() and not yes:
        typer.confirm(f"Never write to {person.given_name} {person.family_name} (c-{person.id}) again?", abort=True)
    hashed = rekindle.address_hash(person.address or person.email)
    with rekindle.store.writing() as session:
        answers.stop(session, person.id, address_hash=hashed, via=via, now=clock.now(), policy=rekindle.policy)
    typer.echo(
        f"c-{person.id} gets nothing from us any more: declined, address suppressed, what was queued is cancelled"
    )
