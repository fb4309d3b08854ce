"""Invented people by kind of work, straight into the tables: an import of so many would take longer than what is asked.

No two are alike, and each is the same every time: chance is seeded by their number.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from benchmarks import people
from rekindle.store.applications import Application
from rekindle.store.base import Row
from rekindle.store.bulk import insert_all
from rekindle.store.candidates import Candidate, Label
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from states.facts import Basis
from states.message import MessageState
from states.programme import Programme

#: Of a hundred candidates so many are of a family; nobody is an archivist.
FAMILIES = {"archives": 0, "product": 1, "design": 10, "engineering": 50, "sales": 39}
LADDER = ("junior", "mid", "senior", "lead", "staff", "manager", "director")
_TEAMS = ("Growth", "Platform", "Consumer", "Insights", "Notebook", "Instruments")
_REASONS = ("someone with more years of selling", "the other finalist had run one before", "the post was cut")
_GROUP = 5000
_TODAY = people.NOW.date()
Columns = dict[str, Any]


def fill(store: Store, candidates: int) -> None:
    """Store that many people, each with an application, labels, notes, contacts and a mail."""
    for start in range(0, candidates, _GROUP):
        rows: dict[type[Row], list[Columns]] = {}
        for number in range(start, min(start + _GROUP, candidates)):
            for noun, row in _person(number):
                rows.setdefault(noun, []).append(row)
        with store.writing() as session:
            for noun, found in rows.items():
                insert_all(session, noun, found)


def _person(number: int) -> Iterator[tuple[type[Row], Columns]]:
    chance, family = Random(number), _family_of(number % 100)
    whose = {"candidate_id": number + 1}
    yield Candidate, _candidate(number)
    yield Application, {**whose, **_application(number, family, chance)}
    for kind, crafts in (("skill", 20), ("interest", 60)):
        for craft in chance.sample(range(crafts), 3):
            name = f"{family} craft {craft}"
            yield Label, {**whose, "kind": kind, "key": name, "label": name}
    for kind in ("strength", "internal"):
        words = f"explained {family} craft {chance.randrange(40)} better than most in interview {number}"
        known: Columns = {"source": None, "on": None, "sayable": kind == "strength", "created_at": people.NOW}
        yield Note, {**whose, "kind": kind, "text": words, **known}
    for _ in range(chance.randrange(3)):
        on, direction = _TODAY - timedelta(days=chance.randrange(500)), chance.choice(("in", "out"))
        told: Columns = {"on": on, "channel": "call", "direction": direction, "summary": None, "message_id": None}
        yield Touch, {**whose, **told}
    yield Message, {**whose, **_mail(number, chance)}


def _candidate(number: int) -> Columns:
    address = f"person{number}@example.org"
    nothing = ("city", "linkedin", "opted_out_at", "unreachable_since", "snoozed_until", "timezone")
    return {
        **dict.fromkeys(nothing),
        "id": number + 1,
        "key": f"{number:024}",
        "state": CandidateState.NURTURING,
        "locale": "en",
        "given_name": people.GIVEN[number % 10],
        "family_name": f"Example-{number}",
        "email": address,
        "address": address,
        "recruiter": people.TEAM[number % 3],
        "created_at": people.NOW,
        "basis": Basis.CONSENT,
        "consent_given_on": date(2026, 3, 2),
        "consent_until": date(2028, 3, 2),
    }


def _application(number: int, family: str, chance: Random) -> Columns:
    level, decided = chance.choice(LADDER), _TODAY - timedelta(days=20 + chance.randrange(600))
    promise = chance.choice((None, "stay in touch", f"reach out if a role in {family} opens"))
    return {
        "source": "acme-ats",
        "role": f"{level} of {family}",
        "family": family,
        "level": level,
        "team": chance.choice(_TEAMS),
        "last_stage": "final",
        "finalist": chance.random() < 0.4,
        "applied_on": None,
        "last_interview_on": None,
        "decided_on": decided,
        "outcome": "rejected",
        "rejected_by": "company",
        "reason": f"{chance.choice(_REASONS)} (opening {number})",
        "promise": promise,
        "reason_sayable": True,
        "rejection": chance.choice(("personal", "generic", "none")),
    }


def _mail(number: int, chance: Random) -> Columns:
    at = people.NOW - timedelta(days=chance.randrange(15, 120))
    nothing = ("edition_id", "outreach_id", "occasion", "application_id", "reason")
    return {
        **dict.fromkeys(nothing),
        "programme": Programme.QUARTERLY_UPDATE,
        "state": MessageState.SENT,
        "key": f"{number:024}",
        "due_at": at,
        "released_at": at,
        "attempts": 1,
        "created_at": at,
        "sending_at": at,
        "sent_at": at,
    }


def _family_of(place: int) -> str:
    """Give the first of each hundred to the first family, and so on."""
    for family, share in FAMILIES.items():
        if place < share:
            return family
        place -= share
    raise ValueError("the shares make a hundred")
