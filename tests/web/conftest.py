"""A real Rekindle on each database, and the app made from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from rekindle import clock, settings
from rekindle.store.engine import Store
from rekindle.web.app import build
from rekindle.wiring import Rekindle
from tests.cast import NOW

SECRET = "a key that signs the links of tests"


@pytest.fixture(autouse=True)
def own_folder_and_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REKINDLE_SECRET_KEY", SECRET)
    clock.rehearse(NOW)
    yield
    clock.rehearse(None)


@pytest.fixture
def rekindle(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rekindle]:
    monkeypatch.setenv("REKINDLE_DATABASE_URL", store.engine.url.render_as_string(hide_password=False))
    opened = Rekindle(settings.load())
    yield opened
    opened.store.close()


@pytest.fixture
def app(rekindle: Rekindle) -> Starlette:
    return build(rekindle)
