"""One line of the interchange format as values: what is known of one candidate in one source system.

Checked by rules.py, written by writing.py. The field names are the format's own; every record is valid and whole.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Basis = Literal["consent", "legitimate-interest", "unknown"]
Outcome = Literal["rejected", "withdrew", "hired", "open"]
Side = Literal["company", "candidate"]
Rejection = Literal["personal", "generic", "none"]
NoteKind = Literal["strength", "background", "interest", "preference", "internal"]
Channel = Literal["email", "call", "linkedin", "event", "meeting", "reply"]
Direction = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """Why we may keep and write to this person; nothing said is unknown, never yes."""

    basis: Basis = "unknown"
    given_on: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ReasonRecord:
    """Why the company chose otherwise, and whether a message may repeat it."""

    text: str
    sayable: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationRecord:
    """One past candidacy. `level` is in lower case; `rejection` is None where nothing says how they were told."""

    role: str
    outcome: Outcome
    family: str | None = None
    level: str | None = None
    team: str | None = None
    last_stage: str | None = None
    finalist: bool = False
    applied_on: date | None = None
    last_interview_on: date | None = None
    decided_on: date | None = None
    rejected_by: Side | None = None
    reason: ReasonRecord | None = None
    rejection: Rejection | None = None
    promise: str | None = None


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """Something known about the candidate; an internal note is never sayable."""

    kind: NoteKind
    text: str
    source: str | None = None
    on: date | None = None
    sayable: bool = False


@dataclass(frozen=True, slots=True)
class TouchRecord:
    """One contact that took place."""

    on: date
    channel: Channel
    direction: Direction
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class CandidateRecord:
    """One candidate. Names stand exactly as given (a person with one name has it as `given_name`)."""

    source: str
    source_id: str
    given_name: str
    email: str
    family_name: str = ""
    timezone: str | None = None
    locale: str | None = None
    city: str | None = None
    linkedin: str | None = None
    recruiter: str | None = None
    consent: ConsentRecord = ConsentRecord()
    tags: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    applications: tuple[ApplicationRecord, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
    touches: tuple[TouchRecord, ...] = ()
