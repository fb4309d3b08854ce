"""The sink counts what it is given: a benchmark is worth no more than that."""

import smtplib
import socket
from pathlib import Path

from benchmarks.sink import running_sink


def test_every_message_counts_once_and_its_id_is_recorded(tmp_path: Path) -> None:
    record = tmp_path / "ids"
    with running_sink(record) as sink:
        for each in range(3):
            with smtplib.SMTP("127.0.0.1", sink.port, local_hostname="tests.example", timeout=10) as smtp:
                for number in range(2):
                    head = f"Subject: x\r\nMessage-ID: <{each}.{number}@acme.example>\r\n\r\n"
                    smtp.sendmail("", ["anne@example.org"], head + ".\r\n..\r\n" + "text\r\n" * 20_000)
        assert sink.count() == 6
        ids = record.read_text().split()
    assert ids == [f"<{each}.{number}@acme.example>" for each in range(3) for number in range(2)]


def test_a_message_counts_however_it_is_cut_into_pieces() -> None:
    talk = b"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.org>\r\nDATA\r\n.\r\nRSET\r\nDATA\r\nx\r\n.\r\nQUIT\r\n"
    with running_sink() as sink:
        for size in (1, 2, 3, len(talk)):
            with socket.create_connection(("127.0.0.1", sink.port), timeout=10) as line:
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for start in range(0, len(talk), size):
                    line.sendall(talk[start : start + size])
                said = line.makefile("rb").read()
            assert said.count(b"354 ") == 2
            assert said.endswith(b"221 bye\r\n")
        assert sink.count() == 8


def test_it_ends_with_its_user() -> None:
    with running_sink() as sink:
        assert sink.count() == 0
    with socket.socket() as line:
        assert line.connect_ex(("127.0.0.1", sink.port)) != 0
