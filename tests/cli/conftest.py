"""A folder of one's own with a migrated database, and the command line as a function that returns what was printed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rekindle import settings
from rekindle.cli.app import app
from rekindle.cli.running import run
from rekindle.store.engine import Store
from rekindle.wiring import Rekindle
from tests.cast import NOW
from tests.cli.calling import Command, Told


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("REKINDLE_SECRET_KEY", "a key that signs the links of tests")
    return tmp_path


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line as it is, in an empty folder and at the real time."""

    def call(*args: object) -> Told:
        code = run(app, [str(arg) for arg in args])
        printed = capsys.readouterr()
        return Told(code, printed.out, printed.err)

    return call


@pytest.fixture
def command(bare: Command, store: Store) -> Command:
    """The command line beside a migrated database, at the time of the cast."""
    assert store.engine.dialect.name == "sqlite"
    return lambda *args: bare("--now", NOW.isoformat(), *args)


@pytest.fixture
def store(folder: Path, migrated_sqlite: Path) -> Iterator[Store]:
    """The database that commands in this folder use."""
    (folder / "var").mkdir()
    shutil.copyfile(migrated_sqlite, folder / "var" / "rekindle.db")
    own = Store(f"sqlite:///{folder}/var/rekindle.db")
    yield own
    own.close()


@pytest.fixture
def rekindle(store: Store) -> Iterator[Rekindle]:
    """The Rekindle of this folder, to set up what commands are to find."""
    opened = Rekindle(settings.load())
    yield opened
    opened.store.close()
