from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from rekindle.errors import RekindleError
from rekindle.store import schema
from rekindle.store.candidates import candidate
from rekindle.store.engine import Store


def test_the_migrations_lead_to_exactly_the_models(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.METADATA) == []


@pytest.mark.parametrize("revision", schema.revisions())
def test_every_earlier_revision_can_be_upgraded(revision: str, tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/old.db")
    schema.migrate(store, revision)
    assert schema.current(store) == revision
    schema.migrate(store)
    assert schema.current(store) == schema.newest()
    store.close()


def test_migrating_twice_changes_nothing(store: Store) -> None:
    schema.migrate(store)
    assert schema.current(store) == schema.newest()


def test_an_empty_database_says_what_to_do(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/empty.db")
    with pytest.raises(RekindleError, match="run `rekindle init`"), store.reading() as session:
        candidate(session, "c-1")
    store.close()
