"""Who is due: an edition planned over many candidates, and over many of whom few are kept warm.

python -m benchmarks planning
"""

import time
from datetime import timedelta

from benchmarks import people
from benchmarks.figures import Figure, place, sqlite
from rekindle.journey.bulk import nurture
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.bulk.nurture import Rule
from rekindle.store.engine import Store
from rekindle.store.facts import Limits

CANDIDATES, FEW = 100_000, 1_000
LIMITS = Limits(cool_off_days=30, min_days=21, max_per_year=12)
RULE = Rule(LIMITS, items_min=1, items_max=people.ITEMS)
FROZEN = Frozen("a template", str(RULE), ("lead",), timedelta(days=7))


def figures() -> list[Figure]:
    with place() as folder, sqlite(folder / "rekindle.db") as store:
        people.bring_in(store, people.write(folder / "people.jsonl", CANDIDATES))
        people.add_news(store)
        nobody = planned(store, "2026-Q2")
        people.keep_warm(store, FEW)
        few = planned(store, "2026-Q3")
        people.keep_warm(store)
        everybody = planned(store, "2026-Q4")
    return [
        Figure(f"plan an edition, {CANDIDATES:,} candidates, none kept warm", f"{nobody * 1000:,.0f} ms"),
        Figure(f"  {FEW:,} of them kept warm", f"{few * 1000:,.0f} ms"),
        Figure(f"  all {CANDIDATES:,} kept warm", f"{everybody:,.1f} s"),
        Figure("  who is due, with what and why not", f"{CANDIDATES / everybody:,.0f} candidates/s"),
    ]


def planned(store: Store, period: str) -> float:
    """Plan one edition; return the seconds it took."""
    began = time.perf_counter()
    nurture.plan_update(store, period, people.NOW, RULE, FROZEN)
    return time.perf_counter() - began
