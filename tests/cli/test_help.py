import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from rekindle.cli.app import app
from tests.cli.calling import Command

ROOT: Any = get_command(app)


def pages(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from pages(below, (*path, name))


@pytest.mark.parametrize("path", [*pages(ROOT)], ids=" ".join)
def test_every_command_explains_itself_within_80_columns(path: tuple[str, ...], bare: Command) -> None:
    told = bare(*path, "--help")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(" ".join(("Usage: rekindle", *path)))
    assert max(map(len, told.out.splitlines())) <= 80


@pytest.mark.parametrize("path", [*pages(ROOT)], ids=" ".join)
def test_every_command_has_one_line_in_the_list_it_stands_in(path: tuple[str, ...], bare: Command) -> None:
    if path:
        listed = bare(*path[:-1], "--help").out.splitlines()
        at = next(i for i, line in enumerate(listed) if line.startswith(f"  {path[-1]} "))
        assert len(listed[at].split()) > 1
        assert at + 1 == len(listed) or not listed[at + 1].startswith("    ")


@pytest.mark.parametrize("path", [(), ("candidates",), ("approvals",)])
def test_a_group_called_without_a_command_shows_its_help(path: tuple[str, ...], bare: Command) -> None:
    assert bare(*path).out == bare(*path, "-h").out
    assert bare(*path).code == 0


def test_commands_stand_under_those_who_use_them(bare: Command) -> None:
    out = bare("--help").out
    places = [out.index(f"\n{heading}:\n") for heading in ("First steps", "For recruiters", "For operations")]
    assert places == sorted(places)
    assert places[1] < out.index("\n  approvals ") < places[2]


def test_the_version_is_told(bare: Command) -> None:
    assert bare("--version").out.startswith("rekindle 0.")


def test_the_help_waits_for_nothing_heavy() -> None:
    heavy = {"prefect", "sqlalchemy", "pydantic", "rich", "jinja2", "httpx", "transitions", "premailer"}
    code = f"import sys; import rekindle.cli.app; print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
