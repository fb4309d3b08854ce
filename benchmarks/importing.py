"""How fast an import is, and whether its memory depends on the size of the file: each size in a fresh process.

python -m benchmarks importing
"""

import json
import os
import resource
import subprocess
import sys
import time
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from benchmarks import people
from benchmarks.figures import Figure, place, sqlite
from rekindle.cli.app import app
from rekindle.cli.running import run

SMALL, LARGE = 10_000, 100_000
FILE = "people.jsonl"


@dataclass(frozen=True, slots=True)
class Measured:
    """One `rekindle import`: seconds by the clock and of our own processor time, and the highest memory in MB."""

    rows: int
    seconds: float
    busy: float
    peak: float

    @property
    def rate(self) -> float:
        return self.rows / self.seconds


def figures() -> list[Figure]:
    small, large = measured(SMALL), measured(LARGE)
    again = measured(LARGE, again=True)
    return [
        Figure(f"import of {LARGE:,} rows", f"{large.rate:,.0f} rows/s", "4,000 rows/s"),
        Figure("  by processor time of the process alone", f"{large.rows / large.busy:,.0f} rows/s"),
        Figure(f"import of {SMALL:,} rows", f"{small.rate:,.0f} rows/s"),
        Figure(f"the same {LARGE:,} rows again, nothing to do", f"{again.rate:,.0f} rows/s"),
        Figure(f"peak memory, {LARGE:,} against {SMALL:,} rows", f"{large.peak:.0f} MB to {small.peak:.0f} MB"),
        Figure("  as a ratio", f"{large.peak / small.peak:.2f}", "at most 1.3"),
    ]


def measured(count: int, *, again: bool = False) -> Measured:
    """Import that many rows in a process of its own; with `again`, measure the second time."""
    with place() as folder:
        people.write(folder / FILE, count)
        with sqlite(folder / "rekindle.db"):
            pass
        turns = 2 if again else 1
        for _ in range(turns):
            command = [sys.executable, "-m", "benchmarks.importing", str(folder)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        return Measured(**json.loads(done.stdout))


def _import(folder: Path) -> None:
    """Do what `rekindle import FILE` does, in this process, and print what it took."""
    os.environ["REKINDLE_DATABASE_URL"] = f"sqlite:///{folder / 'rekindle.db'}"
    os.environ["REKINDLE_SECRET_KEY"] = people.SECRET
    began, busy = time.perf_counter(), time.process_time()
    with redirect_stdout(StringIO()) as said:
        assert run(app, ["--now", people.NOW.isoformat(), "import", str(folder / FILE), "--json"]) == 0
    rows = sum(json.loads(said.getvalue())["counts"].values())
    took = time.perf_counter() - began, time.process_time() - busy
    print(json.dumps({"rows": rows, "seconds": took[0], "busy": took[1], "peak": peak()}))


def peak() -> float:
    """Return the highest memory of this process in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not ru_maxrss there: Linux hands it on from the process that started this one.
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


if __name__ == "__main__":
    _import(Path(sys.argv[1]))
