from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A team's empty config folder; the working folder is its parent."""
    monkeypatch.chdir(tmp_path)
    own = tmp_path / "config"
    own.mkdir()
    return own
