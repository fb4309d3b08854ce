"""What `rekindle draft` and `rekindle letters ask` do: show a draft, lay it on the desk, put it to somebody."""

from typing import TYPE_CHECKING

import typer

from rekindle import clock
from rekindle.cli.letter_page import print_findings, print_proofs
from rekindle.cli.printing import as_json, cell
from rekindle.courtesy.check import check
from rekindle.courtesy.letter import Letter
from rekindle.errors import CourtesyRefused
from rekindle.journey.letters import asking, proposing
from rekindle.journey.letters.editing import find
from rekindle.journey.openings.opening import find_role
from rekindle.store.candidates import candidate
from rekindle.store.letters import REKINDLE

if TYPE_CHECKING:
    from rekindle.wiring import Rekindle


def shown(rekindle: "Rekindle", reference: str, slug: str, variation: int, *, json: bool) -> None:
    """Print the draft Rekindle would propose, its proofs, and what the check says."""
    with rekindle.store.reading() as session:
        person, role = candidate(session, reference), find_role(session, slug)
        made, known = proposing.propose(session, person, role, rekindle.drafting, clock.now(), variation)
    findings = check(Letter(made.body, made.subject), known, rekindle.manner)
    if json:
        from dataclasses import asdict

        told = {"subject": made.subject, "body": made.body, "signer": made.signer.address}
        as_json({**told, "proofs": made.proofs.as_record(), "findings": [asdict(finding) for finding in findings]})
        return
    typer.secho(f"Subject: {cell(made.subject)}\n", bold=True)
    typer.echo(cell(made.body))
    print_proofs(made.proofs.as_record())
    typer.echo()
    print_findings(findings)


def kept(rekindle: "Rekindle", reference: str, slug: str, variation: int, *, ask: bool) -> None:
    """Lay the draft on the desk, and ask about it if told to."""
    with rekindle.store.writing() as session:
        person, role = candidate(session, reference), find_role(session, slug)
        row = proposing.lay_down_proposal(session, person, role, rekindle.drafting, clock.now(), variation)
    typer.echo(f"letter {row.id} to c-{row.candidate_id} lies on the desk: `rekindle letters show {row.id}`")
    if ask:
        asked(rekindle, row.id, by=REKINDLE)


def asked(rekindle: "Rekindle", number: int, *, by: str) -> None:
    """Ask for the approval of a letter; print what speaks against it when it may not go."""
    try:
        with rekindle.store.writing() as session:
            row = find(session, number)
            question = asking.ask(session, row, rekindle.standards, by=by, now=clock.now())
    except CourtesyRefused as refused:
        print_findings(refused.findings)  # type: ignore[arg-type] # the check's own findings
        raise
    typer.echo(f"approval {question.id} waits for {question.assignee}: `rekindle approvals show {question.id}`")
