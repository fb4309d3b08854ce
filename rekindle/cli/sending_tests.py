"""`rekindle send-test`: one email to one of the team, by the real route. Nothing is recorded."""

from typing import Annotated

import typer

from rekindle import clock
from rekindle.cli.help import RECRUITERS
from rekindle.cli.invocation import MOST, opened
from rekindle.errors import NotYours, RekindleError


def register(app: typer.Typer) -> None:
    app.command("send-test", rich_help_panel=RECRUITERS)(send_test)


def send_test(
    ctx: typer.Context,
    email: Annotated[str, typer.Argument(help="Its name, such as quarterly-update.", show_default=False)],
    to: Annotated[str, typer.Option(metavar="ADDRESS", help="One of the team.", show_default=False)],
    candidate: Annotated[
        str | None, typer.Option(metavar="CANDIDATE", help="Whose letter: c-17 or the address.")
    ] = None,
    edition: Annotated[
        int | None, typer.Option(metavar="EDITION", min=1, max=MOST, help="What they get from this edition.")
    ] = None,
) -> None:
    """Send an email to a colleague as a test; its links lead nowhere, and no record is kept."""
    import asyncio

    from rekindle.journey.bulk.trials import once
    from rekindle.journey.outbox import delivery

    rekindle = opened(ctx)
    address, now = to.casefold(), clock.now()
    if address not in rekindle.present_people:
        raise NotYours(f"{to} is not one of the team: a test goes to who is here, see `rekindle people list`")
    route = rekindle.route()
    with rekindle.store.rehearsing() as session:
        mail = rekindle.trials.write(session, email, address, candidate, edition, now)
    tally = asyncio.run(delivery.deliver(route, once(mail), 1))
    if not tally.sent:
        outcome = next(iter(tally.outcomes), "nothing was tried")
        raise RekindleError(f"the test was not sent: {tally.stopped or f'the mail server said {outcome}'}")
    typer.echo(f"sent to {address}; nothing is recorded")
