"""`rekindle approvals review`: one letter after the other on the terminal, a key for each."""

import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Annotated

import typer

from rekindle import clock
from rekindle.cli.invocation import Person, opened
from states.message import Occasion

if TYPE_CHECKING:
    from rekindle.journey.approvals.approval import Decider, Decision
    from rekindle.journey.approvals.reviewing import Sheet
    from rekindle.store.approvals import Approval
    from rekindle.wiring import Rekindle

_KEYS = "a approve   e edit   d decline   l later   s skip   q quit"


def register(commands: typer.Typer) -> None:
    commands.command("review")(review)


def review(
    ctx: typer.Context,
    person: Person,
    kind: Annotated[
        Occasion | None,
        typer.Option(
            "--kind", metavar="KIND", help="Only these: check-in, re-engagement, follow-up, rejection-letter."
        ),
    ] = None,
    everyone: Annotated[bool, typer.Option("--everyone", help="Also those that wait for colleagues.")] = False,
) -> None:
    """Go through the letters that wait for you, one key each; what is shown is what goes."""
    from rekindle.errors import BadInput
    from rekindle.journey.approvals import reviewing

    if not sys.stdin.isatty():
        raise BadInput("a review needs a terminal; without one: `rekindle approvals list`, show, and approve each")
    rekindle = opened(ctx)
    who = rekindle.decider(person)
    with rekindle.store.reading() as session:
        waiting = reviewing.queue(session, who, clock.now(), occasion=kind, everyone=everyone)
    if not waiting:
        typer.echo("Nothing waits for you.")
        return
    from click import getchar

    Review(rekindle, who, deque(waiting)).go(getchar)


class Review:
    """One sitting. The next letter is read while this one is, so that nobody waits for it."""

    def __init__(self, rekindle: "Rekindle", who: "Decider", waiting: deque[int]) -> None:
        self._rekindle = rekindle
        self._who = who
        self._waiting = waiting
        self._total = len(waiting)
        self._decided: list[Approval] = []
        self._done = 0

    def go(self, read_key: Callable[[], str]) -> None:
        """Show one after the other. A key pressed before a letter is there is lost: nothing unseen is decided."""
        sheet = self._next()
        with ThreadPoolExecutor(max_workers=1) as reader:
            while sheet is not None:
                self._show(sheet)
                ahead = reader.submit(self._next)
                again = self._asked(sheet, read_key)
                following = ahead.result()
                if isinstance(again, bool):
                    sheet = following
                    continue
                # Edited: it is looked at once more, and the other one after it. Or ended: what is left, is left.
                left = [each.approval_id for each in (None if again else sheet, following) if each]
                self._waiting.extendleft(reversed(left))
                sheet = again
        self._end()

    def _next(self) -> "Sheet | None":
        from rekindle.journey.approvals import reviewing

        while self._waiting:
            number = self._waiting.popleft()
            with self._rekindle.store.reading() as session:
                if sheet := reviewing.look(session, number, self._rekindle.standards, clock.now()):
                    return sheet
        return None

    def _show(self, sheet: "Sheet") -> None:
        from rekindle.cli.letter_page import print_findings
        from rekindle.cli.printing import cell, table

        self._done += 1
        typer.secho(f"\n{'─' * 60}\n{self._done}/{self._total}  ", dim=True, nl=False)
        typer.secho(f"{sheet.occasion} to {cell(sheet.name)} ({sheet.candidate}), signed by {sheet.signer}", bold=True)
        typer.secho(f"\nSubject: {cell(sheet.subject)}\n", bold=True)
        typer.echo(f"{cell(sheet.body)}\n")
        table(("rests on", "record!", ""), sheet.facts, empty="It rests on no record.")
        print_findings(sheet.findings)
        if sheet.objection:
            typer.secho(f"may not go: {cell(sheet.objection)}", fg=typer.colors.YELLOW)
        typer.secho(f"\n{_KEYS}", dim=True)

    def _asked(self, sheet: "Sheet", read_key: Callable[[], str]) -> "Sheet | bool | None":
        """Do what the key says. Returns a letter to look at again, False to go on, None to end."""
        from rekindle.journey.approvals.approval import Decision

        while True:
            match _key(read_key):
                case "a":
                    return self._decide(sheet, Decision.APPROVE)
                case "d":
                    return self._decide(sheet, Decision.DECLINE)
                case "e":
                    return self._edit(sheet)
                case "l":
                    return self._later(sheet)
                case "s":
                    return False
                case "q":
                    return None

    def _decide(self, sheet: "Sheet", decision: "Decision") -> bool:
        from rekindle.errors import RekindleError
        from rekindle.journey.approvals import reviewing

        try:
            with self._rekindle.store.writing() as session:
                decided = reviewing.decide(
                    session, sheet, decision, self._who, terms=self._rekindle.terms, now=clock.now()
                )
        except RekindleError as error:
            typer.secho(str(error), fg=typer.colors.YELLOW)
            return False
        typer.secho(decided.sentence, fg=typer.colors.GREEN if decided.won else typer.colors.YELLOW)
        if decided.won:
            self._decided.append(decided.approval)
        return False

    def _edit(self, sheet: "Sheet") -> "Sheet | bool":
        from rekindle.cli.editing import edited
        from rekindle.errors import CourtesyRefused, RekindleError
        from rekindle.journey.approvals import approval, reviewing

        try:
            edited(self._rekindle, sheet.message_id, self._who.address, None, approve=False)
        except CourtesyRefused as refused:
            typer.secho(str(refused), fg=typer.colors.YELLOW)
            return False
        except RekindleError as error:
            typer.secho(str(error), fg=typer.colors.YELLOW)
        self._done -= 1
        with self._rekindle.store.reading() as session:
            number = approval.of_letter(session, sheet.message_id).id
            return reviewing.look(session, number, self._rekindle.standards, clock.now()) or False

    def _later(self, sheet: "Sheet") -> bool:
        from datetime import timedelta

        from rekindle.errors import RekindleError
        from rekindle.journey.approvals import approval

        now, due = clock.now(), timedelta(days=self._rekindle.settings.approvals.due_days)
        until = now + timedelta(days=1)
        try:
            with self._rekindle.store.writing() as session:
                row = approval.defer(session, sheet.approval_id, self._who, until=until, now=now, due=due)
        except RekindleError as error:
            typer.secho(str(error), fg=typer.colors.YELLOW)
            return False
        typer.echo(f"it comes back on {row.not_before:%Y-%m-%d %H:%M} UTC")
        self._decided.append(row)
        return False

    def _end(self) -> None:
        """Tell Prefect once, at the end: nobody waits for it between two letters."""
        from rekindle.cli.deciding import wake
        from rekindle.store.approvals import ApprovalState

        # An approved one starts a delivery, which sends all that may go; any other only wakes its run.
        approved = [row for row in self._decided if row.state is ApprovalState.APPROVED]
        told = wake(self._rekindle, [*self._decided, *approved][-1]) if self._decided else None
        left = len(self._waiting)
        typer.echo(f"\n{len(self._decided)} decided or put off{f', {left} left' if left else ''}")
        if told:
            typer.echo(told)


def _key(read_key: Callable[[], str]) -> str:
    try:
        return read_key().casefold()
    except (KeyboardInterrupt, EOFError):
        return "q"
