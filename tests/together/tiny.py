"""Tiny parts: processes of a line or two of Python, and ways to see what became of them."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rekindle.together.parts import Part

_PATIENCE = 10.0

SLEEP = "import time; time.sleep(60)"
#: Says it is ready, then sleeps; told to end, it says so.
POLITE = """
import signal, sys, time
from pathlib import Path
def end(*_):
    print("told to end", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
Path(sys.argv[1]).touch()
time.sleep(60)
"""
STUBBORN = POLITE.replace("    sys.exit(0)\n", "")
#: Starts a child of its own, which does not listen to anybody, and writes down its number.
PARENT = """
import signal, subprocess, sys, time
from pathlib import Path
child = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
started = subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE)
started.stdout.readline()
Path(sys.argv[1] + ".child").write_text(str(started.pid))
Path(sys.argv[1]).touch()
time.sleep(60)
"""


def part(folder: Path, code: str, name: str = "a part") -> Part:
    """Describe a process that runs `code`, ready once it has made the file it is given."""
    ready = folder / f"{name}.ready"
    command = [sys.executable, "-c", code, str(ready)]
    return Part(name, command, folder / "log" / f"{name}.log", ready.exists)


def until(true: Callable[[], bool]) -> None:
    """Wait for something that happens in another process."""
    give_up = time.monotonic() + _PATIENCE
    while not true():
        assert time.monotonic() < give_up, "it does not happen"
        time.sleep(0.01)


def lives(pid: int) -> bool:
    """Say whether a process runs; one that has ended and waits for its parent to hear of it does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    told = Path(f"/proc/{pid}/stat")
    return not told.exists() or told.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
