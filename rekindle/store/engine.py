"""Opens the database and hands out sessions: `reading()` to look, `writing()` to change in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Delete, Engine, Update, create_engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from rekindle.errors import RekindleError
from rekindle.store import dialect


class Store:
    """One database. Cheap to keep, safe to share between threads."""

    def __init__(self, url: str) -> None:
        where = make_url(url)
        if where.get_backend_name() == "sqlite" and where.database:
            Path(where.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine: Engine = create_engine(where)
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

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def changed(session: Session, statement: Update | Delete) -> int:
    """Run a bulk statement; return how many rows it touched. This is how compare-and-set is asked for its answer."""
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)  # type: ignore[attr-defined]


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        cause = str(error.orig).splitlines()[0]
        if "no such table" in cause or "does not exist" in cause:
            raise RekindleError("the database is empty or old: run `rekindle init` first") from error
        raise RekindleError(f"the database does not answer: {cause}") from error
