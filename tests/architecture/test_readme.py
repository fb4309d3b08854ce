"""README is the front door: its drawing is that of the code, its commands exist, and it can be read in a minute."""

import re
from pathlib import Path

from states import diagram

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LONGEST = 120


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_the_lifecycle_is_drawn_from_the_table_of_today() -> None:
    assert diagram.refresh(README) == README


def test_every_make_command_it_names_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert {"demo", "test"} <= named
    assert named <= targets()


def test_it_is_short_but_for_the_drawing() -> None:
    before, _, rest = README.partition(diagram.BEGIN)
    after = rest.partition(diagram.END)[2]
    assert len(f"{before}{after}".splitlines()) <= LONGEST
