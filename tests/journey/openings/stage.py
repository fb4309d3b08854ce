"""What tests of openings set up: a role as its file tells it, the open role, a shortlist by the policy of the cast."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.exchange.roles import ProcessRecord, RoleRecord, StepRecord
from rekindle.journey.openings.opening import open_role
from rekindle.journey.openings.rules import Rules
from rekindle.journey.openings.shortlisting import Shortlist, shortlist
from rekindle.store.applications import Application
from rekindle.store.candidates import Label
from rekindle.store.notes import Note
from rekindle.store.roles import Role
from rekindle.store.touches import Touch
from tests.cast import LIMITS, NOW
from tests.journey.letters.stage import hashed

LADDER = ("intern", "junior", "mid", "senior", "lead", "staff", "principal", "manager", "director", "vp")
RULES = Rules(LIMITS, LADDER, recently_days=90, recycle_months=12, address_hash=hashed)
TODAY = NOW.date()

DIRECTOR = RoleRecord(
    slug="director-product",
    title="Director of Product",
    family="product",
    level="director",
    team="Growth",
    location="Berlin",
    skills=("0-to-1 products", "pricing"),
    hiring_manager="ben@acme.example",
    whats_in_it="owning a product line from the first customer on",
    process=ProcessRecord(
        "streamlined",
        "you have already met several people here",
        (StepRecord("Conversation with the hiring manager", 45), StepRecord("Product deep-dive", 60)),
    ),
)


def director(session: Session, **changes: Any) -> Role:
    return open_role(session, replace(DIRECTOR, **changes), NOW).role


def listed(session: Session, role: Role, most: int = 20, examples: int = 3) -> Shortlist:
    told = (NOW, RULES.limits, LADDER, RULES.recently_days, RULES.recycle_months, most)
    return shortlist(session, role, *told, address_hash=hashed, examples=examples)


def application_of(session: Session, candidate_id: int) -> Application:
    return session.scalars(select(Application).where(Application.candidate_id == candidate_id)).one()


def tell(session: Session, candidate_id: int, kind: str, label: str) -> None:
    """Say that a candidate has a skill or interest."""
    session.add(Label(candidate_id=candidate_id, kind=kind, key=label.casefold(), label=label))
    session.flush()


def note(session: Session, candidate_id: int, text: str, **changes: Any) -> Note:
    row = Note(**{"candidate_id": candidate_id, "kind": "strength", "text": text, "created_at": NOW, **changes})
    session.add(row)
    session.flush()
    return row


def touch(session: Session, candidate_id: int, on: date, **changes: Any) -> Touch:
    row = Touch(**{"candidate_id": candidate_id, "on": on, "channel": "call", "direction": "out", **changes})
    session.add(row)
    session.flush()
    return row
