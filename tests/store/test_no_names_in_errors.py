"""What goes wrong in the database is told without the person it was about."""

import pytest
from sqlalchemy.exc import IntegrityError

from rekindle.store.engine import Store
from tests.cast import anne, stored


def test_an_error_does_not_quote_what_was_to_be_written(sqlite_store: Store) -> None:
    with sqlite_store.writing() as session:
        anne(session)
    with pytest.raises(IntegrityError) as twice, sqlite_store.writing() as session:
        stored(session, "Anne", family_name="Unmistakable")
    assert "candidates.address" in str(twice.value)
    assert "Unmistakable" not in str(twice.value)
    assert "@" not in str(twice.value)
