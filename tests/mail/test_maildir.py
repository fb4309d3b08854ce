"""What was delivered is what is read, in the order it came, and never half of it."""

from pathlib import Path

import pytest

from rekindle.errors import BadInput
from rekindle.mail import maildir

ODD = b"Delivered-To: mallory@example.org\r\nReturn-Path: <>\r\nSubject: x\r\n\r\nbare \n and \r and \xff\0"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    maildir.create(tmp_path / "mailbox")
    return tmp_path / "mailbox"


def test_the_bytes_and_the_envelope_come_back(folder: Path) -> None:
    path = maildir.deliver(folder, "hello@acme.example", ["anne@example.org", "jürgen@example.org"], ODD)
    (mail,) = maildir.read(folder)
    assert mail == maildir.ReceivedMail(path, "hello@acme.example", ("anne@example.org", "jürgen@example.org"), ODD)
    assert mail.message["Subject"] == "x"
    assert list((folder / "tmp").iterdir()) == []


def test_an_envelope_is_told_from_headers_that_look_like_one(folder: Path) -> None:
    maildir.deliver(folder, "", [], ODD)
    (mail,) = maildir.read(folder)
    assert (mail.sender, mail.recipients, mail.data) == ("", (), ODD)


def test_an_address_cannot_add_a_header(folder: Path) -> None:
    maildir.deliver(folder, "a\r\nX: 1", ["b\nX: 2"], b"\r\n")
    (mail,) = maildir.read(folder)
    assert (mail.sender, mail.recipients) == ("aX: 1", ("bX: 2",))


def test_mails_are_read_in_the_order_they_came_wherever_they_lie(folder: Path) -> None:
    paths = [maildir.deliver(folder, "", ["a@example.org"], b"%d" % number) for number in range(30)]
    for path in paths[::3]:
        path.rename(folder / "cur" / f"{path.name}:2,S")
    assert [mail.data for mail in maildir.read(folder)] == [b"%d" % number for number in range(30)]


def test_a_mail_that_something_else_put_there_has_no_envelope(folder: Path) -> None:
    (folder / "new" / "1.strange").write_bytes(b"Subject: by hand\n\nhello")
    (folder / "new" / "2.half").write_bytes(b"Delivered-To: anne@exam")
    (folder / "new" / "3.empty").write_bytes(b"")
    (folder / "new" / ".hidden").write_bytes(b"not a mail")
    mails = list(maildir.read(folder))
    assert [(mail.recipients, mail.data[:7]) for mail in mails] == [((), b"Subject"), ((), b"Deliver"), ((), b"")]
    assert mails[0].message["Subject"] == "by hand"


def test_a_mail_that_vanishes_while_others_are_read_is_skipped(folder: Path) -> None:
    paths = [maildir.deliver(folder, "", [], b"%d" % number) for number in range(3)]
    reading = maildir.read(folder)
    assert next(reading).data == b"0"
    paths[1].unlink()
    assert [mail.data for mail in reading] == [b"2"]


def test_a_folder_that_is_not_there_holds_no_mail(tmp_path: Path) -> None:
    assert list(maildir.read(tmp_path / "nowhere")) == []


def test_only_the_owner_can_look_into_a_mailbox(folder: Path) -> None:
    assert [oct(path.stat().st_mode)[-2:] for path in (folder, folder / "new")] == ["00", "00"]


def test_creating_it_again_keeps_the_mail(folder: Path) -> None:
    maildir.deliver(folder, "", [], b"x")
    maildir.create(folder)
    assert len(list(maildir.read(folder))) == 1


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "mailbox").write_text("a file")
    with pytest.raises(BadInput, match="mailbox cannot be a mailbox"):
        maildir.create(tmp_path / "mailbox")


def test_a_mail_that_cannot_be_written_leaves_nothing_behind(folder: Path) -> None:
    (folder / "new").rmdir()
    with pytest.raises(OSError, match="new"):
        maildir.deliver(folder, "", [], b"x")
    assert list((folder / "tmp").iterdir()) == []
