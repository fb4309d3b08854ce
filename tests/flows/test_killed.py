"""A sender that is killed in the middle: nobody gets a letter twice, and none is lost without a trace."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from flows.deliver import deliver
from flows.quarterly_update import quarterly_update
from flows.sweep import sweep
from rekindle.mail import maildir
from rekindle.store.messages import Message
from rekindle.together.environment import environment
from rekindle.wiring import Rekindle
from states.message import MessageState
from tests import cast
from tests.flows.test_quarterly_update import approve
from tests.slow import slow_mailbox

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("engine")]

LETTERS = 12
CONNECTIONS = 2


def start_delivery(rekindle: Rekindle, log: Path) -> "subprocess.Popen[bytes]":
    given = environment(rekindle.settings) | {"PREFECT_LOGGING_TO_API_ENABLED": "false"}
    command = [sys.executable, "-c", "from flows.deliver import deliver; deliver()"]
    with log.open("wb") as out:
        return subprocess.Popen(command, env=given, stdout=out, stderr=out, start_new_session=True)


def test_a_killed_delivery_sends_nothing_twice_and_loses_nothing(
    rekindle: Rekindle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rekindle.store.writing() as session:
        for number in range(LETTERS):
            cast.stored(session, f"Person{number}")
        cast.news(session)
    quarterly_update("2026-Q4")
    approve(rekindle)
    folder = rekindle.settings.mailbox.folder
    with slow_mailbox(folder, seconds=0.3) as port:
        monkeypatch.setenv("REKINDLE_SMTP_PORT", str(port))
        monkeypatch.setenv("REKINDLE_MAILBOX_PORT", str(port))
        monkeypatch.setenv("REKINDLE_SMTP_CONNECTIONS", str(CONNECTIONS))
        sender = start_delivery(rekindle, tmp_path / "sender.log")
        while len(list(maildir.read(folder))) < LETTERS // 3:
            assert sender.poll() is None, (tmp_path / "sender.log").read_text()
            time.sleep(0.05)
        os.killpg(sender.pid, signal.SIGKILL)
        sender.wait()
        # Days later: what was on the wire goes to a person, the rest goes out.
        monkeypatch.setenv("REKINDLE_NOW", (cast.NOW + timedelta(days=3)).isoformat())
        sweep()
        deliver()
    states = Counter(_states(rekindle))
    arrived = Counter(str(mail.message["Message-ID"]) for mail in maildir.read(folder))
    assert set(arrived.values()) == {1}
    assert states[MessageState.SENT] + states[MessageState.UNCONFIRMED] == LETTERS
    assert states[MessageState.UNCONFIRMED] <= CONNECTIONS
    assert states[MessageState.SENT] <= len(arrived) <= LETTERS


def _states(rekindle: Rekindle) -> list[MessageState]:
    with rekindle.store.reading() as session:
        return list(session.scalars(select(Message.state)))
