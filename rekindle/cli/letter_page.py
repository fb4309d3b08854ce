"""One personal letter as people read it: the words, what they rest on, and what the check says."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from rekindle.cli.printing import cell, facts

if TYPE_CHECKING:
    from rekindle.courtesy.finding import Finding
    from rekindle.journey.letters.judging import Judgement
    from rekindle.store.messages import Message


def letter_page(row: "Message", found: "Judgement") -> dict[str, Any]:
    """Gather what is shown of a letter, in a form that is JSON as well."""
    return {
        "id": row.id,
        "to": f"c-{row.candidate_id}",
        "occasion": row.occasion,
        "state": row.state,
        "reason": row.reason,
        "role": found.known.role.slug if found.known.role else None,
        "signer": found.letter.signer,
        "author": found.letter.author,
        "written_at": found.letter.written_at,
        "subject": found.letter.subject,
        "body": found.letter.body,
        "proofs": found.letter.proofs,
        "may_go": found.may_go,
        "refused_because": [refusal.reason for refusal in found.refusals],
        "findings": [asdict(finding) for finding in found.findings],
    }


def print_letter(page: dict[str, Any]) -> None:
    """Print the words first, then what speaks for and against them."""
    typer.secho(f"Subject: {cell(page['subject'])}\n", bold=True)
    typer.echo(f"{cell(page['body'])}\n")
    shown = ("to", "occasion", "state", "reason", "role", "signer", "author", "written_at")
    facts({name.replace("_", " "): page[name] for name in shown})
    print_proofs(page["proofs"])
    for reason in page["refused_because"]:
        typer.secho(f"may not go: {reason}", fg=typer.colors.YELLOW)


def print_proofs(proofs: dict[str, Any]) -> None:
    """Print each proof with the records it rests on."""
    if proofs:
        typer.secho("\nWhat it rests on:", bold=True)
        facts({f"  {name.replace('_', ' ')}": value for name, value in proofs.items()})


def print_findings(findings: Iterable["Finding"]) -> None:
    """Print what the courtesy check found, the grave things first."""
    rows = sorted(findings, key=lambda finding: finding.severity)
    for finding in rows:
        grave = finding.severity == "refuse"
        colour = typer.colors.RED if grave else typer.colors.YELLOW
        typer.secho(f"{finding.severity} {finding.rule}", fg=colour, bold=grave, nl=False)
        evidence = f" [{', '.join(finding.evidence)}]" if finding.evidence else ""
        typer.echo(f": {cell(finding.message)}{evidence}")
        if finding.quote:
            typer.echo(f"    “{cell(finding.quote)}”")
    if not rows:
        typer.secho("Nothing speaks against it.", fg=typer.colors.GREEN)
