"""docs/roles.md tells the points and reasons that the code has, and its example can be opened."""

import re
from collections import defaultdict
from pathlib import Path

from rekindle.cli.shortlist_page import BECAUSE
from rekindle.exchange.roles import PROCESS_FIELDS, ROLE_FIELDS, STEP_FIELDS, read_role
from rekindle.journey.openings import weights
from tests.journey.openings.stage import DIRECTOR, LADDER
from tests.journey.openings.test_shortlisting import LEFT_OUT

PAGE = (Path(__file__).parents[3] / "docs" / "roles.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line.strip("|").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line] for line in lines[1:]]


def test_every_weight_is_told() -> None:
    told: dict[str, list[int]] = defaultdict(list)
    for reason, points, _ in rows("What a shortlist weighs"):
        told[reason].append(int(points))
    assert told == {
        "family": [weights.FAMILY],
        "skill": [weights.SKILL],
        "interest": [weights.INTEREST],
        "background": [weights.BACKGROUND],
        "level": [weights.LEVEL_UP, 0, weights.LEVEL_SAME, weights.LEVEL_DOWN],
        "team": [weights.OTHER_TEAM],
        "tipped": [weights.TIPPED_NO_MORE, weights.TIPPED_AGAIN],
        "stage": [weights.FINALIST, weights.STAGE],
        "told": [weights.TOLD_PERSONALLY, 0, weights.NEVER_TOLD],
        "promise": [weights.PROMISE, weights.PROMISE_PERHAPS],
        "contact": [weights.CONTACT_RECENT, weights.CONTACT_IN_A_YEAR, 0],
        "heard": [weights.HEARD_FROM],
    }


def test_every_reason_to_leave_somebody_out_is_told_and_has_words_for_a_recruiter() -> None:
    told = {code.strip("`") for code, _ in rows("Why somebody is left out")}
    assert told == set(BECAUSE)
    assert {code for code, *_ in LEFT_OUT} < told


def test_every_field_of_the_file_is_told() -> None:
    told = {name for cells in rows("The file") for name in re.findall(r"`([\w.]+)`", cells[0])}
    process = {f"process.{name}" for name in PROCESS_FIELDS}
    assert told == (set(ROLE_FIELDS) - {"process"}) | process
    assert all(f"`{name}`" in PAGE for name in STEP_FIELDS)


def test_the_example_can_be_opened(tmp_path: Path) -> None:
    file = tmp_path / "role.toml"
    file.write_text(PAGE.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    assert read_role(file, LADDER) == DIRECTOR
