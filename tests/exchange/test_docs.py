"""The page on importing has a heading for every column, and what it shows is true."""

import json
import re
from pathlib import Path

from rekindle.exchange.columns import COLUMNS
from rekindle.exchange.presets import load_preset
from rekindle.exchange.record import CandidateRecord
from rekindle.exchange.rules import checked
from tests.exchange.samples import TODAY

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")


def shown(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_every_column_has_its_heading_and_no_other_has() -> None:
    assert re.findall(r"^### (.+)$", PAGE, re.MULTILINE) == [*COLUMNS]


def test_the_line_it_shows_is_a_candidate() -> None:
    assert isinstance(checked(json.loads(shown("json")), TODAY), CandidateRecord)


def test_the_preset_it_shows_loads(tmp_path: Path) -> None:
    (tmp_path / "shown.toml").write_text(shown("toml"), encoding="utf-8")
    preset = load_preset("shown", [tmp_path])
    assert (preset.source, preset.full_name, len(preset.columns)) == ("old-ats", "given-first", 4)
