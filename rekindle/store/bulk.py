"""Puts many rows into one table at the driver's price: SQLAlchemy's own costs as much per row as the database."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from rekindle.store.base import Row

Columns = dict[str, Any]
Process = Callable[[Any], Any]


def insert_all(session: Session, noun: type[Row], rows: Iterable[Columns]) -> None:
    """Insert rows that name the same columns, and every column that has a default; the dicts given are used up."""
    found = list(rows)
    if not found:
        return
    connection = session.connection()
    statement, order, processes = _prepared(noun, tuple(found[0]), connection.dialect)
    for name, process in processes:
        for row in found:
            row[name] = process(row[name])
    connection.exec_driver_sql(statement, list(map(itemgetter(*order), found)) if order else found)


@lru_cache(maxsize=64)
def _prepared(
    noun: type[Row], names: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[str] | None, list[tuple[str, Process]]]:
    """Return the statement, the order of its places (None: they have names), and how values become the driver's."""
    compiled = insert(noun.__table__).compile(dialect=dialect, column_keys=list(names))  # type: ignore[arg-type] # a Table
    kinds = {name: noun.__table__.c[name].type.dialect_impl(dialect) for name in names}
    processes: list[tuple[str, Process]] = []
    for name, kind in kinds.items():
        if process := kind.bind_processor(dialect):
            processes.append((name, process))
    return compiled.string, getattr(compiled, "positiontup", None), processes
