"""One candidate is found by id or address, however it is written; what is not there is said without the address."""

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from rekindle.errors import NotFound
from rekindle.store.applications import applications_of
from rekindle.store.candidates import Candidate, Label, candidate, labels_of
from rekindle.store.engine import Store
from rekindle.store.schema import METADATA
from tests.cast import anne, stored, turned_down


@pytest.fixture
def store_with_anne(store: Store) -> Store:
    with store.writing() as session:
        anne(session)
    return store


@pytest.mark.parametrize("reference", ["1", "c-1", " C-1\n", "anne@example.org", "  Anne@Example.ORG "])
def test_a_candidate_is_found_by_id_or_address(store_with_anne: Store, reference: str) -> None:
    with store_with_anne.reading() as session:
        assert candidate(session, reference).id == 1


@pytest.mark.parametrize("reference", ["2", "c-2", " C-999999999 "])
def test_an_id_nobody_has_is_not_found(store_with_anne: Store, reference: str) -> None:
    with pytest.raises(NotFound) as told, store_with_anne.reading() as session:
        candidate(session, reference)
    assert str(told.value) == f"no candidate {reference.strip().lower()} is stored"


@pytest.mark.parametrize(
    "reference", ["", "emil@example.org", "' OR 1=1 --", "anne", "②", "c-", "c--1", "c-" + "9" * 30, "9" * 5000]
)
def test_an_address_nobody_has_is_not_repeated(store_with_anne: Store, reference: str) -> None:
    with pytest.raises(NotFound) as told, store_with_anne.reading() as session:
        candidate(session, reference)
    assert str(told.value) == "no candidate with that address is stored"


def test_an_address_belongs_to_one_person(store_with_anne: Store) -> None:
    with pytest.raises(IntegrityError), store_with_anne.writing() as session:
        stored(session, "Emil", address="anne@example.org")


def test_several_people_may_have_no_address(store: Store) -> None:
    with store.writing() as session:
        stored(session, "Anne", address=None)
        stored(session, "Emil", address=None)
        assert session.scalar(select(func.count()).select_from(Candidate)) == 2


def test_labels_come_by_person_and_kind_in_the_order_they_were_given(store_with_anne: Store) -> None:
    with store_with_anne.writing() as session:
        other = stored(session, "Emil")
        for kind, label in (("skill", "Pricing"), ("interest", "0-to-1"), ("skill", "API design")):
            session.add(Label(candidate_id=1, kind=kind, key=label.casefold(), label=label))
            session.flush()
        assert labels_of(session, [1, other.id, 99]) == {
            1: {"skill": ["roadmaps", "Pricing", "API design"], "interest": ["0-to-1"]},
            other.id: {"skill": ["roadmaps"]},
        }
        assert labels_of(session, []) == {}


def test_applications_come_newest_decision_first(store_with_anne: Store) -> None:
    with store_with_anne.writing() as session:
        earlier = turned_down(1, role="earlier", decided_on=None, applied_on=None)
        undecided = turned_down(1, role="undecided", decided_on=None, outcome="open")
        session.add_all([earlier, undecided])
        session.flush()
        found = applications_of(session, [1, 99])
    assert {owner: [row.role for row in own] for owner, own in found.items()} == {
        1: ["Senior Product Manager", "undecided", "earlier"]
    }


def test_with_a_candidate_goes_everything_about_them(store_with_anne: Store) -> None:
    with store_with_anne.writing() as session:
        kept = stored(session, "Emil")
        session.execute(delete(Candidate).where(Candidate.id == 1))
        assert list(applications_of(session, [1, kept.id])) == [kept.id]
        assert list(labels_of(session, [1, kept.id])) == [kept.id]


def test_whatever_refers_to_a_candidate_goes_with_them() -> None:
    loose = {
        f"{table.name}.{key.parent.name}"
        for table in METADATA.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "candidates" and key.ondelete != "CASCADE"
    }
    assert loose == set()
