"""Every dependency is answered for: a row with its reason and its licence, and no row for what is gone."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")


def declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [requirement for extra in project["optional-dependencies"].values() for requirement in extra]
    return [re.split(r"[^A-Za-z0-9._-]", requirement)[0] for requirement in project["dependencies"] + extras]


def rows() -> dict[str, list[str]]:
    """Return name -> the cells beside it, of every table of the page."""
    lines = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
    return {name: cells for name, *cells in lines if name != "name"}


def test_every_dependency_has_its_row_and_every_row_its_dependency() -> None:
    assert sorted(rows()) == sorted(declared())


@pytest.mark.parametrize("name", declared())
def test_a_row_says_what_for_and_under_which_licence(name: str) -> None:
    reason, licence = rows()[name]
    assert len(reason) > 5
    assert re.match(r"(MIT|BSD|Apache|LGPL|MPL|ISC|Unlicense)", licence)
