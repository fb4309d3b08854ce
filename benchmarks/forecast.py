"""What a look ahead costs: everybody over 90 days, with an update, check-ins, the budget and the sending hours.

python -m benchmarks forecast
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import String, cast, update

from benchmarks import people
from benchmarks.figures import Figure, place, sqlite
from rekindle.journey.forecast.outlook import Outlook
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.wiring import Rekindle, open_rekindle
from rekindle.wiring.ahead import look_ahead

CANDIDATES, DAYS = 100_000, 90
#: So many companies have people among them.
COMPANIES = 20_000


def figures() -> list[Figure]:
    with place() as folder:
        file = folder / "rekindle.db"
        with sqlite(file) as store:
            settle(store, folder)
        with opened(file) as rekindle:
            seconds, outlook = timed(rekindle)
    mails = outlook.by_programme.total()
    return [
        Figure(f"forecast of {DAYS} days, {CANDIDATES:,} candidates, {mails:,} mails", f"{seconds:,.0f} s", "120 s"),
    ]


def settle(store: Store, folder: Path) -> None:
    """Bring in people of many companies, all kept warm, and news for them."""
    people.bring_in(store, people.write(folder / "people.jsonl", CANDIDATES))
    people.add_news(store)
    people.keep_warm(store)
    company = "company" + cast(Candidate.id % COMPANIES, String) + ".example"
    with store.writing() as session:
        session.execute(update(Candidate).values(domain=company))


@contextmanager
def opened(file: Path) -> Iterator[Rekindle]:
    """Open a Rekindle with the shipped settings on this database."""
    before = dict(os.environ)
    os.environ["REKINDLE_DATABASE_URL"] = f"sqlite:///{file}"
    try:
        rekindle = open_rekindle()
        yield rekindle
        rekindle.store.close()
    finally:
        os.environ.clear()
        os.environ.update(before)


def timed(rekindle: Rekindle) -> tuple[float, Outlook]:
    began = time.perf_counter()
    with rekindle.store.reading() as session:
        outlook = look_ahead(rekindle, session, people.NOW, DAYS)
    return time.perf_counter() - began, outlook
