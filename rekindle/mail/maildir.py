"""Maildir on disk: one file a message, written under tmp/ and renamed into new/, so that readers never see half of one.

A file is what was delivered, byte for byte (so with CRLF), after the lines of the envelope: one Delivered-To for each
recipient, then one Return-Path. Nothing is synced to disk: this is the mailbox of a demo.
"""

import itertools
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cached_property
from pathlib import Path

from rekindle.errors import BadInput

_DELIVERED_TO = b"Delivered-To: "
_RETURN_PATH = b"Return-Path: <"
_turn = itertools.count()


@dataclass(frozen=True)
class ReceivedMail:
    """One delivered message: the envelope it came in, and its bytes as the client sent them."""

    path: Path
    sender: str
    recipients: tuple[str, ...]
    data: bytes = field(repr=False)

    @cached_property
    def message(self) -> EmailMessage:
        return BytesParser(EmailMessage, policy=policy.SMTP).parsebytes(self.data)


def create(folder: Path) -> None:
    """Make the folder a Maildir, readable by its owner only; an existing one is kept with all its mail.

    Raises BadInput when there is something else in its place.
    """
    try:
        for part in (folder, folder / "tmp", folder / "new", folder / "cur"):
            part.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{folder} cannot be a mailbox: {error.strerror}") from error


def deliver(folder: Path, sender: str, recipients: Iterable[str], data: bytes) -> Path:
    """Write one message and return its path; names sort in the order of arrival. Raises OSError."""
    name = f"{time.time_ns()}.P{os.getpid()}Q{next(_turn):09}.mailbox"
    draft, final = folder / "tmp" / name, folder / "new" / name
    lines = [b"%b%b\r\n" % (_DELIVERED_TO, _on_one_line(recipient)) for recipient in recipients]
    try:
        with draft.open("xb") as file:
            file.writelines((*lines, b"%b%b>\r\n" % (_RETURN_PATH, _on_one_line(sender)), data))
        draft.rename(final)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return final


def read(folder: Path) -> Iterator[ReceivedMail]:
    """Yield the mails in the order of arrival, those a mail reader has already seen (cur/) among them."""
    paths = [path for part in ("new", "cur") for path in (folder / part).glob("[!.]*")]
    for path in sorted(paths, key=lambda path: path.name):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue  # moved or deleted by a mail reader since it was listed
        yield _opened(path, data)


def _on_one_line(address: str) -> bytes:
    return address.encode("utf-8", "surrogateescape").translate(None, b"\r\n")


def _opened(path: Path, data: bytes) -> ReceivedMail:
    recipients, rest = [], data
    while rest.startswith(_DELIVERED_TO):
        line, _, rest = rest.partition(b"\r\n")
        recipients.append(line.removeprefix(_DELIVERED_TO).decode("utf-8", "surrogateescape"))
    if not rest.startswith(_RETURN_PATH):
        return ReceivedMail(path, "", (), data)  # put here by something else: no envelope is known
    line, _, rest = rest.partition(b"\r\n")
    sender = line.removeprefix(_RETURN_PATH).removesuffix(b">").decode("utf-8", "surrogateescape")
    return ReceivedMail(path, sender, tuple(recipients), rest)
