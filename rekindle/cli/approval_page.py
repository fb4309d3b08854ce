"""The page of one approval: the question, what it rests on, and exactly what would happen."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.cli.letter_page import letter_page, print_letter
from rekindle.cli.printing import cell, facts, shortened, table
from rekindle.journey import listing
from rekindle.journey.bulk import editions
from rekindle.journey.letters.judging import judge
from rekindle.journey.outbox.writing import Writer
from rekindle.store.approvals import Approval
from rekindle.store.letters import Letter
from rekindle.store.messages import Message
from rekindle.wiring import Rekindle


def as_line(row: Approval) -> dict[str, Any]:
    """Return an approval as one object of a listing."""
    return {
        "id": row.id,
        "kind": row.kind,
        "question": row.question,
        "state": row.state,
        "asked_by": row.asked_by,
        "asked_at": row.asked_at,
        "due_at": row.due_at,
        "not_before": row.not_before,
        "deciders": row.deciders,
        "decided_by": row.decided_by,
        "decided_at": row.decided_at,
        "assignee": row.assignee,
        "not_by": row.barred,
        "via": row.via,
        "note": row.note,
        "digest": row.digest,
    }


def page(session: Session, row: Approval, limit: int, rekindle: Rekindle, now: datetime) -> dict[str, Any]:
    """Gather what is shown, in a form that is JSON as well; of an edition's letters at most `limit`."""
    edition = _edition(session, row.edition_id, limit, rekindle.writer) if row.edition_id else None
    letter = _letter(session, row, rekindle, now) if row.message_id else None
    return {**as_line(row), "evidence": row.evidence, "edition": edition, "letter": letter}


def _letter(session: Session, row: Approval, rekindle: Rekindle, now: datetime) -> dict[str, Any]:
    """Show the version this approval is about, whatever has been written since."""
    message = session.get_one(Message, row.message_id)
    seen = session.get_one(Letter, row.evidence["letter"])
    now_found = judge(session, message, rekindle.standards, now)
    return {
        **letter_page(message, replace(now_found, letter=seen)),
        "newest": now_found.letter.id == seen.id,
        "letter": seen.id,
    }


def print_page(found: dict[str, Any]) -> None:
    typer.secho(f"{found['id']}. {found['question']}", bold=True)
    typer.echo()
    shown = {name.replace("_", " "): value for name, value in found.items() if not isinstance(value, dict)}
    facts({name: value for name, value in shown.items() if name not in {"id", "question"}})
    typer.echo()
    if found["edition"]:
        _print_edition(found["edition"])
    elif found["letter"]:
        print_letter(found["letter"])
        if not found["letter"]["newest"]:
            typer.secho("\nA newer version of the words exists.", fg=typer.colors.YELLOW)
    else:
        facts(_of_evidence(found["evidence"]))


def _edition(session: Session, edition_id: int, limit: int, writer: Writer) -> dict[str, Any]:
    edition = editions.find(session, edition_id)
    letters = listing.letters(session, edition_id=edition_id, limit=limit)
    return {
        "id": edition.id,
        "programme": edition.programme,
        "period": edition.period,
        "state": edition.state,
        "letters": editions.tally(session, edition_id),
        "left_out": listing.left_out(session, edition_id),
        "items": listing.items_of(session, edition_id),
        "offered": listing.offered(session, edition),
        "example": _example(session, edition_id, writer),
        "first_letters": [asdict(letter) for letter in letters.lines],
        "letters_in_all": letters.total,
    }


def _example(session: Session, edition_id: int, writer: Writer) -> dict[str, str] | None:
    """Write one of the letters in full, as it would go."""
    query = select(Message).where(Message.edition_id == edition_id).order_by(Message.id).limit(1)
    first = session.scalar(query)
    if first is None:
        return None
    letter = writer.letter(session, first)
    return {"to": f"c-{first.candidate_id}", "subject": letter.subject, "text": letter.text}


def _print_edition(edition: dict[str, Any]) -> None:
    table(("letters", "how many!"), edition["letters"].items(), empty="There is no letter in it.")
    table(("left out because", "how many!"), edition["left_out"], empty="Nobody was left out.")
    table(("item", "in how many letters!"), edition["items"], empty="")
    rows = [
        (letter["candidate"] if first else "", title, why)
        for letter in edition["first_letters"]
        for first, (title, why) in _marked(letter["items"])
    ]
    table(("who!", "gets", "because"), rows, empty="")
    shortened(edition["letters_in_all"], len(edition["first_letters"]))
    if edition["offered"]:
        typer.secho("\nEvery item in full:\n", bold=True)
    for title, summary, link in edition["offered"]:
        typer.echo(cell(f"* {title}\n  {summary}\n  {link}"))
    if example := edition["example"]:
        typer.secho(f"\nOne letter in full, to {example['to']} (another: rekindle preview --candidate):\n", bold=True)
        typer.echo(cell(f"Subject: {example['subject']}\n\n{example['text'].strip()}\n"))


def _marked(items: list[tuple[str, str]]) -> list[tuple[bool, tuple[str, str]]]:
    """Mark the first of a letter's items: the candidate is named beside that one only."""
    return [(index == 0, item) for index, item in enumerate(items)]


def _of_evidence(evidence: dict[str, Any]) -> dict[str, Any]:
    people = [f"c-{number}" for number in evidence.get("candidates", [])]
    told = {name: value for name, value in evidence.items() if name not in {"candidates", "facts"}}
    return {
        **told,
        "said by them": [name.replace("_", " ") for name in evidence.get("facts", {})],
        "candidates": people,
    }
