"""`rekindle send-test`: by the real route, to one of the team and to nobody else."""

from collections.abc import Iterator

import pytest

from rekindle.mail import maildir
from rekindle.mail.mailbox import Mailbox, local_mailbox
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from tests.cli.calling import Command

BEN = ("--to", "ben@acme.example")


@pytest.fixture
def mailbox(folder: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with local_mailbox(folder / "mailbox") as found:  # type: ignore[operator]
        monkeypatch.setenv("REKINDLE_MAILBOX_FOLDER", str(found.folder))
        monkeypatch.setenv("REKINDLE_MAILBOX_PORT", str(found.port))
        monkeypatch.setenv("REKINDLE_SMTP_PORT", str(found.port))
        yield found


def test_it_arrives_marked_and_leaves_no_record(command: Command, store: Store, mailbox: Mailbox) -> None:
    told = command("send-test", "quarterly-update", *BEN)
    assert (told.code, told.out) == (0, "sent to ben@acme.example; nothing is recorded\n")
    (mail,) = maildir.read(mailbox.folder)
    assert mail.recipients == ("ben@acme.example",)
    assert mail.message["Subject"].startswith("[Test] ")
    with store.reading() as session:
        assert session.query(Message).count() == 0


@pytest.mark.parametrize("to", ["anne@example.org", "hello@acme.example"])
def test_it_goes_to_the_team_only(command: Command, mailbox: Mailbox, to: str) -> None:
    told = command("send-test", "quarterly-update", "--to", to)
    assert (told.code, "a test goes to who is here" in told.err) == (1, True)
    assert list(maildir.read(mailbox.folder)) == []


def test_who_has_left_gets_none(command: Command, mailbox: Mailbox) -> None:
    command("people", "leave", "ben@acme.example", "--to", "ann@acme.example", "--as", "ann@acme.example")
    assert command("send-test", "weekly-digest", *BEN).code == 1
    assert list(maildir.read(mailbox.folder)) == []


def test_without_a_mail_server_it_says_so(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SMTP", "MAILBOX"):
        monkeypatch.setenv(f"REKINDLE_{name}_PORT", "1")
    told = command("send-test", "approval-reminder", *BEN)
    assert (told.code, "the test was not sent" in told.err) == (1, True)


def test_there_has_to_be_such_an_email_and_such_an_edition(command: Command) -> None:
    assert command("send-test", "christmas-card", *BEN).code == 2
    refused = command("send-test", "quarterly-update", *BEN, "--edition", 9)
    assert (refused.code, "there is no edition 9" in refused.err) == (2, True)
