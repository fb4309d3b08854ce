"""`rekindle check`: the courtesy check on a text a person wrote, against what is on record. Stores nothing."""

from typing import Annotated

import typer

from rekindle import clock
from rekindle.cli.help import RECRUITERS
from rekindle.cli.invocation import opened
from states.message import Occasion

_REFUSED = 1


def register(app: typer.Typer) -> None:
    app.command("check", rich_help_panel=RECRUITERS)(check)


def check(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The text, - for standard input.", show_default=False)],
    candidate: Annotated[str, typer.Option(metavar="CANDIDATE", help="c-17, or the address.", show_default=False)],
    role: Annotated[
        str | None, typer.Option(metavar="SLUG", help="The role it is about; not for a rejection letter or a check-in.")
    ] = None,
    occasion: Annotated[
        Occasion, typer.Option(help="What it is: re-engagement, follow-up, check-in or rejection-letter.")
    ] = Occasion.RE_ENGAGEMENT,
    plain: Annotated[bool, typer.Option("--plain", help="Print sentences instead of JSON.")] = False,
) -> None:
    """Check a letter somebody wrote; it prints JSON and exits 1 when something refuses."""
    from dataclasses import asdict

    from rekindle.cli.editing import text_of
    from rekindle.cli.letter_page import print_findings
    from rekindle.cli.printing import as_json
    from rekindle.courtesy.check import check as checked
    from rekindle.courtesy.check import is_clean
    from rekindle.courtesy.letter import read_letter
    from rekindle.errors import BadInput
    from rekindle.journey.letters.gathering import dossier
    from rekindle.journey.openings.opening import find_role
    from rekindle.store.candidates import candidate as find

    if role is None and occasion not in {Occasion.REJECTION, Occasion.CHECK_IN}:
        raise BadInput("say which role the letter is about: --role SLUG")
    rekindle = opened(ctx)
    text = text_of(file)
    with rekindle.store.reading() as session:
        about = find_role(session, role) if role else None
        person = find(session, candidate)
        known = dossier(session, person, occasion, about, rekindle.standards, clock.now().date())
    findings = checked(read_letter(text), known, rekindle.manner)
    clean = is_clean(findings)
    if plain:
        print_findings(findings)
    else:
        as_json({"ok": clean, "findings": [asdict(finding) for finding in findings]})
    if not clean:
        raise typer.Exit(_REFUSED)
