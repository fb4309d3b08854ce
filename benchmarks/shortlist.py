"""How long a shortlist takes, by how many have anything in common with the role, on both databases.

python -m benchmarks shortlist
"""

import time
from collections.abc import Iterator
from statistics import median

from sqlalchemy import text

from benchmarks import crowd, people
from benchmarks.figures import Figure, place, postgres, sqlite
from rekindle.exchange.roles import ProcessRecord, RoleRecord, StepRecord
from rekindle.journey.openings.opening import open_role
from rekindle.journey.openings.promising import promises_due
from rekindle.journey.openings.shortlisting import shortlist
from rekindle.mail.address import suppression_hash
from rekindle.store.engine import Store
from rekindle.store.facts import Limits

CANDIDATES, FEW, TIMES = 100_000, 1_000, 3
LIMITS = Limits(cool_off_days=30, min_days=21, max_per_year=12)
#: A family for each share of candidates that has something in common with the role, and which share.
ASKED = {family: share for family, share in crowd.FAMILIES.items() if family != "sales"}


def figures() -> list[Figure]:
    found: list[Figure] = []
    with place() as folder:
        with sqlite(folder / "few.db") as store:
            crowd.fill(store, FEW)
            found.append(Figure(f"shortlist, {FEW:,} candidates, none fits, SQLite", _shown(listed(store, "archives"))))
        with sqlite(folder / "many.db") as store:
            found += _on("SQLite", store)
        with postgres(folder / "postgres") as server:
            if server is not None:
                found += _on("PostgreSQL", server)
    return found


def listed(store: Store, family: str) -> float:
    """Return the seconds that one shortlist takes, the middle of a few."""
    taken = []
    with store.rehearsing() as session:
        role = open_role(session, _role(family), people.NOW).role
        for _ in range(TIMES):
            began = time.perf_counter()
            found = shortlist(session, role, people.NOW, LIMITS, crowd.LADDER, 90, 12, address_hash=_hash)
            taken.append(time.perf_counter() - began)
            assert bool(found.ranked) == bool(crowd.FAMILIES[family])
    return median(taken)


def promised(store: Store, family: str) -> tuple[int, float]:
    """Return how many promises fall due, and the seconds it takes to find them."""
    with store.rehearsing() as session:
        role = open_role(session, _role(family), people.NOW).role
        began = time.perf_counter()
        found = promises_due(session, role)
        return len(found), time.perf_counter() - began


def _on(name: str, store: Store) -> Iterator[Figure]:
    crowd.fill(store, CANDIDATES)
    if name == "PostgreSQL":
        # Its autovacuum would do so soon; nobody does on SQLite.
        with store.writing() as session:
            session.execute(text("ANALYZE"))
    for family, share in ASKED.items():
        what = f"shortlist, {CANDIDATES:,} candidates, {share} % have something in common, {name}"
        yield Figure(what, _shown(listed(store, family)), "2,000 ms")
    due, seconds = promised(store, "design")
    yield Figure(f"  {due:,} promises that fall due among them, {name}", _shown(seconds))


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


def _hash(address: str) -> str:
    return suppression_hash(people.SECRET, address)


def _role(family: str) -> RoleRecord:
    return RoleRecord(
        slug=family,
        title=f"Lead of {family}",
        family=family,
        level="lead",
        hiring_manager="ben@acme.example",
        whats_in_it="deciding how it is done",
        process=ProcessRecord("full", "", (StepRecord("Conversation", 45),)),
        team="Growth",
        skills=tuple(f"{family} craft {number}" for number in (1, 5, 9)),
    )
