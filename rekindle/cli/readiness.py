"""What `rekindle candidates readiness` prints: how many are still warm, and who goes cold next, with the record."""

from datetime import date
from typing import Any

import typer
from sqlalchemy import func, true
from sqlalchemy.orm import Session

from rekindle.cli.printing import shortened, table
from rekindle.errors import BadInput
from rekindle.journey.warming.readiness import Interval, Readiness
from rekindle.journey.warming.standing import counts, soonest_cold
from rekindle.store.candidates import Candidate


def named(text: str) -> Readiness:
    """Read a readiness. Raises BadInput, naming those there are."""
    try:
        return Readiness(text.casefold())
    except ValueError:
        raise BadInput(f"{text!r} is no readiness: choose one of {', '.join(Readiness)}") from None


def standing(session: Session, recruiter: str | None, team: Interval, today: date, limit: int) -> dict[str, Any]:
    """Gather what is shown, in a form that is JSON as well."""
    whose = func.lower(Candidate.recruiter) == recruiter.lower() if recruiter else true()
    lapsing, total = soonest_cold(session, whose, team, today, limit)
    return {
        "counts": {each.value: count for each, count in counts(session, whose, team, today).items()},
        "lapsing": total,
        "going_cold_next": [
            {
                "candidate": f"c-{each.candidate_id}",
                "role": each.role,
                "cold_on": each.warmth.cold_on,
                "last_contact": str(each.warmth.evidence),
            }
            for each in lapsing
        ],
    }


def print_readiness(found: dict[str, Any]) -> None:
    table(("readiness!", "how many!"), found["counts"].items(), empty="")
    typer.echo()
    rows = [(x["candidate"], x["role"], x["cold_on"], x["last_contact"]) for x in found["going_cold_next"]]
    empty = "Nobody is about to go cold."
    table(("goes cold next!", "role", "cold on!", "last contact"), rows, empty=empty)
    shortened(found["lapsing"], len(rows))
