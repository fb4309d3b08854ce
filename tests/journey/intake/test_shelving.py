"""New people of a batch go to the shelves whole: every column, every kind of row, and nobody's mixed up."""

from datetime import date

import pytest

from rekindle.journey.intake.shelving import label_columns, shelve
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate, Label
from rekindle.store.engine import Store
from rekindle.store.moves import MoveRow
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from states.facts import Basis
from tests.cast import NOW
from tests.exchange.samples import record
from tests.journey.arrivals import all_of, bring, everything, people, person


def without_id(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name not in {"_sa_instance_state", "id", "key"}}


def test_everything_a_row_says_is_kept(store: Store) -> None:
    bring(store, person(email="Iris@Example.org", recruiter="Ann@Acme.example"))
    (found,), (candidacy,), (note,), (touch,) = (all_of(store, noun) for noun in (Candidate, Application, Note, Touch))
    assert without_id(found) == {
        "state": CandidateState.REJECTED_WARM,
        "given_name": "Íris",
        "family_name": "Õunapuu",
        "email": "Iris@Example.org",
        "address": "iris@example.org",
        "domain": "example.org",
        "country": None,
        "timezone": "Europe/Tallinn",
        "locale": "en",
        "city": "Tartu",
        "linkedin": "https://linkedin.example/in/iris",
        "recruiter": "ann@acme.example",
        "basis": Basis.CONSENT,
        "consent_given_on": date(2026, 3, 2),
        "consent_until": date(2028, 3, 2),
        "opted_out_at": None,
        "unreachable_since": None,
        "snoozed_until": None,
        "wants_updates": True,
        "wants_events": True,
        "wants_openings": True,
        "most_per_year": None,
        "check_in_days": None,
        "check_in_most_days": None,
        "last_contact_on": date(2026, 6, 10),
        "created_at": NOW,
    }
    assert without_id(candidacy) == {
        "candidate_id": found.id,
        "source": "acme-ats",
        "role": "Frontend Engineer",
        "family": "engineering",
        "level": "senior",
        "team": "Notebook",
        "last_stage": "final",
        "finalist": True,
        "applied_on": date(2026, 3, 2),
        "last_interview_on": date(2026, 4, 20),
        "decided_on": date(2026, 5, 2),
        "outcome": "rejected",
        "rejected_by": "company",
        "reason": "someone with more experience of offline editing",
        "reason_sayable": True,
        "rejection": "personal",
        "promise": "write when the editor team grows",
    }
    assert (note.kind, note.text, note.source, note.on, note.sayable, note.created_at) == (
        "strength",
        "kind reviews",
        "final",
        date(2026, 4, 20),
        True,
        NOW,
    )
    assert (touch.on, touch.channel, touch.direction, touch.summary, touch.message_id) == (
        date(2026, 6, 10),
        "call",
        "out",
        "talked about her plans",
        None,
    )


def test_what_a_row_does_not_say_is_told_in_the_way_that_refuses(store: Store) -> None:
    bare = {"consent": None, "notes": None, "touches": None, "reason": None, "locale": None, "family_name": None}
    bring(store, {name: value for name, value in person().items() if name not in bare})
    (found,) = people(store)
    assert (found.basis, found.consent_given_on, found.consent_until) == (Basis.UNKNOWN, None, None)
    assert (found.locale, found.family_name) == ("en", "")


def test_everybody_gets_their_own(store: Store) -> None:
    crowd = [
        person(number, given_name=f"Iris {number}", tags=[f"tag {number}", "silver medal"]) for number in range(30)
    ]
    bring(store, *crowd)
    names = {found.id: found.given_name for found in people(store)}
    addresses = {found.id: found.address for found in people(store)}
    for label in all_of(store, Label):
        number = names[label.candidate_id].removeprefix("Iris ")
        assert addresses[label.candidate_id] == f"person{number}@example.org"
        if label.kind == "tag":
            assert label.label in {f"tag {number}", "silver medal"}
    assert len({found.key for found in people(store)}) == 30


def test_everybody_is_admitted_once_whatever_file_they_come_from(store: Store) -> None:
    bring(store, person(1), person(2, source="older-ats"), person(3))
    assert {move.candidate_id: move.by for move in all_of(store, MoveRow)} == {
        1: "acme-ats",
        2: "older-ats",
        3: "acme-ats",
    }
    assert {found.state for found in people(store)} == {CandidateState.REJECTED_WARM}


def test_nobody_new_is_nothing_to_do(store: Store) -> None:
    before = everything(store)
    with store.writing() as session:
        shelve(session, [], NOW)
    assert everything(store) == before


def test_a_label_is_kept_once_whatever_its_case() -> None:
    labels = [
        (row["kind"], row["key"], row["label"])
        for row in label_columns(1, record(tags=["Silver Medal", "silver medal"], skills=["SQL"], interests=["SQL"]))
    ]
    assert labels == [("tag", "silver medal", "silver medal"), ("skill", "sql", "SQL"), ("interest", "sql", "SQL")]


@pytest.mark.parametrize("grows", ["ß", "ŉ"])
def test_what_grows_in_lower_case_still_fits_its_column(store: Store, grows: str) -> None:
    domain = ".".join([grows * 59] * 3)
    bring(store, person(recruiter=f"{grows * 64}@{domain}.example", tags=[grows * 200, "silver medal"]))
    (found,) = people(store)
    assert len(found.recruiter or "") <= 320
    assert all(len(label.key) <= 200 for label in all_of(store, Label))
