"""Who is due a check-in: a thousand among ten thousand candidates, and the same thousand among a million.

What is measured is the query with its walk through Python, and the same with all that speaks against each. Both must
cost what the thousand cost, not what the million do: the plans are asked whether they walk the index.

    python -m benchmarks due
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from benchmarks.figures import Figure, place, postgres, sqlite
from benchmarks.standards import standards
from rekindle.journey.warming import due
from rekindle.journey.warming.considering import considered
from rekindle.journey.warming.due import quiet
from rekindle.journey.warming.readiness import Interval
from rekindle.store.engine import Store
from rekindle.store.facts import Limits

MANY, FEW, DUE, ROUNDS = 1_000_000, 10_000, 1_000, 15
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
TEAM = Interval(120, 180)
STANDARDS = standards(Limits(cool_off_days=30, min_days=21, max_per_year=12))
_GROUP = 100_000
_INDEX = "ix_candidates_state_contact"
_NUMBERS = {
    "sqlite": """(WITH RECURSIVE c(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM c WHERE n < :last) SELECT n FROM c)
      AS numbers""",
    "postgresql": "generate_series(CAST(:first AS INTEGER), CAST(:last AS INTEGER)) AS numbers(n)",
}
_AGO = {"sqlite": "date('{day}', '-' || ({days}) || ' days')", "postgresql": "DATE '{day}' - CAST({days} AS INTEGER)"}
_HUNDRED = 100
_PEOPLE = """
INSERT INTO candidates (id, key, state, given_name, family_name, email, address, domain, locale, recruiter, basis,
  check_in_days, check_in_most_days, last_contact_on, created_at)
SELECT n, 'k' || n, 'nurturing', 'Person', 'No ' || n, 'p' || n || '@example.org', 'p' || n || '@example.org',
  'example.org', 'en', 'ann@acme.example', 'legitimate-interest', {own}, {own}, {ago}, :now
FROM {numbers}
"""
_APPLICATIONS = """
INSERT INTO applications (candidate_id, source, role, finalist, outcome, reason_sayable, rejection, decided_on,
  last_interview_on)
SELECT n, 'bench', 'Engineer', {true}, 'rejected', {false}, 'personal', {ago}, {ago}
FROM {numbers}
"""


def figures() -> list[Figure]:
    found: list[Figure] = []
    with place() as folder:
        with sqlite(folder / "few.db") as few, sqlite(folder / "many.db") as many:
            found += _compared("SQLite", 250, few, many)
        with postgres(folder / "few") as few_there, postgres(folder / "many") as many_there:
            if few_there and many_there:
                found += _compared("PostgreSQL", 100, few_there, many_there)
    return found


def _compared(name: str, aim: int, few: Store, many: Store) -> Iterator[Figure]:
    _fill(few, FEW)
    _fill(many, MANY)
    walked, judged, plan = _rounds(few, many, _walk), _rounds(few, many, _judge), _plan(many)
    yield Figure(f"{name}: who is due, {DUE:,} of {MANY:,}", f"{walked.many * 1000:,.1f} ms", f"under {aim} ms")
    yield Figure(f"  of {FEW:,}", f"{walked.few * 1000:,.1f} ms")
    yield Figure("  times as long", f"{walked.ratio:.2f}", "at most 1.5")
    yield Figure("  with all that speaks against each", f"{judged.many * 1000:,.0f} ms")
    yield Figure("  times as long as of the few", f"{judged.ratio:.2f}")
    yield Figure("  walks the index", "yes" if _INDEX in plan else f"no: {plan}", "yes")


@dataclass(frozen=True, slots=True)
class _Rounds:
    """Seconds among the few and among the many, the shortest of some rounds; and the median of their ratios."""

    few: float
    many: float
    ratio: float


def _rounds(few: Store, many: Store, ask: Callable[[Store], int]) -> _Rounds:
    """Ask both in turn: this machine may be busy, and then it is busy with both."""
    assert ask(few) == ask(many) == DUE
    times = [(_timed(few, ask), _timed(many, ask)) for _ in range(ROUNDS)]
    ratio = statistics.median(slow / quick for quick, slow in times)
    return _Rounds(min(quick for quick, _ in times), min(slow for _, slow in times), ratio)


def _walk(store: Store) -> int:
    with store.reading() as session:
        return len(list(quiet(session, NOW.date(), TEAM)))


def _judge(store: Store) -> int:
    with store.reading() as session:
        return len(list(considered(session, STANDARDS, NOW)))


def _timed(store: Store, ask: Callable[[Store], int]) -> float:
    began = time.perf_counter()
    ask(store)
    return time.perf_counter() - began


def _plan(store: Store) -> str:
    """Ask the database how it would find them."""
    query = due._quiet_since(NOW.date() - timedelta(days=TEAM.days)).where(due._HAS_NONE).limit(due.PAGE)  # noqa: SLF001
    explain = "EXPLAIN QUERY PLAN" if store.engine.dialect.name == "sqlite" else "EXPLAIN"
    with store.reading() as session:
        compiled = query.compile(store.engine, compile_kwargs={"literal_binds": True})
        return " ".join(str(row) for row in session.execute(text(f"{explain} {compiled}")))


def _fill(store: Store, candidates: int) -> None:
    """Store them in bulk: the first thousand are due, a hundredth of everybody has days of their own."""
    for group in _groups(candidates):
        with store.writing() as session:
            for statement in (_PEOPLE, _APPLICATIONS):
                session.execute(
                    text(_written(statement, store.engine.dialect.name)),
                    group | {"now": f"{NOW:%Y-%m-%d %H:%M:%S}.000000"},
                )
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _groups(candidates: int) -> Sequence[dict[str, object]]:
    starts = range(1, candidates + 1, _GROUP)
    return [{"first": first, "last": min(first + _GROUP - 1, candidates)} for first in starts]


def _written(statement: str, dialect: str) -> str:
    # Who is due was heard of 121 to 260 days ago, everybody else within the last hundred.
    days = f"CASE WHEN n <= {DUE} THEN 121 + n % 140 ELSE 1 + n % {_HUNDRED} END"
    day: date = NOW.date()
    return statement.format(
        numbers=_NUMBERS[dialect],
        ago=_AGO[dialect].format(day=day, days=days),
        own=f"CASE WHEN n % {_HUNDRED} = 0 THEN 110 ELSE NULL END",
        true="1" if dialect == "sqlite" else "TRUE",
        false="0" if dialect == "sqlite" else "FALSE",
    )
