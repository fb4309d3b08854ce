"""How a message and its addresses look on an SMTP connection. Pure: opens nothing and waits for nothing."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from rekindle.mail.outcome import Failed, NotSent, Step

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"(?m)^\.")
#: What may stand between < and > without ending the command or adding parameters to it.
_MAILBOX = re.compile(r"[^\s<>\"\\@\x00-\x1f\x7f\ud800-\udfff]+@[^\s<>\"\\@\x00-\x1f\x7f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message for one recipient; an empty sender is the null reverse-path. Any line ending will do."""

    sender: str
    recipient: str = field(repr=False)
    data: bytes = field(repr=False)


def on_the_wire(data: bytes) -> bytes:
    """Return the message as DATA wants it (RFC 5321 sections 2.3.8 and 4.5.2), without the final dot.

    A lone CR or LF becomes CRLF: servers that take one for a line end can be talked into a second message.
    """
    ends = data.count(b"\r\n")
    if not (data.count(b"\n") == ends == data.count(b"\r")):
        data = _LINE_END.sub(b"\r\n", data)
    if not data.endswith(b"\r\n"):
        data += b"\r\n"
    if b"\n." in data or data.startswith(b"."):
        data = _LEADING_DOT.sub(b"..", data)
    return data


def unfit(envelope: Envelope, extensions: Container[str]) -> Failed | NotSent | None:
    """Find an address that must not be said to this server: it would break the command or come out garbled."""
    utf8 = "smtputf8" in extensions
    if envelope.sender and not _MAILBOX.fullmatch(envelope.sender):
        return NotSent("the sender's address is not valid")
    if not _MAILBOX.fullmatch(envelope.recipient):
        return Failed(553, "5.1.3", "the recipient's address is not valid", Step.RCPT)
    if not (utf8 or envelope.sender.isascii()):
        return NotSent("the sender's address is not ASCII, and the server does not offer SMTPUTF8")
    if not (utf8 or envelope.recipient.isascii()):
        reason = "the recipient's address is not ASCII, and the server does not offer SMTPUTF8"
        return Failed(553, "5.6.7", reason, Step.RCPT)
    return None


def commands(envelope: Envelope, data: bytes, extensions: Container[str]) -> Iterator[tuple[Step, tuple[bytes, ...]]]:
    """Yield what comes before the message: MAIL with the parameters the server offered, RCPT, DATA."""
    sender, recipient = envelope.sender.encode(), envelope.recipient.encode()
    parameters: list[bytes] = []
    if "size" in extensions:
        parameters.append(b"SIZE=%d" % len(data))
    if "8bitmime" in extensions and not data.isascii():
        parameters.append(b"BODY=8BITMIME")
    if not (sender.isascii() and recipient.isascii()):
        parameters.append(b"SMTPUTF8")
    yield Step.MAIL, (b"MAIL", b"FROM:<%b>" % sender, *parameters)
    yield Step.RCPT, (b"RCPT", b"TO:<%b>" % recipient)
    yield Step.DATA, (b"DATA",)
