"""Many rows at the driver's price are the same rows."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, StatementError

from rekindle.store.bulk import insert_all
from rekindle.store.candidates import Candidate, Label
from rekindle.store.engine import Store
from states.candidate import CandidateState
from states.facts import Basis
from tests.cast import NOW, anne


def columns(number: int) -> dict[str, Any]:
    """Return a value for every kind of column: text, number, enumeration, day, instant, nothing."""
    return {
        "key": f"key-{number}",
        "state": CandidateState.DECLINED,
        "given_name": "Zoë",
        "family_name": "",
        "email": f"Zoe{number}@example.org",
        "address": f"zoe{number}@example.org",
        "locale": "en",
        "city": None,
        "basis": Basis.CONSENT,
        "consent_until": date(2028, 3, 2),
        "opted_out_at": NOW,
        "created_at": NOW,
    }


def test_rows_are_what_the_orm_would_have_made_of_them(store: Store) -> None:
    with store.writing() as session:
        insert_all(session, Candidate, [columns(1), columns(2)])
        session.execute(insert(Candidate), [columns(3)])
    with store.reading() as session:
        first, second, third = (
            {name: value for name, value in vars(row).items() if not name.startswith("_")}
            for row in session.scalars(select(Candidate).order_by(Candidate.id))
        )
    own = {"id", "key", "email", "address"}
    assert [row["key"] for row in (first, second, third)] == ["key-1", "key-2", "key-3"]
    assert {name: first[name] for name in first if name not in own} == {n: third[n] for n in third if n not in own}
    assert (third["basis"], third["opted_out_at"], third["city"]) == (Basis.CONSENT, NOW, None)


def test_no_row_is_nothing_to_do(store: Store) -> None:
    with store.writing() as session:
        insert_all(session, Candidate, [])
        assert session.scalars(select(Candidate)).all() == []


def test_rows_of_another_shape_are_another_statement(store: Store) -> None:
    with store.writing() as session:
        insert_all(session, Candidate, [columns(1)])
        insert_all(session, Candidate, [columns(2) | {"city": "Bonn", "linkedin": "https://linkedin.example/in/zoe"}])
        cities = session.scalars(select(Candidate.city).order_by(Candidate.id)).all()
    assert cities == [None, "Bonn"]


def test_it_is_part_of_the_transaction(store: Store) -> None:
    with store.rehearsing() as session:
        insert_all(session, Candidate, [columns(1)])
        assert len(session.scalars(select(Candidate)).all()) == 1
    with store.reading() as session:
        assert session.scalars(select(Candidate)).all() == []


@pytest.mark.parametrize("missing", ["key", "locale"])
def test_a_column_that_is_forgotten_is_an_error_and_not_a_guess(store: Store, missing: str) -> None:
    row = columns(1)
    del row[missing]
    with pytest.raises((DBAPIError, StatementError, KeyError)), store.writing() as session:
        insert_all(session, Candidate, [row])


def test_a_word_that_is_none_of_ours_is_refused(store: Store) -> None:
    with pytest.raises((LookupError, StatementError)), store.writing() as session:
        insert_all(session, Candidate, [columns(1) | {"state": "forgotten"}])


def test_whatever_a_text_holds_is_kept_as_it_is(store: Store) -> None:
    texts = ["%s %(x)s :y ?", "'; DROP TABLE labels; --", "\\", '"', "O’Hara"]
    with store.writing() as session:
        owner = anne(session).id
        rows = [{"candidate_id": owner, "kind": "tag", "key": text, "label": text} for text in texts]
        insert_all(session, Label, rows)
        found = session.scalars(select(Label.label).where(Label.kind == "tag").order_by(Label.id)).all()
    assert found == texts
