from pathlib import Path

import pytest

from states import diagram
from tests.cli.calling import Command


def test_the_lifecycle_is_drawn(bare: Command) -> None:
    assert bare("diagram").out == f"{diagram.section()}\n"


def test_a_readme_is_refreshed_between_its_markers(bare: Command, folder: Path) -> None:
    readme = folder / "README.md"
    readme.write_text(f"# Ünser\n{diagram.BEGIN}\nold\n{diagram.END}\nrest\n", encoding="utf-8")
    assert bare("diagram", "--readme", "README.md").out == "README.md: drawn anew\n"
    assert readme.read_text(encoding="utf-8") == f"# Ünser\n{diagram.BEGIN}\n{diagram.section()}\n{diagram.END}\nrest\n"
    assert bare("diagram", "--readme", "README.md").out == "README.md: was up to date\n"


@pytest.mark.parametrize("written", [b"no markers", b"\xff\xfe", None])
def test_what_is_no_readme_is_left_alone(written: bytes | None, bare: Command, folder: Path) -> None:
    if written:
        (folder / "README.md").write_bytes(written)
    told = bare("diagram", "--readme", "README.md")
    assert told.code == 2
    assert told.err.startswith("error: README.md: ")
