from datetime import date
from typing import Any

import pytest

from rekindle.journey.openings.promising import promises_due
from rekindle.store.engine import Store
from states.candidate import CandidateState
from tests.cast import NOW, stored, turned_down
from tests.journey.openings.stage import application_of, director

PRODUCT_ROLE = "reach out if a product role opens"


def due(store: Store, promise: str | None, person: dict[str, Any] | None = None, **past: Any) -> list[str]:
    """Store Anne with this promise and return why it falls due."""
    with store.writing() as session:
        anne = stored(session, "Anne", **(person or {}))
        for name, value in {"promise": promise, **past}.items():
            setattr(application_of(session, anne.id), name, value)
        role = director(session)
        session.flush()
        return [each.why for each in promises_due(session, role)]


def test_a_promise_is_listed_with_whom_what_when_and_by_whom(store: Store) -> None:
    with store.writing() as session:
        anne = stored(session, "Anne")
        application = application_of(session, anne.id)
        application.promise = PRODUCT_ROLE
        role = director(session)
        session.flush()
        (found,) = promises_due(session, role)
    assert (found.candidate_id, found.application_id, found.promise) == (anne.id, application.id, PRODUCT_ROLE)
    assert (found.decided_on, found.recruiter) == (date(2026, 5, 2), "ann@acme.example")


@pytest.mark.parametrize(
    ("family", "promise"),
    [
        ("sales", PRODUCT_ROLE),
        (None, "write when PRODUCTS are hiring"),
        ("data", "write when the growth team hires"),
        ("data", "call her first when the next director of product is wanted"),
        ("product", "offer her the next director post"),
    ],
)
def test_a_promise_that_names_the_role_falls_due_whatever_they_applied_for(
    family: str | None, promise: str, store: Store
) -> None:
    assert due(store, promise, family=family, role="Analyst") == ["the promise names it"]


@pytest.mark.parametrize(
    ("family", "title"), [("Product", "Analyst"), ("products", "Analyst"), (None, "Product Analyst")]
)
def test_a_promise_made_for_such_work_may_fall_due(family: str | None, title: str, store: Store) -> None:
    assert due(store, "come back to her", family=family, role=title) == ["perhaps: they applied for product work"]


@pytest.mark.parametrize(
    ("family", "promise"),
    [
        ("sales", "write when we cover the Pacific"),
        ("design", "call before the next director search"),
        ("product", None),
    ],
)
def test_other_promises_do_not_fall_due(family: str, promise: str | None, store: Store) -> None:
    assert due(store, promise, family=family, role="Analyst") == []


@pytest.mark.parametrize("outcome", ["withdrew", "hired", "open"])
def test_only_whoever_was_turned_down_was_promised_anything(outcome: str, store: Store) -> None:
    assert due(store, PRODUCT_ROLE, outcome=outcome) == []


@pytest.mark.parametrize(
    "person", [{"opted_out_at": NOW}, {"state": CandidateState.DECLINED}, {"state": CandidateState.HIRED}]
)
def test_who_wants_nothing_more_or_works_here_is_not_waiting(person: dict[str, Any], store: Store) -> None:
    assert due(store, PRODUCT_ROLE, person) == []


def test_the_oldest_promise_comes_first(store: Store) -> None:
    with store.writing() as session:
        ids = [stored(session, name).id for name in ("Anne", "Emil", "Fay")]
        for candidate_id, day in zip(ids, [date(2026, 5, 2), None, date(2025, 1, 1)], strict=True):
            application = application_of(session, candidate_id)
            application.promise, application.decided_on = PRODUCT_ROLE, day
        session.add(turned_down(ids[0], promise=PRODUCT_ROLE, decided_on=date(2024, 1, 1), role="Product Manager"))
        session.flush()
        found = promises_due(session, director(session))
    assert [each.candidate_id for each in found] == [ids[1], ids[0], ids[2], ids[0]]
