"""Measures on this machine and prints one table: `python -m benchmarks`, or one part: `... importing`.

The parts: importing, planning, due, forecast, shortlist, courtesy, compose, delivery; docs/benchmarks.md tells more.
"""

import sys
from importlib import import_module

from benchmarks.figures import Figure, show

PARTS = ("importing", "planning", "due", "forecast", "shortlist", "courtesy", "compose", "delivery")


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(PARTS)
    if unknown:
        print(f"there is no benchmark {', '.join(sorted(unknown))}: choose of {', '.join(PARTS)}", file=sys.stderr)
        return 2
    found: list[Figure] = []
    for part in wanted or PARTS:
        print(f"measuring {part} ...", file=sys.stderr, flush=True)
        # One after the other, and imported late: none may take room or time from the one before.
        found += import_module(f"benchmarks.{part}").figures()
    show("Measured on this machine, now", found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
