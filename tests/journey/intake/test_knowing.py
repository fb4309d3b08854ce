"""Who of a batch is known: under which id, at which address, brought by whom, and which address must not come back."""

import pytest

from rekindle.journey.intake.knowing import Arrival, look_up
from rekindle.store.engine import Store
from rekindle.store.moves import MoveRow
from rekindle.store.suppressions import Suppression
from states.candidate import Actor, CandidateState, Trigger
from tests.cast import NOW, anne
from tests.exchange.samples import record
from tests.journey.arrivals import bring, hashed, people, person


def arrival(source: str = "acme-ats", source_id: str = "c-1", address: str = "person1@example.org") -> Arrival:
    return Arrival(record(source=source, source_id=source_id), address, "a digest")


def test_somebody_is_known_by_source_and_id_with_the_digest_of_the_row(store: Store) -> None:
    bring(store, person())
    with store.reading() as session:
        known = look_up(session, [arrival(address="else@example.org")], hashed)
    ((key, (found, digest)),) = known.by_source.items()
    assert (key, found.candidate_id, found.origin) == (("acme-ats", "c-1"), people(store)[0].id, "acme-ats")
    assert len(digest) == 64
    assert known.by_address == {}


@pytest.mark.parametrize(("source", "source_id"), [("acme-ats", "c-2"), ("older-ats", "c-1")])
def test_neither_the_source_nor_the_id_alone_makes_somebody_known(store: Store, source: str, source_id: str) -> None:
    bring(store, person())
    with store.reading() as session:
        known = look_up(session, [arrival(source, source_id, "else@example.org")], hashed)
    assert (known.by_source, known.by_address) == ({}, {})


def test_somebody_known_by_id_and_by_address_is_one_person(store: Store) -> None:
    bring(store, person())
    with store.reading() as session:
        known = look_up(session, [arrival()], hashed)
    assert known.by_source["acme-ats", "c-1"][0] is known.by_address["person1@example.org"]


def test_who_was_entered_by_a_person_comes_from_no_source(store: Store) -> None:
    with store.writing() as session:
        anne(session)
    with store.reading() as session:
        known = look_up(session, [arrival(address="anne@example.org")], hashed)
    assert known.by_address["anne@example.org"].origin is None


def test_a_suppressed_address_is_known_with_its_reason(store: Store) -> None:
    with store.writing() as session:
        session.add(Suppression(address_hash=hashed("person1@example.org"), reason="complaint", at=NOW))
    with store.reading() as session:
        known = look_up(session, [arrival(), arrival(source_id="c-2", address="else@example.org")], hashed)
    assert known.suppressed == {"person1@example.org": "complaint"}


def test_nobody_is_looked_up_for_nobody(store: Store) -> None:
    with store.reading() as session:
        known = look_up(session, [], hashed)
    assert (known.by_source, known.by_address, known.suppressed) == ({}, {}, {})


def test_only_the_first_admission_says_where_somebody_is_from(store: Store) -> None:
    bring(store, person())
    (found,) = people(store)
    with store.writing() as session:
        again = {"source": CandidateState.INTERVIEWING, "target": CandidateState.REJECTED_WARM}
        told = {"trigger": Trigger.ADMIT, "actor": Actor.RECRUITER, "by": "ann@acme.example", "reason": "", "at": NOW}
        session.add(MoveRow(candidate_id=found.id, **again, **told))
    with store.reading() as session:
        known = look_up(session, [arrival()], hashed)
    assert known.by_address["person1@example.org"].origin == "acme-ats"
