"""The stable cast: Anne consented, Bert opted out, Cara's mail bounced, Dana belongs to another recruiter."""

import secrets
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from rekindle.journey.moving import Policy
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate, Label
from rekindle.store.content import Content
from rekindle.store.facts import Limits
from states.candidate import CandidateState, Trigger
from states.facts import Basis

NOW = datetime(2026, 10, 13, 8, 0, tzinfo=UTC)
LIMITS = Limits(cool_off_days=30, min_days=21, max_per_year=12)
POLICY = Policy(LIMITS, frozenset({Trigger.RE_ENGAGE, Trigger.INTERVIEW, Trigger.HIRE, Trigger.REOPEN, Trigger.ADMIT}))


def stored(session: Session, given_name: str, **changes: Any) -> Candidate:
    """Store a nurturing candidate who consented and was turned down in May; `changes` are columns."""
    address = f"{given_name.casefold()}@example.org"
    columns = {
        "key": secrets.token_hex(12),
        "state": CandidateState.NURTURING,
        "given_name": given_name,
        "family_name": "Example",
        "email": address,
        "address": address,
        "domain": "example.org",
        "locale": "en",
        "recruiter": "ann@acme.example",
        "basis": Basis.CONSENT,
        "consent_given_on": date(2026, 3, 2),
        "consent_until": date(2028, 3, 2),
        "last_contact_on": date(2026, 5, 2),
        "created_at": NOW,
        **changes,
    }
    person = Candidate(**columns)
    session.add(person)
    session.flush()
    session.add(turned_down(person.id))
    session.add(Label(candidate_id=person.id, kind="skill", key="roadmaps", label="roadmaps"))
    session.flush()
    return person


def turned_down(candidate_id: int, **changes: Any) -> Application:
    columns = {
        "candidate_id": candidate_id,
        "source": "acme-ats",
        "role": "Senior Product Manager",
        "family": "product",
        "level": "senior",
        "team": "Consumer",
        "last_stage": "final",
        "finalist": True,
        "applied_on": date(2026, 3, 2),
        "last_interview_on": date(2026, 4, 20),
        "decided_on": date(2026, 5, 2),
        "outcome": "rejected",
        "rejected_by": "company",
        "rejection": "personal",
        **changes,
    }
    return Application(**columns)


def anne(session: Session, **changes: Any) -> Candidate:
    return stored(session, "Anne", **changes)


def bert(session: Session) -> Candidate:
    return stored(session, "Bert", opted_out_at=NOW)


def cara(session: Session) -> Candidate:
    return stored(session, "Cara", unreachable_since=NOW)


def dana(session: Session) -> Candidate:
    return stored(session, "Dana", recruiter="ben@acme.example")


def news(session: Session, number: int = 1, **changes: Any) -> Content:
    """Store an item that concerns product people."""
    columns = {
        "title": f"How we plan, part {number}",
        "url": f"https://blog.acme.example/planning-{number}",
        "summary": "What changed when we threw our roadmap away.",
        "topics": ["roadmaps"],
        "families": ["product"],
        "language": "en",
        "published_on": date(2026, 9, number),
        "created_at": NOW,
        **changes,
    }
    item = Content(**columns)
    session.add(item)
    session.flush()
    return item
