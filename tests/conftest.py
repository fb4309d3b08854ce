"""What every test may use: a store on each database, the stable cast, and no setting of this machine."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import text

from rekindle.store import schema
from rekindle.store.engine import Store
from tests.dealing import WholeModules
from tests.slate import Slate

_RESTART = text("SELECT setval(quote_ident(sequencename), 1, false) FROM pg_sequences WHERE last_value IS NOT NULL")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> WholeModules:
    # Else the modules with the most tests would go first, not those that take longest.
    config.option.loadscopereorder = False
    return WholeModules(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the real engine: its runs take a minute, during which the other workers do the rest."""
    items.sort(key=lambda item: item.get_closest_marker("prefect") is None)


def pytest_collection() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave out of every later look for garbage what stays until the end: thousands of tests and all modules."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000, 20, 100)


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("REKINDLE_", "PREFECT_"))]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated database file to copy: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    store = Store(f"sqlite:///{file}")
    schema.migrate(store)
    with store.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    store.close()
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[Store]:
    """A migrated PostgreSQL database of this worker's own, from the wheel.

    Not under pytest's folder: run by root, the server is another user's, and every new pytest locks others out there.
    """
    with TemporaryDirectory(prefix="rekindle-pg-") as folder, pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", folder)
        pgserver = pytest.importorskip("pgserver", reason="pgserver has no wheel for this Python")
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        store = Store(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
        schema.migrate(store)
        _make_hasty(store)
        yield store
        store.close()
        server.cleanup()


def _make_hasty(store: Store) -> None:
    """No test survives a power cut, so none has to wait for the disk."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("ALTER SYSTEM SET synchronous_commit = off"))
        connection.execute(text("SELECT pg_reload_conf()"))


@pytest.fixture(scope="session")
def slate(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slate]:
    """This worker's SQLite database; whoever uses it wipes it first."""
    slate = Slate(migrated_sqlite, tmp_path_factory.mktemp("slate") / "rekindle.db")
    yield slate
    slate.close()


@pytest.fixture
def sqlite_store(slate: Slate) -> Iterator[Store]:
    slate.wipe()
    yield slate
    slate.close()


@pytest.fixture
def postgres_store(postgres: Store) -> Store:
    """The worker's database, emptied: row by row, for TRUNCATE takes 20 times as long when there are few."""
    empty = "; ".join(f"DELETE FROM {table}" for table in schema.METADATA.tables)
    with postgres.engine.begin() as connection:
        connection.execute(text(f"SET LOCAL session_replication_role = replica; {empty}"))
        # ALTER SEQUENCE makes a new file for each; this writes one row.
        connection.execute(_RESTART)
    return postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """The same test on both databases."""
    name = "sqlite_store" if request.param == "sqlite" else "postgres_store"
    found: Store = request.getfixturevalue(name)
    return found
