"""Every difference between SQLite and PostgreSQL. Nothing else in Rekindle asks which database it talks to."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Engine, Insert, Select, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from rekindle.store.base import Row

#: How long a writer waits for another process's write before it gives up, in seconds.
BUSY_SECONDS = 30

#: `with_for_update` of a row one is about to change: whoever else does waits. It lets rows that only refer to it come
#: and go. SQLite renders nothing here: its writer holds everything.
HOLD: dict[str, bool] = {"key_share": True}

#: A connection that will write says so before it begins: see `_begin`.
WRITES = {"rekindle_writes": True}

#: Undefined table and undefined column, in PostgreSQL's own numbers; SQLite says it in words.
_NO_SCHEMA = frozenset({"42P01", "42703"})
_NO_SCHEMA_WORDS = ("no such table", "no such column", "has no column named")
#: Serialization failure and deadlock: PostgreSQL has undone one of two transactions that met.
_GAVE_WAY = frozenset({"40001", "40P01"})

Json = JSON().with_variant(postgresql.JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. PostgreSQL keeps the offset; SQLite keeps no zone at all, so UTC is taken off and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a time zone")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def prepare(engine: Engine) -> None:
    """Set up what each new connection of `engine` needs."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling is switched off: `_begin` says when and how.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    # FULL, not NORMAL: the ledger promises that `sending` is on the disk before the mail server hears of the
    # message. Under NORMAL a power cut may forget the last commits, and a forgotten `sending` is a second letter.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later cannot wait for its turn in SQLite: it fails at once when
    # another wrote in between. So whoever will write takes the write lock at the beginning.
    writes = connection.get_execution_options().get("rekindle_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reshaping(engine: Engine) -> Iterator[Connection]:
    """Open a transaction in which tables may be written anew.

    SQLite empties a table before it drops it, and takes with it whatever refers to its rows: so nothing may refer to
    anything meanwhile. That is switched outside of a transaction only, on the driver's own connection.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if engine.dialect.name == "sqlite":
            driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            if engine.dialect.name == "sqlite":
                driver.execute("PRAGMA foreign_keys = ON")


def lacks_schema(error: DBAPIError) -> bool:
    """Say whether an error means that a table or column is not there yet."""
    said = str(error.orig)
    return getattr(error.orig, "sqlstate", None) in _NO_SCHEMA or any(words in said for words in _NO_SCHEMA_WORDS)


def gave_way(error: DBAPIError) -> bool:
    """Say whether the transaction was undone only because it met another one, and may be tried again."""
    return getattr(error.orig, "sqlstate", None) in _GAVE_WAY


def insert_new(session: Session, row_class: type[Row]) -> Insert:
    """Build an INSERT that leaves out rows whose key is already there, on any unique key of the table."""
    build = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return build(row_class).on_conflict_do_nothing()


def skip_locked(statement: Select[Any], *row_classes: type[Row]) -> Select[Any]:
    """Hold the rows found, and pass over those of which somebody else holds one: two workers take different rows."""
    return statement.with_for_update(skip_locked=True, key_share=True, of=row_classes)


def shared_unless_held(statement: Select[Any], *row_classes: type[Row]) -> Select[Any]:
    """Keep the rows found from being changed until the transaction ends, and pass over those that somebody changes."""
    return statement.with_for_update(read=True, skip_locked=True, of=row_classes)
