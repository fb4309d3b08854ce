"""How a message and its addresses look on an SMTP connection. Bytes in, bytes out; opens and decides nothing."""

import re
from dataclasses import dataclass, field

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"(?m)^\.")
#: What may stand between < and > without ending the command or adding parameters to it.
_MAILBOX = re.compile(r"[^\s<>\"\\@\x00-\x1f\x7f\ud800-\udfff]+@[^\s<>\"\\@\x00-\x1f\x7f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message for one recipient; an empty sender is the null reverse-path. `data` may have any line ending."""

    sender: str
    recipient: str = field(repr=False)
    data: bytes = field(repr=False)


def on_the_wire(data: bytes) -> bytes:
    """Return the message as DATA wants it (RFC 5321 sections 2.3.8 and 4.5.2), without the final dot.

    Every lone CR or LF becomes CRLF: a server that took one for a line end could be talked into a second message.
    """
    ends = data.count(b"\r\n")
    if not (data.count(b"\n") == ends == data.count(b"\r")):
        data = _LINE_END.sub(b"\r\n", data)
    if not data.endswith(b"\r\n"):
        data += b"\r\n"
    if b"\n." in data or data.startswith(b"."):
        data = _LEADING_DOT.sub(b"..", data)
    return data


def is_mailbox(address: str) -> bool:
    """Say whether an address can be put into MAIL or RCPT without changing the command; more it does not judge."""
    return _MAILBOX.fullmatch(address) is not None
