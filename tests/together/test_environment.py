"""What a child process is told: everything that is set, nothing of Prefect's from outside."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rekindle import clock, settings
from rekindle.together.environment import environment, prefect_environment
from tests.cast import NOW


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["PREFECT_API_URL", "PREFECT_PROFILE", "prefect_home", "Prefect_Api_Key"])
def test_nothing_of_prefects_is_inherited_in_whatever_case(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "from outside")
    given = environment(settings.load())
    assert "from outside" not in given.values()


def test_everything_else_is_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "for the database")
    monkeypatch.setenv("REKINDLE_SECRET_KEY", "a secret of the team")
    given = environment(settings.load())
    assert (given["PGPASSWORD"], given["REKINDLE_SECRET_KEY"]) == ("for the database", "a secret of the team")
    assert given["PATH"] == os.environ["PATH"]


def test_prefect_stays_on_this_machine_and_in_its_own_folder(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_PREFECT_PORT", "4321")
    given = prefect_environment(settings.load())
    assert given["PREFECT_HOME"] == str(own_folder / "var" / "prefect")
    assert given["PREFECT_API_URL"] == "http://127.0.0.1:4321/api"
    assert (given["PREFECT_SERVER_API_HOST"], given["PREFECT_SERVER_API_PORT"]) == ("127.0.0.1", "4321")
    assert (given["PREFECT_SERVER_ANALYTICS_ENABLED"], given["DO_NOT_TRACK"]) == ("false", "1")
    assert not [name for name in given if "AUTH" in name], "an empty password would be asked for"


def test_a_password_is_told_to_the_server_and_to_who_asks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_PREFECT_AUTH", "admin:of the team")
    given = prefect_environment(settings.load())
    assert given["PREFECT_API_AUTH_STRING"] == given["PREFECT_SERVER_API_AUTH_STRING"] == "admin:of the team"


def test_the_folder_of_settings_is_told_whole(own_folder: Path) -> None:
    assert "REKINDLE_CONFIG" not in environment(settings.load()), "there is none"
    (own_folder / "config").mkdir()
    assert environment(settings.load())["REKINDLE_CONFIG"] == str(own_folder / "config")


def test_a_rehearsal_is_a_rehearsal_in_every_part() -> None:
    assert "REKINDLE_NOW" not in environment(settings.load())
    clock.rehearse(NOW)
    try:
        assert datetime.fromisoformat(environment(settings.load())["REKINDLE_NOW"]).astimezone(UTC) == NOW
    finally:
        clock.rehearse(None)
