"""The web app as a process: a real server on a free port, ended by a signal, that writes no link into its log."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from rekindle import settings
from rekindle.errors import RekindleError
from rekindle.store.engine import Store
from rekindle.web.serve import _listen, serve
from rekindle.wiring import Rekindle
from tests.cast import anne
from tests.web.asking import BUTTON, FORM, ONE_CLICK, path_of

ROOT = Path(__file__).parents[2]
PROGRAM = """
import logging
from rekindle.web.serve import _listen, serve
from rekindle.wiring import open_rekindle
logging.basicConfig(level=logging.DEBUG)
serve(open_rekindle(), lambda port: print(port, flush=True))
print("and goes on", flush=True)
"""


@pytest.fixture
def link(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("REKINDLE_DATABASE_URL", str(sqlite_store.engine.url))
    monkeypatch.setenv("REKINDLE_WEB_PORT", "0")
    with sqlite_store.writing() as session:
        return path_of(Rekindle(settings.load()).links.stop(anne(session).key))


@contextmanager
def serving() -> Iterator[tuple[subprocess.Popen[str], str]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        try:
            assert process.stdout is not None
            yield process, f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_a_signal_and_logs_no_link(link: str, number: signal.Signals) -> None:
    with serving() as (process, base):
        with httpx.Client(base_url=base) as client:
            assert client.get("/health").text == "ok\n"
            assert "<button" in client.get(link).text
            assert client.head(link).content == b""
            assert client.post(link, content=ONE_CLICK, headers=FORM).text.startswith("Done")
            done = client.post(link, content=BUTTON, headers=FORM, follow_redirects=True)
            assert (done.status_code, str(done.url)) == (200, base + link)
            assert "server" not in done.headers
            assert client.get("/stop/nope").status_code == 404
        process.send_signal(number)
        said, logged = process.communicate(timeout=20)

    assert (process.returncode, said) == (0, "and goes on\n")
    assert link.rpartition("/")[2] not in logged
    assert "Traceback" not in logged


def test_an_oversized_body_is_refused_by_the_real_server_too(link: str) -> None:
    with serving() as (_, base), socket.create_connection(("127.0.0.1", httpx.URL(base).port)) as connection:
        connection.sendall(
            f"POST {link} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n".encode() + b"x" * 70_000
        )
        answer = connection.recv(65536).decode()
    assert re.match(r"HTTP/1\.1 413 ", answer)
    assert "content-security-policy: default-src 'none'" in answer


def test_no_answer_waits_for_the_client_to_acknowledge_its_headers() -> None:
    with _listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_port_in_use_is_said_plainly(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("REKINDLE_WEB_PORT", str(port))
        with pytest.raises(RekindleError, match=rf"port {port} of 127\.0\.0\.1 is in use: .*\[web\] port"):
            serve(Rekindle(settings.load()))


def test_a_host_that_is_not_this_machine_is_said_plainly(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_WEB_HOST", "192.0.2.1")
    with pytest.raises(RekindleError, match=r"cannot listen on port 0 of 192\.0\.2\.1"):
        serve(Rekindle(settings.load()))
