"""What a benchmark says: figures with what is aimed at, in one table. And a place to work in, gone afterwards."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from rekindle.store import schema
from rekindle.store.engine import Store


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured, in words, and the aim where there is one."""

    what: str
    measured: str
    aim: str = ""


def show(title: str, figures: Iterable[Figure]) -> None:
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    table.add_column("what")
    table.add_column("measured", justify="right")
    table.add_column("aim", justify="right")
    for figure in figures:
        table.add_row(figure.what, figure.measured, figure.aim)
    Console().print(table)


@contextmanager
def place() -> Iterator[Path]:
    """Give an empty folder on the disk, not in memory: a ledger is as fast as its disk."""
    with tempfile.TemporaryDirectory(prefix="rekindle-bench-", dir=Path.cwd()) as folder:
        yield Path(folder)


@contextmanager
def sqlite(file: Path) -> Iterator[Store]:
    """Open a migrated SQLite database."""
    store = Store(f"sqlite:///{file}")
    schema.migrate(store)
    yield store
    store.close()


@contextmanager
def postgres(folder: Path) -> Iterator[Store | None]:
    """Start a PostgreSQL of our own, with its usual care for the disk; None where the wheel does not exist."""
    # The server's socket: a path in a deep folder would be too long for one. Read as the wheel is imported.
    with tempfile.TemporaryDirectory(prefix="rekindle-") as sockets:
        os.environ["XDG_RUNTIME_DIR"] = sockets
        try:
            pgserver = import_module("pgserver")
        except ImportError:
            yield None
            return
        server = pgserver.get_server(folder, cleanup_mode="delete")
        store = Store(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
        schema.migrate(store)
        yield store
        store.close()
        server.cleanup()
