"""A SQLite database that begins anew for each test, behind one engine: what SQLAlchemy has compiled once is kept.

Compiling the statements anew takes longer than most tests do.
"""

import shutil
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from rekindle.store.engine import Store


class Slate(Store):
    """A store on a file that can be wiped."""

    def __init__(self, empty: Path, file: Path) -> None:
        super().__init__(f"sqlite:///{file}")
        self._empty, self._file = empty, file
        event.listen(self.engine, "connect", _make_hasty)

    def wipe(self) -> None:
        """Close every connection and begin with an empty, migrated file."""
        self.close()
        # A new file, not new bytes in the old one: a connection somebody forgot must not write into it.
        for part in ("", "-wal", "-shm"):
            Path(f"{self._file}{part}").unlink(missing_ok=True)
        shutil.copyfile(self._empty, self._file)


def _make_hasty(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """No test survives a power cut, so none has to wait for the disk."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()
