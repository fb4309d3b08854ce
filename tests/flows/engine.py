"""How tests reach the real engine."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_HOME,
    PREFECT_LOGGING_LEVEL,
    PREFECT_LOGGING_TO_API_ENABLED,
    PREFECT_RESULTS_PERSIST_BY_DEFAULT,
    temporary_settings,
)

from rekindle import runs
from rekindle.settings import Settings
from rekindle.together.parts import Part


def server_part(settings: Settings, log: Path) -> Part:
    """Describe the server's process."""
    port = str(settings.prefect.port)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", port]
    return Part("prefect", command, log, lambda: runs.is_up(settings.prefect_api), cwd=settings.prefect.home)


@contextmanager
def temporary_engine(settings: Settings) -> Iterator[None]:
    """Point this process's Prefect at the server; without the heartbeat a run does not last a second longer."""
    own = {
        PREFECT_API_URL: settings.prefect_api,
        PREFECT_HOME: settings.prefect.home,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
        PREFECT_LOGGING_LEVEL: "ERROR",
        PREFECT_LOGGING_TO_API_ENABLED: False,
        PREFECT_RESULTS_PERSIST_BY_DEFAULT: False,
    }
    with temporary_settings(own):
        yield
