"""The letters one person reviews one after the other: which, what is shown of each, and that only this is approved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding
from rekindle.errors import LostRace
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Decided, Decider, Decision
from rekindle.journey.approvals.deciding import Terms
from rekindle.journey.letters.judging import judge
from rekindle.journey.letters.standards import Standards
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.letters import Letter
from rekindle.store.messages import Message
from states.message import Occasion


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter as it is shown: what is approved is exactly this."""

    approval_id: int
    message_id: int
    digest: str
    occasion: Occasion | None
    candidate: str
    name: str
    signer: str
    subject: str
    body: str
    #: What it rests on, a line each: the proof, the id, the words of the record.
    facts: tuple[tuple[str, str, str], ...]
    findings: tuple[Finding, ...]
    #: Why it may not go as it is; empty when it may.
    objection: str


def queue(session: Session, person: Decider, now: datetime, *, occasion: Occasion | None, everyone: bool) -> list[int]:
    """List the letters that wait for this person, soonest due first: theirs and those of whom they stand in for.

    `everyone`: also those meant for colleagues, where this person may decide them.
    """
    query = (
        select(Approval)
        .join(Message, Message.id == Approval.message_id)
        .where(Approval.kind == ApprovalKind.LETTER, Approval.state == ApprovalState.WAITING, Approval.due_at > now)
        .order_by(Approval.due_at, Approval.id)
    )
    if occasion is not None:
        query = query.where(Message.occasion == occasion)
    mine = {person.address, *person.stands_in_for}
    return [
        row.id
        for row in session.scalars(query)
        if (row.not_before is None or row.not_before <= now)
        and (everyone or row.assignee in mine)
        and person.roles & set(row.deciders)
        and row.barred != person.address
    ]


def look(session: Session, approval_id: int, standards: Standards, now: datetime) -> Sheet | None:
    """Return a letter to be shown; None when it does not wait any more."""
    asked = approval.find(session, approval_id)
    if asked.state is not ApprovalState.WAITING or asked.message_id is None:
        return None
    row = session.get_one(Message, asked.message_id, populate_existing=True)
    person = session.get_one(Candidate, row.candidate_id)
    found, seen = judge(session, row, standards, now), session.get_one(Letter, asked.evidence["letter"])
    changed = "" if found.seal.digest == asked.digest else "what was asked about has changed since"
    return Sheet(
        approval_id=asked.id,
        message_id=row.id,
        digest=asked.digest,
        occasion=row.occasion,
        candidate=f"c-{row.candidate_id}",
        name=f"{person.given_name} {person.family_name}".strip(),
        signer=seen.signer,
        subject=seen.subject,
        body=seen.body,
        facts=tuple(_facts(seen, found.known)),
        findings=found.findings,
        objection=found.reason or changed,
    )


def decide(
    session: Session, sheet: Sheet, decision: Decision, person: Decider, *, terms: Terms, now: datetime
) -> Decided:
    """Decide about exactly what was shown. Raises LostRace when that is not what is asked about any more."""
    if approval.find(session, sheet.approval_id).digest != sheet.digest:
        raise LostRace(f"approval {sheet.approval_id} asks about other words by now: look at it again")
    return deciding.decide(session, sheet.approval_id, decision, person, terms=terms, now=now, via="cli")


def _facts(letter: Letter, known: Dossier) -> Iterator[tuple[str, str, str]]:
    records = dict(_records(known))
    for proof, ids in letter.proofs.items():
        yield from ((proof, name, records.get(name, "")) for name in ids)


def _records(known: Dossier) -> Iterator[tuple[str, str]]:
    for contact in known.contacts:
        yield contact.id, f"{contact.channel} {contact.direction} on {contact.on}"
    for past in known.applications:
        yield past.id, f"{past.role}, {past.outcome} {past.decided_on or ''}".strip()
    for note in known.notes:
        yield note.id, note.text
    if known.role:
        yield known.role.id, known.role.title
    yield "interest", ", ".join(known.interests)
    yield "skill", ", ".join(known.skills)
