"""`rekindle events`: keep events, take answers as they come in, and write down who came."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from rekindle import clock
from rekindle.cli.help import RECRUITERS, group
from rekindle.cli.invocation import AsJson, Limit, opened
from rekindle.cli.printing import as_json, shortened
from rekindle.errors import BadInput

_commands = group("Keep events; take answers, and write down who came.")

Slug = Annotated[str, typer.Argument(metavar="SLUG", help="The event, as in `events list`.", show_default=False)]
File = Annotated[Path, typer.Argument(metavar="FILE", help="TOML; docs/events.md tells it.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; store nothing.")]


def register(app: typer.Typer) -> None:
    app.add_typer(_commands, name="events", rich_help_panel=RECRUITERS)


@_commands.command()
def add(ctx: typer.Context, file: File, dry_run: DryRun = False, json: AsJson = False) -> None:
    """Add an event from its file; the plan flow then asks whom to invite."""
    from rekindle.cli.event_page import added, print_added
    from rekindle.exchange.events import read_event
    from rekindle.journey.events.inviting import too_late
    from rekindle.journey.events.keeping import add as keep

    rekindle, now = opened(ctx), clock.now()
    record = read_event(file, rekindle.present_people)
    with rekindle.store.rehearsing() if dry_run else rekindle.store.writing() as session:
        event, new = keep(session, record, now)
        found = {**added(session, event), "new": new, "too_late": too_late(event, now, rekindle.event_notice)}
    begun = new and not dry_run and not found["too_late"] and rekindle.begin_event_mail({"event": record.slug})
    if json:
        as_json(found)
    else:
        print_added(found, begun=begun, dry_run=dry_run)


@_commands.command("list")
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are over or cancelled.")] = False,
    limit: Limit = 50,
    json: AsJson = False,
) -> None:
    """List the events to come, soonest first; with how many answered what."""
    from dataclasses import asdict

    from rekindle.cli.event_page import print_events
    from rekindle.journey.events import listing

    with opened(ctx).store.reading() as session:
        lines, total = listing.events(session, clock.now(), limit, everything=everything)
    if json:
        as_json([asdict(line) for line in lines])
        return
    print_events(lines)
    shortened(total, len(lines))


@_commands.command()
def show(ctx: typer.Context, slug: Slug, json: AsJson = False) -> None:
    """Show an event: when, where, for whom, and the mail about it."""
    from rekindle.cli.event_page import page, print_page
    from rekindle.journey.events.keeping import find_event

    with opened(ctx).store.reading() as session:
        found = page(session, find_event(session, slug))
    if json:
        as_json(found)
    else:
        print_page(found)


@_commands.command()
def change(ctx: typer.Context, slug: Slug, file: File, dry_run: DryRun = False, json: AsJson = False) -> None:
    """Bring an event up to date from its file; a notice for those who come is prepared where they have to know."""
    from rekindle.cli.event_page import changed, print_changed, tell_prefect
    from rekindle.exchange.events import read_event
    from rekindle.journey.events.keeping import change as keep

    rekindle = opened(ctx)
    record = read_event(file, rekindle.present_people)
    with rekindle.store.rehearsing() if dry_run else rekindle.store.writing() as session:
        found = changed(session, keep(session, slug, record, clock.now(), rekindle.frozen))
    if not dry_run:
        tell_prefect(rekindle, slug, found["notice"])
    if json:
        as_json(found)
    else:
        print_changed(found, dry_run=dry_run)


@_commands.command()
def cancel(
    ctx: typer.Context,
    slug: Slug,
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why, as guests read it.")],
    json: AsJson = False,
) -> None:
    """Cancel an event; letters that have not left never will, and word for those who know of it is prepared."""
    from rekindle.cli.event_page import cancelled, print_cancelled, tell_prefect
    from rekindle.journey.events.cancelling import cancel as call_off

    rekindle = opened(ctx)
    with rekindle.store.writing() as session:
        found = cancelled(session, call_off(session, slug, because, clock.now(), rekindle.frozen))
    tell_prefect(rekindle, slug, found["notice"])
    if json:
        as_json(found)
    else:
        print_cancelled(found)


@_commands.command()
def answer(
    ctx: typer.Context,
    slug: Slug,
    candidate: Annotated[str, typer.Argument(metavar="CANDIDATE", help="c-17, or the address.", show_default=False)],
    said: Annotated[str, typer.Argument(metavar="yes|no|maybe", help="What they answered.", show_default=False)],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day they did; else today.")] = None,
    json: AsJson = False,
) -> None:
    """Take down an answer; a yes to a full event waits, and who gives up a place lets the next one move up."""
    from rekindle.cli.event_page import answered, print_answered
    from rekindle.journey.events.answering import SAID
    from rekindle.journey.events.answering import answer as take
    from rekindle.store.candidates import candidate as find
    from rekindle.store.events import Answer

    words = {str(each): each for each in Answer if each in SAID}
    if said.casefold() not in words:
        raise BadInput(f"an answer is yes, no or maybe, not {said!r}")
    rekindle = opened(ctx)
    with rekindle.store.writing() as session:
        person, day = find(session, candidate), _day(on)
        done = take(session, slug, person.id, words[said.casefold()], clock.now(), rekindle.frozen, day)
        found = answered(session, done)
    if json:
        as_json(found)
    else:
        print_answered(found)


@_commands.command()
def attended(
    ctx: typer.Context,
    slug: Slug,
    candidates: Annotated[
        list[str], typer.Argument(metavar="CANDIDATE...", help="All who came: c-17, or addresses.", show_default=False)
    ],
    stayed_away: Annotated[bool, typer.Option("--not", help="These did not come.")] = False,
    json: AsJson = False,
) -> None:
    """Write down who came, in one line; each is a contact that took place."""
    from dataclasses import asdict

    from rekindle.journey.events.attending import attended as keep
    from rekindle.store.candidates import candidate as find

    with opened(ctx).store.writing() as session:
        ids = [find(session, each).id for each in candidates]
        done = keep(session, slug, ids, clock.now(), came=not stayed_away)
    if json:
        as_json(asdict(done))
        return
    what = "did not come" if stayed_away else "came"
    typer.echo(f"{done.new} {what}" + (f"; {done.known} were written down before" if done.known else ""))


@_commands.command()
def people(
    ctx: typer.Context,
    slug: Slug,
    only: Annotated[
        str | None, typer.Option("--answer", metavar="ANSWER", help="Only yes, maybe, no, waiting or none.")
    ] = None,
    limit: Limit = 200,
    json: AsJson = False,
) -> None:
    """List who was invited, what they answered, who waits and who came."""
    from dataclasses import asdict

    from rekindle.cli.event_page import print_people
    from rekindle.journey.events import listing
    from rekindle.journey.events.keeping import find_event
    from rekindle.store.events import Answer

    if only is not None and only not in set(Answer):
        raise BadInput(f"--answer is one of {', '.join(Answer)}, not {only!r}")
    with opened(ctx).store.reading() as session:
        lines, total = listing.guests(session, find_event(session, slug), limit, Answer(only) if only else None)
    if json:
        as_json([asdict(line) for line in lines])
        return
    print_people(lines)
    shortened(total, len(lines))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(f"--on is a day such as 2026-10-28, not {text!r}") from None
