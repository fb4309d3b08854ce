"""What holds for every file of the tree: it says what it is, and nothing of where and by whom it was made."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_MOST_DOCSTRING_LINES = 4
_ADDRESS = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+[A-Za-z][\w-]+)")
_MACHINE = re.compile(r"(?:/home/|/Users/)[a-z][\w.-]*/|(?<![\w.])/root/")
_INVENTED = re.compile(r"(?:.+\.)?(?:example|invalid|test|localhost|example\.(?:com|net|org))")
_SKIPPED = {".git", ".venv", "var", "dist", "__pycache__"}


@cache
def files() -> list[Path]:
    """Every file that belongs to the tree."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if told.returncode == 0:
        named = [ROOT / name for name in told.stdout.decode().split("\0") if name]
    else:
        named = [path for path in ROOT.rglob("*") if not _SKIPPED & {*path.relative_to(ROOT).parts}]
    return [path for path in named if path.is_file()]


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def below(*folders: str) -> list[Path]:
    return [path for path in files() if path.relative_to(ROOT).parts[0] in folders]


MODULES = [
    path for path in below("rekindle", "flows", "states", "benchmarks") if path.suffix == ".py" and path.stat().st_size
]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_in_one_to_four_lines_what_it_is(module: Path) -> None:
    said = ast.get_docstring(ast.parse(text_of(module))) or ""
    assert 1 <= len([line for line in said.splitlines() if line.strip()]) <= _MOST_DOCSTRING_LINES


def test_no_file_holds_a_path_of_the_machine_it_was_made_on() -> None:
    own = (str(ROOT), str(Path.home()))
    homes = tuple(path for path in own if len(Path(path).parts) > 2)
    telling = [
        p for p in files() if p != Path(__file__) and (_MACHINE.search(t := text_of(p)) or any(h in t for h in homes))
    ]
    assert telling == []


@pytest.mark.parametrize("folder", ["config", "templates", "docs"])
def test_no_data_holds_an_address_somebody_could_have(folder: str) -> None:
    found = {domain for path in below(folder) for domain in _ADDRESS.findall(text_of(path))}
    assert [domain for domain in sorted(found) if not _INVENTED.fullmatch(domain.casefold())] == []
