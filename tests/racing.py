"""Two things at once: started together, or the second while the first has not committed yet."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.orm import Session

from rekindle.store.engine import Store

T = TypeVar("T")
Step = Callable[[Session], T]

_WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
_PATIENCE = 5.0


def at_once(store: Store, *steps: Step[T]) -> list[T | Exception]:
    """Take each step in a thread and a transaction of its own, all let go in the same moment; what came of each."""
    gate = threading.Barrier(len(steps))

    def run(step: Step[T]) -> T:
        gate.wait()
        with store.writing() as session:
            return step(session)

    with ThreadPoolExecutor(len(steps)) as pool:
        return _outcomes([pool.submit(run, step) for step in steps])


def while_uncommitted(store: Store, first: Step[object], second: Step[T]) -> T | Exception:
    """Take the second step while the first is done and not committed; what came of the second.

    SQLite lets the second one in after the commit; PostgreSQL lets it read what was there before.
    """
    with ThreadPoolExecutor(1) as pool:
        with store.writing() as session:
            first(session)
            session.flush()
            future = beside(store, pool, second)
        return _outcomes([future])[0]


def beside(store: Store, pool: ThreadPoolExecutor, step: Step[T]) -> Future[T]:
    """Begin a step in a thread and a transaction of its own; return once it is over, or waits for somebody."""
    future = pool.submit(_in_transaction, store, step)
    _until_it_waits(store, future)
    return future


def _in_transaction(store: Store, step: Step[T]) -> T:
    with store.writing() as session:
        return step(session)


def _until_it_waits(store: Store, future: Future[T]) -> None:
    deadline = time.monotonic() + _PATIENCE
    postgres = store.engine.dialect.name == "postgresql"
    while postgres and not future.done() and time.monotonic() < deadline:
        with store.engine.connect() as connection:
            if connection.scalar(_WAITING):
                return
        time.sleep(0.002)


def _outcomes(futures: Sequence[Future[T]]) -> list[T | Exception]:
    outcomes: list[T | Exception] = []
    for future in futures:
        try:
            outcomes.append(future.result())
        except Exception as error:  # noqa: BLE001 - the error is what the test asks about
            outcomes.append(error)
    return outcomes
