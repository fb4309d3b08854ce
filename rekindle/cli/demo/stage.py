"""The demo's own place: a fresh folder, free ports and a clock that stands still. No setting of the user reaches it."""

import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rekindle import clock
from rekindle.resources import shipped
from rekindle.wiring import Rekindle, open_rekindle

PLACE = Path("var/demo")
#: What the demo is told with.
FILES = shipped("config") / "demo"
#: Five minutes after the quarterly update of Q4 2026 is due: the second Tuesday of October, 10:00 in Berlin.
NOW = datetime(2026, 10, 13, 8, 5, tzinfo=UTC)


@contextmanager
def staged() -> Iterator[Rekindle]:
    """Clear the place and open a Rekindle in it."""
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("REKINDLE_")]:
        del os.environ[name]
    os.environ.update(_variables())
    clock.rehearse(NOW)
    rekindle = open_rekindle()
    try:
        yield rekindle
    finally:
        rekindle.store.close()
        clock.rehearse(None)
        os.environ.clear()
        os.environ.update(before)


#: Whoever watches waits for no morning; and everybody of the demo has an address at the same place.
_AT_ONCE = {
    "REKINDLE_SENDING_SINCE": "00:00",
    "REKINDLE_SENDING_UNTIL": "00:00",
    "REKINDLE_SENDING_DAYS": "monday,tuesday,wednesday,thursday,friday,saturday,sunday",
    "REKINDLE_SENDING_HOLIDAYS": "false",
    "REKINDLE_EDITIONS_SPREAD_DAYS": "1",
    "REKINDLE_BUDGET_PER_DOMAIN_A_DAY": "0",
}


def _variables() -> dict[str, str]:
    mailbox, prefect, web = (str(port) for port in _free_ports(3))
    return {
        "REKINDLE_CONFIG": str(shipped("config")),
        "REKINDLE_DATABASE_URL": f"sqlite:///{PLACE / 'rekindle.db'}",
        "REKINDLE_MAILBOX_FOLDER": str(PLACE / "mailbox"),
        "REKINDLE_MAILBOX_PORT": mailbox,
        "REKINDLE_SMTP_PORT": mailbox,
        "REKINDLE_PREFECT_PORT": prefect,
        "REKINDLE_PREFECT_HOME": str(PLACE / "prefect"),
        "REKINDLE_WEB_PORT": web,
        "REKINDLE_WEB_BASE_URL": f"http://127.0.0.1:{web}",
        "REKINDLE_SECRET_KEY": secrets.token_urlsafe(32),
        **_AT_ONCE,
    }


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
