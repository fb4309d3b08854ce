"""An approval freezes exactly what was seen: anything else has another digest."""

import pytest
from sqlalchemy.orm import Session

from rekindle.journey.bulk.freezing import edition_digest, move_digest, people_digest
from rekindle.store.content import Content
from rekindle.store.editions import Edition, EditionState
from rekindle.store.engine import Store
from states.programme import Programme
from tests.cast import NOW, news


@pytest.fixture
def edition_id(store: Store) -> int:
    with store.writing() as session:
        items = [news(session, 1).id, news(session, 2).id]
        news(session, 3)
        row = Edition(
            programme=Programme.QUARTERLY_UPDATE,
            period="2026-Q4",
            state=EditionState.AWAITING,
            items=items,
            left_out={},
            planned_at=NOW,
        )
        session.add(row)
        session.flush()
        return row.id


def digest(session: Session, edition_id: int, template: str = "a template", rule: str = "everyone") -> str:
    return edition_digest(session, session.get_one(Edition, edition_id), template=template, rule=rule)


def test_a_digest_is_a_sha256_and_stays_the_same(store: Store, edition_id: int) -> None:
    with store.reading() as session:
        first = digest(session, edition_id)
    with store.reading() as session:
        assert digest(session, edition_id) == first
    assert len(bytes.fromhex(first)) == 32


def test_both_databases_freeze_the_same(sqlite_store: Store, postgres_store: Store) -> None:
    digests = set()
    for store in (sqlite_store, postgres_store):
        with store.writing() as session:
            items = [news(session, 1, title="Größer ☃").id]
            row = Edition(programme=Programme.QUARTERLY_UPDATE, period="2026-Q4", items=items)
            digests.add(edition_digest(session, row, template="a", rule="b"))
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", "Another title"),
        ("url", "https://blog.acme.example/elsewhere"),
        ("summary", "Another summary."),
        ("topics", ["pricing"]),
        ("families", []),
        ("language", "de"),
    ],
)
def test_a_change_of_an_item_is_another_digest(store: Store, edition_id: int, column: str, value: object) -> None:
    with store.writing() as session:
        before = digest(session, edition_id)
        setattr(session.get_one(Content, 2), column, value)
        assert digest(session, edition_id) != before


def test_an_item_of_another_edition_does_not_matter(store: Store, edition_id: int) -> None:
    with store.writing() as session:
        before = digest(session, edition_id)
        session.get_one(Content, 3).title = "Another title"
        assert digest(session, edition_id) == before


def test_an_item_that_is_gone_is_another_digest(store: Store, edition_id: int) -> None:
    with store.writing() as session:
        before = digest(session, edition_id)
        session.delete(session.get_one(Content, 2))
        assert digest(session, edition_id) != before


def test_the_template_the_rule_and_the_period_are_frozen_too(store: Store, edition_id: int) -> None:
    with store.writing() as session:
        before = digest(session, edition_id)
        assert digest(session, edition_id, template="another") != before
        assert digest(session, edition_id, rule="half of them") != before
        session.get_one(Edition, edition_id).period = "2027-Q1"
        assert digest(session, edition_id) != before


def test_the_same_people_are_the_same_question_in_any_order() -> None:
    assert people_digest("nurture", [1, 2]) == people_digest("nurture", [2, 1])
    assert people_digest("nurture", [1, 2]) != people_digest("nurture", [1, 2, 3])
    assert people_digest("nurture", [12]) != people_digest("nurture", [1, 2])
    assert people_digest("nurture", [1]) != people_digest("hire", [1])


def test_a_move_from_another_state_or_for_another_reason_is_another_question() -> None:
    asked = move_digest("hire", 1, "interviewing", "signed")
    assert asked == move_digest("hire", 1, "interviewing", "signed")
    others = [("admit", 1, "interviewing", "signed"), ("hire", 2, "interviewing", "signed")]
    others += [("hire", 1, "nurturing", "signed"), ("hire", 1, "interviewing", "signed today")]
    assert asked not in {move_digest(*other) for other in others}
