"""One whole candidate to change, ways to write a file, and short questions to what was read from it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rekindle.errors import BadInput
from rekindle.exchange.problems import Problem
from rekindle.exchange.reading import Bad, Good, Rows, open_rows
from rekindle.exchange.record import CandidateRecord
from rekindle.exchange.rules import checked

TODAY = date(2026, 10, 13)
Write = Callable[[str | bytes], Path]


def decoded(**changes: Any) -> dict[str, Any]:
    """Return a whole line of the interchange format; a change to None takes the name out."""
    whole: dict[str, Any] = {
        "source": "acme-ats",
        "source_id": "c-1",
        "given_name": "Íris",
        "family_name": "Õunapuu",
        "email": "iris@example.org",
        "timezone": "Europe/Tallinn",
        "locale": "en",
        "city": "Tartu",
        "linkedin": "https://linkedin.example/in/iris",
        "recruiter": "ann@acme.example",
        "consent": {"basis": "consent", "given_on": "2026-03-02", "until": "2028-03-02"},
        "tags": ["silver medal"],
        "skills": ["editors", "accessibility"],
        "interests": ["local-first software"],
        "applications": [application()],
        "notes": [note()],
        "touches": [{"on": "2026-06-10", "channel": "call", "direction": "out", "summary": "talked about her plans"}],
    }
    return {name: value for name, value in (whole | changes).items() if value is not None}


def application(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "role": "Frontend Engineer",
        "family": "engineering",
        "level": "senior",
        "team": "Notebook",
        "last_stage": "final",
        "finalist": True,
        "applied_on": "2026-03-02",
        "last_interview_on": "2026-04-20",
        "decided_on": "2026-05-02",
        "outcome": "rejected",
        "rejected_by": "company",
        "reason": {"text": "someone with more experience of offline editing", "sayable": True},
        "rejection": "personal",
        "promise": "write when the editor team grows",
    }
    return {name: value for name, value in (whole | changes).items() if value is not None}


def note(**changes: Any) -> dict[str, Any]:
    whole = {"kind": "strength", "text": "kind reviews", "source": "final", "on": "2026-04-20", "sayable": True}
    return whole | changes


def record(**changes: Any) -> CandidateRecord:
    found = checked(decoded(**changes), TODAY)
    assert isinstance(found, CandidateRecord), found
    return found


def problems(**changes: Any) -> list[Problem]:
    found = checked(decoded(**changes), TODAY)
    assert isinstance(found, tuple), "there is nothing wrong with it"
    return list(found)


def jsonl(*objects: object) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)


def good(rows: Rows) -> list[CandidateRecord]:
    return [row.record for row in rows if isinstance(row, Good)]


def bad(rows: Rows) -> list[Bad]:
    return [row for row in rows if isinstance(row, Bad)]


def said(row: Bad) -> str:
    return "; ".join(map(str, row.problems))


def refused(path: Path, **options: Any) -> str:
    """Return what is said about a file that is refused as a whole."""
    with pytest.raises(BadInput) as error:
        open_rows(path, **options)
    return str(error.value)
