"""The local mailbox takes mail from real clients, says plainly when it cannot, and leaves nothing running."""

import logging
import os
import signal
import smtplib
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rekindle.errors import BadInput, RekindleError
from rekindle.mail import maildir
from rekindle.mail.mailbox import Mailbox, local_mailbox

LETTER = b"Subject: hello\r\n\r\n.leading dot\r\nGr\xc3\xbc\xc3\x9fe\r\n"


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with local_mailbox(tmp_path / "mailbox") as running:
        yield running


def client(mailbox: Mailbox) -> smtplib.SMTP:
    return smtplib.SMTP("127.0.0.1", mailbox.port, local_hostname="tests.example", timeout=10)


def test_mail_arrives_byte_for_byte_with_its_envelope(mailbox: Mailbox) -> None:
    with client(mailbox) as smtp:
        smtp.sendmail("hello@acme.example", ["anne@example.org", "bert@example.org"], LETTER)
        smtp.sendmail("", ["cara@example.org"], LETTER)
    first, second = maildir.read(mailbox.folder)
    assert (first.sender, first.recipients, first.data) == (
        "hello@acme.example",
        ("anne@example.org", "bert@example.org"),
        LETTER,
    )
    assert (second.sender, second.recipients) == ("", ("cara@example.org",))
    assert first.message["Subject"] == "hello"


def test_no_address_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with local_mailbox(tmp_path) as mailbox, client(mailbox) as smtp:
        smtp.sendmail("hello@acme.example", ["anne@example.org"], LETTER)
    assert "anne" not in caplog.text


def test_an_address_in_another_script_is_kept(mailbox: Mailbox) -> None:
    with client(mailbox) as smtp:
        smtp.ehlo()
        smtp.sendmail("hello@acme.example", ["jürgen@example.org"], LETTER, mail_options=["SMTPUTF8"])
    (mail,) = maildir.read(mailbox.folder)
    assert mail.recipients == ("jürgen@example.org",)


def test_a_message_over_the_limit_is_refused_and_the_next_one_taken(tmp_path: Path) -> None:
    with local_mailbox(tmp_path, size_limit=1000) as mailbox, client(mailbox) as smtp:
        smtp.helo()  # no SIZE is announced in answer to HELO, so the message is really sent
        with pytest.raises(smtplib.SMTPDataError, match="552"):
            smtp.sendmail("", ["anne@example.org"], b"x" * 70 + b"\r\n" + LETTER * 100)
        smtp.sendmail("", ["anne@example.org"], LETTER)
    assert [mail.data for mail in maildir.read(tmp_path)] == [LETTER]


def test_a_mailbox_that_cannot_be_written_defers_the_mail(mailbox: Mailbox) -> None:
    (mailbox.folder / "new").rmdir()
    with client(mailbox) as smtp, pytest.raises(smtplib.SMTPDataError) as refusal:
        smtp.sendmail("", ["anne@example.org"], LETTER)
    assert refusal.value.smtp_code == 452


@pytest.mark.parametrize(
    "noise",
    [b"\x00\xff\x80" * 50_000, b"GET / HTTP/1.1\r\n\r\n" * 40, b"MAIL FROM:<\xff\r\x00>\r\n", b""],
    ids=["binary", "http", "bad mail", "nothing"],
)
def test_a_client_that_speaks_something_else_does_no_harm(mailbox: Mailbox, noise: bytes) -> None:
    with socket.create_connection(("127.0.0.1", mailbox.port), timeout=10) as line:
        line.sendall(noise)
    with client(mailbox) as smtp:
        smtp.sendmail("", ["anne@example.org"], LETTER)
    assert [mail.data for mail in maildir.read(mailbox.folder)] == [LETTER]


def test_it_stops_while_a_client_is_still_connected(tmp_path: Path) -> None:
    before = threading.active_count()
    with local_mailbox(tmp_path) as mailbox:
        smtp = client(mailbox)
        smtp.ehlo()
    assert threading.active_count() == before
    with pytest.raises(smtplib.SMTPServerDisconnected):
        smtp.noop()
    with pytest.raises(ConnectionRefusedError):
        client(mailbox)


def test_it_stops_when_the_work_inside_fails(tmp_path: Path) -> None:
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError), local_mailbox(tmp_path):
        _ = 1 / 0
    assert threading.active_count() == before


def test_it_listens_on_this_machine_only(mailbox: Mailbox) -> None:
    with socket.create_connection(("127.0.0.1", mailbox.port), timeout=10):
        pass
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", mailbox.port), timeout=10):
        pass


def test_a_port_in_use_is_named(mailbox: Mailbox, tmp_path: Path) -> None:
    with (
        pytest.raises(RekindleError, match=rf"port {mailbox.port} .*in use"),
        local_mailbox(tmp_path / "other", mailbox.port),
    ):
        pass


def test_a_port_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(RekindleError, match="port 70000"), local_mailbox(tmp_path, 70_000):
        pass


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "mailbox").write_text("")
    with pytest.raises(BadInput, match="cannot be a mailbox"), local_mailbox(tmp_path / "mailbox"):
        pass


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["terminate", "interrupt"])
def test_as_a_process_it_stops_quietly_when_told(tmp_path: Path, number: signal.Signals) -> None:
    script = (
        "import sys; from pathlib import Path; from rekindle.mail.mailbox import serve_mailbox;"
        "serve_mailbox(Path(sys.argv[1]), 0, lambda port: print(port, flush=True))"
    )
    command = [sys.executable, "-W", "error", "-c", script, str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        with client(Mailbox(tmp_path, int(process.stdout.readline()))) as smtp:
            smtp.sendmail("", ["anne@example.org"], LETTER)
            process.send_signal(number)
            _, complaints = process.communicate(timeout=10)
    assert (process.returncode, complaints) == (0, b"")
    assert [mail.data for mail in maildir.read(tmp_path)] == [LETTER]
