"""The people of the demo as dossiers: read as an import reads them, without a database."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from rekindle.courtesy.dossier import Candidacy, Contact, Dossier, KnownNote
from rekindle.exchange.reading import open_rows
from rekindle.exchange.record import ApplicationRecord, CandidateRecord
from rekindle.resources import shipped
from states.message import Occasion
from tests.courtesy.people import ANN, DIRECTOR, LADDER, TODAY
from tests.exchange.samples import good

FOLDER = shipped("config") / "demo"
NAMES = ("Ann Lee", "Ben Okafor", "Cleo Martin")


@cache
def demo_records() -> tuple[CandidateRecord, ...]:
    first = open_rows(FOLDER / "candidates.jsonl", today=TODAY)
    second = open_rows(FOLDER / "more-candidates.csv", date_order="dmy", today=TODAY)
    return (*good(first), *good(second))


def demo_dossiers(occasion: Occasion, **changes: Any) -> Iterator[Dossier]:
    """Give everybody of the demo who was turned down by us, about the director's role; with some fields changed."""
    for number, record in enumerate(demo_records()):
        turned_down = [
            each for each in record.applications if each.outcome == "rejected" and each.rejected_by == "company"
        ]
        if turned_down:
            yield _dossier(number, record, {"occasion": occasion, **changes})


def _dossier(number: int, record: CandidateRecord, changes: dict[str, Any]) -> Dossier:
    known: dict[str, Any] = {
        "today": TODAY,
        "company": "Acme Labs",
        "given_name": record.given_name,
        "family_name": record.family_name,
        "language": record.locale or "en",
        "skills": record.skills,
        "interests": record.interests,
        "applications": tuple(_candidacy(f"a-{number}{n}", each) for n, each in enumerate(record.applications)),
        "notes": tuple(
            KnownNote(id=f"n-{number}{n}", kind=each.kind, text=each.text, on=each.on, sayable=each.sayable)
            for n, each in enumerate(record.notes)
        ),
        "contacts": tuple(
            Contact(
                id=f"t-{number}{n}", on=each.on, channel=each.channel, direction=each.direction, summary=each.summary
            )
            for n, each in enumerate(sorted(record.touches, key=lambda touch: touch.on, reverse=True))
        ),
        "role": DIRECTOR,
        "signer": ANN,
        "ladder": LADDER,
        "team_names": NAMES,
    }
    return Dossier(**{**known, **changes})


def _candidacy(id_: str, told: ApplicationRecord) -> Candidacy:
    return Candidacy(
        id=id_,
        role=told.role,
        family=told.family,
        level=told.level,
        team=told.team,
        last_stage=told.last_stage,
        finalist=told.finalist,
        applied_on=told.applied_on,
        last_interview_on=told.last_interview_on,
        decided_on=told.decided_on,
        outcome=told.outcome,
        reason=told.reason.text if told.reason else None,
        reason_sayable=bool(told.reason and told.reason.sayable),
        rejection=told.rejection,
        promise=told.promise,
    )
