"""What one person gets from one edition, or why nothing."""

import pytest

from rekindle.errors import BadInput, NotFound
from rekindle.journey.bulk.waiting import letter_of
from rekindle.store.engine import Store
from tests.cast import bert
from tests.journey.letters.stage import drafted, role, sarah
from tests.journey.stage import change, planned


def letter(
    store: Store, reference: str | None = None, edition_id: int | None = 1, email: str = "quarterly-update"
) -> int:
    with store.reading() as session:
        found = letter_of(session, email, reference, edition_id)
    return found.candidate_id if found else 0


def test_it_is_that_of_the_candidate_else_the_first(store: Store) -> None:
    planned(store, "Anne", "Emil")
    assert [letter(store, "c-2"), letter(store), letter(store, "anne@example.org", None)] == [2, 1, 1]


def test_who_is_left_out_is_told_why(store: Store) -> None:
    change(store, bert)
    planned(store, "Anne")
    with pytest.raises(BadInput, match="c-1 gets nothing from edition 1: the candidate asked us to stop"):
        letter(store, "c-1")


def test_who_came_later_is_not_in_it(store: Store) -> None:
    planned(store, "Anne")
    change(store, bert)
    with pytest.raises(BadInput, match="c-2 gets nothing from edition 1: it was planned without them"):
        letter(store, "c-2")


def test_an_edition_sends_one_kind_of_email(store: Store) -> None:
    planned(store, "Anne")
    with pytest.raises(BadInput, match="edition 1 sends quarterly-update, not re-engagement"):
        letter(store, email="re-engagement")


def test_there_has_to_be_such_an_edition(store: Store) -> None:
    with pytest.raises(NotFound, match="there is no edition 9"):
        letter(store, edition_id=9)


def test_without_an_edition_the_newest_of_its_kind_that_has_not_left_is_found(store: Store) -> None:
    planned(store, "Anne")
    change(store, lambda session: drafted(session, sarah(session), role(session)))
    assert letter(store, edition_id=None) == 1
    assert letter(store, edition_id=None, email="re-engagement") == 2
    assert letter(store, edition_id=None, email="event-invite") == 0
