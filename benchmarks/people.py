"""Invented people by the thousand, no two alike: as a file to import, and as candidates who are kept warm."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import update

from rekindle.exchange.reading import open_rows
from rekindle.journey.intake.classify import ClassifyPolicy
from rekindle.journey.intake.taking_in import Intake
from rekindle.mail.address import suppression_hash
from rekindle.store.candidates import Candidate
from rekindle.store.content import Content
from rekindle.store.engine import Store
from states.candidate import CandidateState

NOW = datetime(2026, 10, 13, 8, tzinfo=UTC)
SECRET = "a secret for benchmarks only"
GIVEN = ("Anne", "Bert", "Zoë", "Şebnem", "José", "Mia", "Siobhán", "Łukasz", "Ben", "王芳")
SKILLS = ("roadmaps", "pricing", "search", "onboarding", "accessibility", "reliability", "privacy")
TEAM = ("ann@acme.example", "ben@acme.example", "cleo@acme.example")
ITEMS = 5


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Make that many runner-ups in the interchange format."""
    for number in range(count):
        yield {
            "source": "acme-ats",
            "source_id": f"c-{number}",
            "given_name": GIVEN[number % len(GIVEN)],
            "family_name": f"Example-{number}",
            "email": f"person{number}@example.org",
            "timezone": "Europe/Berlin",
            "locale": "en",
            "city": "Berlin",
            "linkedin": f"https://linkedin.example/in/person{number}",
            "recruiter": TEAM[number % len(TEAM)],
            "consent": {"basis": "consent", "given_on": "2026-03-02", "until": "2028-03-02"},
            "tags": ["silver medal"],
            "skills": [SKILLS[number % len(SKILLS)], SKILLS[(number + 2) % len(SKILLS)]],
            "interests": ["0-to-1 products"],
            "applications": [_application(number)],
            "notes": [
                {
                    "kind": "strength",
                    "text": f"background in consumer technology and product strategy, seen in interview {number}",
                    "source": "final interview, Ann Lee",
                    "on": "2026-04-20",
                    "sayable": True,
                }
            ],
            "touches": [{"on": "2026-06-10", "channel": "call", "direction": "out", "summary": "talked about plans"}],
        }


def _application(number: int) -> dict[str, Any]:
    return {
        "role": "Senior Product Manager",
        "family": "product",
        "level": "senior",
        "team": f"Team {number % 40}",
        "last_stage": "final",
        "finalist": True,
        "applied_on": "2026-03-02",
        "last_interview_on": f"2026-04-{1 + number % 28:02}",
        "decided_on": f"2026-05-{1 + number % 28:02}",
        "outcome": "rejected",
        "rejected_by": "company",
        "reason": {"text": f"someone with more years of selling to companies (opening {number})", "sayable": True},
        "rejection": "personal",
        "promise": "reach out if a product role opens",
    }


def write(file: Path, count: int) -> Path:
    with file.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(count))
    return file


def intake() -> Intake:
    return Intake(ClassifyPolicy(), lambda address: suppression_hash(SECRET, address))


def bring_in(store: Store, file: Path) -> int:
    """Import a file; return how many entries there were."""
    rows_of_file = open_rows(file, today=NOW.date())
    return sum(1 for _ in intake().bring_in(store, rows_of_file, NOW))


def keep_warm(store: Store, at_most: int | None = None) -> None:
    """Say of everybody, or of the first, that they are kept warm, without their moves: that is not what is measured."""
    first = update(Candidate).values(state=CandidateState.NURTURING)
    with store.writing() as session:
        session.execute(first if at_most is None else first.where(Candidate.id <= at_most))


def add_news(store: Store) -> None:
    """Publish one item for each skill; everybody gets `ITEMS` of them."""
    with store.writing() as session:
        for number, skill in enumerate(SKILLS, start=1):
            session.add(
                Content(
                    title=f"What {skill} looks like after a year of doing it differently",
                    url=f"https://blog.acme.example/{skill}?edition=2026-Q4",
                    summary=f"The team behind {skill} on what worked, what did not, and what they would do again.",
                    topics=[skill],
                    families=["product"],
                    language="en",
                    published_on=NOW.date().replace(day=number),
                    created_at=NOW,
                )
            )
