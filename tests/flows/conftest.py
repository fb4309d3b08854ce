"""The real engine: a Prefect server of this worker's own, on a copy of a database migrated once for this version."""

import shutil
import socket
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from rekindle import clock, settings
from rekindle.mail import maildir
from rekindle.mail.mailbox import local_mailbox
from rekindle.settings import Settings
from rekindle.together.environment import prefect_environment
from rekindle.together.parts import Part
from rekindle.wiring import Rekindle, open_rekindle
from tests import cast
from tests.flows.engine import server_part, temporary_engine


@pytest.fixture(scope="session")
def prefect_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose Prefect lies in a folder of its own and listens on a free port."""
    with socket.socket() as probe, pytest.MonkeyPatch.context() as environment:
        probe.bind(("127.0.0.1", 0))
        environment.setenv("REKINDLE_PREFECT_PORT", str(probe.getsockname()[1]))
        environment.setenv("REKINDLE_PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        return settings.load()


@pytest.fixture(scope="session")
def prefect_server(prefect_settings: Settings, pytestconfig: pytest.Config) -> Iterator[Part]:
    """A running server. Its first start migrates for ten seconds, so the migrated file is kept between sessions."""
    home = prefect_settings.prefect.home
    migrated = Path(pytestconfig.cache.mkdir("prefect")) / f"migrated-{version('prefect')}.db"
    if migrated.exists():
        shutil.copyfile(migrated, home / "prefect.db")
    part = server_part(prefect_settings, home / "server.log")
    part.launch(prefect_environment(prefect_settings) | {"PATH": "/usr/bin:/bin"})
    try:
        part.await_ready()
        if not migrated.exists():
            part.stop()
            shutil.copyfile(home / "prefect.db", migrated)
            part.launch(prefect_environment(prefect_settings) | {"PATH": "/usr/bin:/bin"})
            part.await_ready()
        yield part
    finally:
        part.stop()


@pytest.fixture
def engine(prefect_server: Part, prefect_settings: Settings, rekindle: Rekindle) -> Iterator[str]:
    """Let flows of this process run against the server, on a Rekindle of the test's own; gives the API's address."""
    assert prefect_server.is_alive()
    assert rekindle.settings.prefect.port == prefect_settings.prefect.port
    with temporary_engine(prefect_settings):
        yield prefect_settings.prefect_api


@pytest.fixture
def rekindle(
    tmp_path: Path, migrated_sqlite: Path, prefect_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Rekindle]:
    """A Rekindle of the shipped settings, with a mailbox that listens, at the moment of the cast."""
    shutil.copyfile(migrated_sqlite, tmp_path / "rekindle.db")
    with local_mailbox(tmp_path / "mailbox") as mailbox:
        told = {
            "REKINDLE_DATABASE_URL": f"sqlite:///{tmp_path / 'rekindle.db'}",
            "REKINDLE_MAILBOX_FOLDER": str(mailbox.folder),
            "REKINDLE_MAILBOX_PORT": str(mailbox.port),
            "REKINDLE_SMTP_PORT": str(mailbox.port),
            "REKINDLE_SECRET_KEY": "a secret for tests only",
            "REKINDLE_PREFECT_PORT": str(prefect_settings.prefect.port),
            "REKINDLE_NOW": cast.NOW.isoformat(),
            # The clock stands still: what goes tomorrow would never go.
            "REKINDLE_EDITIONS_SPREAD_DAYS": "1",
            # What flows do with a letter does not depend on how much it carries.
            "REKINDLE_QUARTERLY_ITEMS_MIN": "1",
        }
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        opened = open_rekindle()
        yield opened
        opened.store.close()
    clock.rehearse(None)


@pytest.fixture
def mails(rekindle: Rekindle) -> "Mails":
    return Mails(rekindle.settings.mailbox.folder)


class Mails:
    """What the mailbox of a test has received."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recipients(self) -> list[str]:
        return sorted(recipient for mail in maildir.read(self._folder) for recipient in mail.recipients)
