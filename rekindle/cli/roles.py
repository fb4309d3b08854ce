"""`rekindle roles`: open and close roles, see whom one may fit and why, and which promises fall due."""

from pathlib import Path
from typing import Annotated

import typer

from rekindle import clock
from rekindle.cli.help import RECRUITERS, group
from rekindle.cli.invocation import AsJson, Limit, Person, opened
from rekindle.cli.printing import as_json, shortened, table

_commands = group("Open and close roles; see whom one may fit, and why.")

Slug = Annotated[str, typer.Argument(metavar="SLUG", help="The role, as in `roles list`.", show_default=False)]


def register(app: typer.Typer) -> None:
    app.add_typer(_commands, name="roles", rich_help_panel=RECRUITERS)


@_commands.command("open")
def open_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TOML; docs/roles.md tells it.", show_default=False)],
    again: Annotated[bool, typer.Option("--again", help="Open a role anew that was closed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; store nothing.")] = False,
) -> None:
    """Open a role from its file, or bring it up to date; lists the promises that fall due."""
    from rekindle.cli.role_page import print_opened
    from rekindle.exchange.roles import read_role
    from rekindle.journey.openings.opening import open_role
    from rekindle.journey.openings.promising import promises_due

    rekindle = opened(ctx)
    record = read_role(file, rekindle.settings.levels.ladder)
    with rekindle.store.rehearsing() if dry_run else rekindle.store.writing() as session:
        done = open_role(session, record, clock.now(), again=again)
        due = promises_due(session, done.role)
        # What is rolled back could not be shown afterwards.
        session.expunge(done.role)
    if dry_run:
        typer.echo("A dry run: nothing was stored.")
    print_opened(done, due)
    if dry_run:
        return
    if rekindle.begin_letters(done.role, clock.now()):
        typer.echo("Prefect drafts its letters now; `rekindle letters list` shows them.")
    else:
        typer.echo(f"The plan flow drafts its letters, or: rekindle run re-engagement --role {done.role.slug}")


@_commands.command("list")
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones as well.")] = False,
    limit: Limit = 50,
    json: AsJson = False,
) -> None:
    """List the open roles, newest first; with how far their letters have come."""
    from dataclasses import asdict

    from rekindle.cli.role_page import counts
    from rekindle.journey.openings.tallying import roles

    with opened(ctx).store.reading() as session:
        found = roles(session, everything=everything)
    if json:
        as_json([asdict(line) for line in found[:limit]])
        return
    rows = [
        (each.slug, each.title, counts(each.letters), each.approvals_waiting, each.closed_at and each.closed_at.date())
        for each in found[:limit]
    ]
    empty = "No role is open; `rekindle roles open FILE.toml` opens one."
    table(("slug!", "title", "letters", "to decide", "closed!"), rows, empty=empty)
    shortened(len(found), limit)


@_commands.command()
def show(ctx: typer.Context, slug: Slug, json: AsJson = False) -> None:
    """Show a role as it is now; what it asks for, its process step by step, its letters."""
    from rekindle.cli.role_page import page, print_page
    from rekindle.journey.openings.opening import find_role

    with opened(ctx).store.reading() as session:
        found = page(session, find_role(session, slug))
    if json:
        as_json(found)
    else:
        print_page(found)


@_commands.command()
def close(
    ctx: typer.Context,
    slug: Slug,
    person: Person,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in a sentence.", show_default=False)],
) -> None:
    """Close a role; letters about it that have not left never will."""
    from rekindle.journey.letters.closing import take_back_letters_of_role
    from rekindle.journey.openings.opening import close_role, find_role

    rekindle = opened(ctx)
    by = rekindle.decider(person).address
    with rekindle.store.writing() as session:
        taken = close_role(session, slug, reason, clock.now(), by=by, take_back=take_back_letters_of_role)
        run_id = find_role(session, slug).run_id
    # The parked run has to see that nothing waits any more.
    rekindle.resume(run_id)
    typer.echo(f"{slug} is closed; {taken} {'letter' if taken == 1 else 'letters'} will not go")


@_commands.command()
def shortlist(
    ctx: typer.Context,
    slug: Slug,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, max=500, metavar="N", help="Rank at most this many.")
    ] = None,
    left_out: Annotated[bool, typer.Option("--left-out", help="Name those who are left out.")] = False,
    json: AsJson = False,
) -> None:
    """Show whom a role may fit, and why; every reason with its records, and why others are left out."""
    from rekindle.cli.shortlist_page import page, print_page
    from rekindle.journey.openings.opening import find_role
    from rekindle.journey.openings.shortlisting import shortlist as find

    rekindle = opened(ctx)
    wanted, most = rekindle.settings.shortlist, limit or rekindle.settings.shortlist.most
    with rekindle.store.reading() as session:
        role = find_role(session, slug)
        found = find(
            session,
            role,
            clock.now(),
            rekindle.limits,
            rekindle.settings.levels.ladder,
            wanted.recently_days,
            wanted.recycle_months,
            most,
            address_hash=rekindle.address_hash,
            examples=most if left_out else 3,
        )
        if json:
            as_json(page(role, found))
        else:
            print_page(session, role, found, left_out=left_out)


@_commands.command()
def promises(ctx: typer.Context, slug: Slug, limit: Limit = 50, json: AsJson = False) -> None:
    """List whose promise falls due; who was to hear from us when such a role opens, the oldest first."""
    from dataclasses import asdict

    from rekindle.cli.role_page import print_promises
    from rekindle.journey.openings.opening import find_role
    from rekindle.journey.openings.promising import promises_due

    with opened(ctx).store.reading() as session:
        due = promises_due(session, find_role(session, slug))
    if json:
        as_json([asdict(each) for each in due[:limit]])
        return
    print_promises(due, limit)
