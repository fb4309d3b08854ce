from pathlib import Path

import pytest

from rekindle import settings
from rekindle.resources import shipped
from rekindle.store import schema
from rekindle.store.engine import Store
from tests.cli.calling import Command


def test_init_writes_a_commented_configuration_and_a_database(
    bare: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REKINDLE_SECRET_KEY")
    told = bare("init")
    assert (told.code, told.err) == (0, "")
    for name in ("default.toml", "policy.toml", "example.env"):
        assert (folder / "config" / name).read_bytes() == (shipped("config") / name).read_bytes()
    store = Store(f"sqlite:///{folder}/var/rekindle.db")
    assert schema.current(store) == schema.newest()
    store.close()
    assert "made var/secret.key; back it up" in told.out
    assert (folder / "var" / "secret.key").stat().st_mode & 0o077 == 0


def test_what_it_writes_can_be_loaded(bare: Command) -> None:
    before = settings.load()
    bare("init")
    assert settings.load() == before


def test_init_twice_keeps_everything(bare: Command, folder: Path) -> None:
    bare("init")
    (folder / "config" / "default.toml").write_text("[smtp]\nport = 26\n")
    again = bare("init")
    assert again.code == 0
    assert "default.toml: kept as it is" in again.out
    assert "database: is at the newest revision" in again.out
    assert (folder / "config" / "default.toml").read_text() == "[smtp]\nport = 26\n"


def test_init_writes_where_config_points(bare: Command, folder: Path) -> None:
    assert bare("--config", "team", "init").code == 0
    assert (folder / "team" / "policy.toml").is_file()
    assert not (folder / "config").exists()


def test_init_migrates_an_older_database(bare: Command, folder: Path) -> None:
    store = Store(f"sqlite:///{folder}/var/rekindle.db")
    store.engine.connect().close()
    store.close()
    assert "database: created, now at revision" in bare("init").out


def test_a_database_of_a_newer_rekindle_is_left_alone(bare: Command, store: Store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    told = bare("init")
    assert (told.code, told.err) == (2, "error: the database is at revision 9999, which only a newer Rekindle knows\n")


def test_a_file_that_is_no_database_is_said(bare: Command, folder: Path) -> None:
    (folder / "var").mkdir()
    (folder / "var" / "rekindle.db").write_bytes(b"not a database at all" * 100)
    told = bare("init")
    assert told.code == 2
    assert "the database cannot be used: file is not a database" in told.err


def test_a_file_in_the_place_of_the_folder_is_said(bare: Command, folder: Path) -> None:
    (folder / "config").write_text("")
    told = bare("init")
    assert told.code == 2
    assert "config/default.toml cannot be written" in told.err


def test_a_key_of_the_environment_is_not_written_down(bare: Command, folder: Path) -> None:
    assert "key: REKINDLE_SECRET_KEY" in bare("init").out
    assert not (folder / "var" / "secret.key").exists()
