"""Opens the database and hands out sessions: `reading()` to look, `writing()` to change in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Delete, Engine, Update, create_engine, make_url
from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, LostRace, RekindleError
from rekindle.store import dialect


class Store:
    """One database. Cheap to keep, safe to share between threads."""

    def __init__(self, url: str) -> None:
        where = make_url(url)
        if where.get_backend_name() == "sqlite" and where.database:
            _make_file(Path(where.database))
        # What a statement was given may be a name or an address: an error must not carry it into a log.
        self.engine: Engine = create_engine(where, hide_parameters=True)
        dialect.prepare(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only looks; whatever it changed is thrown away."""
        with _said_plainly(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session for one transaction: commits at the end, rolls back on any error."""
        engine = self.engine.execution_options(**dialect.WRITES)
        with _said_plainly(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def rehearsing(self) -> Iterator[Session]:
        """Open a session that may write and keeps nothing: a dry run walks the same code as the real one."""
        engine = self.engine.execution_options(**dialect.WRITES)
        with _said_plainly(), Session(engine, expire_on_commit=False) as session:
            yield session
            session.rollback()

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _make_file(file: Path) -> None:
    """Make the database file before SQLite does: it holds personal data, so its owner alone may read it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)


def changed(session: Session, statement: Update | Delete) -> int:
    """Run a bulk statement; return how many rows it touched. This is how compare-and-set is asked for its answer."""
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)  # type: ignore[attr-defined]


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except DataError as error:
        raise BadInput(f"the database cannot keep this: {_first_line(error)}") from error
    except IntegrityError:
        raise
    except DatabaseError as error:
        if dialect.lacks_schema(error):
            raise RekindleError("the database is empty or old: run `rekindle init` first") from error
        if isinstance(error, ProgrammingError):
            raise
        if dialect.gave_way(error):
            raise LostRace("somebody else changed the same rows in this moment: nothing was done, try again") from error
        raise RekindleError(f"the database does not answer: {_first_line(error)}") from error


def _first_line(error: DBAPIError) -> str:
    # The rest may quote the statement, and with it a person's name.
    return next(iter(str(error.orig).splitlines()), type(error.orig).__name__)
