"""Puts a rendered letter into the bytes that SMTP carries: headers, then text and HTML as multipart/alternative.

An event's calendar file is one more alternative, and an attachment for readers that show none.
What all messages of a run share is written once; no EmailMessage is built. Signed where the letterhead has a seal.
It sends nothing and knows no database.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rekindle.mail import headers
from rekindle.mail.correspondent import Correspondent, recipient, sender
from rekindle.mail.parts import part
from rekindle.mail.words import unstructured

if TYPE_CHECKING:
    from rekindle.mail.calendar import CalendarFile
    from rekindle.mail.render import Rendered
    from rekindle.mail.signing import Seal

# RFC 2045 6.7: neither quoted-printable nor base64 can contain "=_", so no part can contain the boundary.
_BOUNDARY = "=_rekindle_alternative"
_MIXED = "=_rekindle_mixed"
_VERSION = "MIME-Version: 1.0\r\n"
_ALTERNATIVE = f'Content-Type: multipart/alternative; boundary="{_BOUNDARY}"\r\n'
_MIXED_TYPE = f'Content-Type: multipart/mixed; boundary="{_MIXED}"\r\n'
_FIRST_PART = f"--{_MIXED}\r\n{_ALTERNATIVE}\r\n".encode()
_OPEN_TEXT = f"--{_BOUNDARY}\r\nContent-Type: text/plain; charset=utf-8\r\n".encode()
_OPEN_HTML = f"\r\n--{_BOUNDARY}\r\nContent-Type: text/html; charset=utf-8\r\n".encode()
_CLOSE = f"\r\n--{_BOUNDARY}--\r\n".encode()
# RFC 6047 2.4: the method stands in the type, or no calendar offers to answer.
_OPEN_CALENDAR = "\r\n--{}\r\nContent-Type: text/calendar; charset=utf-8; method={}; component=VEVENT\r\n"
_OPEN_ATTACHED = (
    f'\r\n--{_MIXED}\r\nContent-Type: application/ics; name="invite.ics"\r\n'
    'Content-Disposition: attachment; filename="invite.ics"\r\n'
).encode()
_CLOSE_MIXED = f"\r\n--{_MIXED}--\r\n".encode()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every message of one run and one sender has in common."""

    sender: Correspondent
    reply_to: Correspondent | None = None
    list_id: str | None = None
    """For mail to many: names the list for filters, like `quarterly-update.acme.example`."""
    feedback: tuple[str, ...] = ()
    """Campaign, edition, programme and sender, for complaint counts; nothing personal."""
    approved: bool = True
    """Whether a person approved these very words; if none did, the mail says so (RFC 3834)."""
    seal: "Seal | None" = None
    """What signs every message, for the domain of the sender."""


class Composer:
    """Composes the messages of one letterhead."""

    def __init__(self, letterhead: Letterhead) -> None:
        self._seal = letterhead.seal
        self._before = sender("From", letterhead.sender) + "\r\n"
        self._after = "".join(f"\r\n{line}" for line in (*_shared(letterhead), _VERSION))

    def compose(
        self,
        letter: "Rendered",
        *,
        to: Correspondent,
        message_id: str,
        now: datetime,
        stop_url: str | None = None,
        stop_mailto: str | None = None,
        calendar: "CalendarFile | None" = None,
    ) -> bytes:
        """Return one message: CRLF, no line over 998 bytes; dot-stuffing is left to SMTP.

        It is ASCII, but for a To address with letters beyond ASCII before the @, which makes its headers UTF-8
        (RFC 6532). `message_id` is `<unique@domain>` and stays the same for every try of one message. `stop_url`
        makes the List-Unsubscribe headers, with `stop_mailto` as a second way: mail to it is read as a stop.
        Raises BadInput for a value that must not be sent.
        """
        lines = [
            recipient(to),
            unstructured("Subject", letter.subject),
            headers.date(now),
            headers.message_id(message_id),
        ]
        if stop_url is not None:
            lines.append(headers.list_unsubscribe(stop_url, stop_mailto))
        head = self._before + "\r\n".join(lines) + self._after
        body = (_OPEN_TEXT, part(letter.text), _OPEN_HTML, part(letter.html))
        if calendar is None:
            return self._sealed(head + _ALTERNATIVE, b"".join((*body, _CLOSE)), now)
        file = part(calendar.text)
        shown = _OPEN_CALENDAR.format(_BOUNDARY, calendar.method).encode("ascii")
        attached = (_CLOSE, _OPEN_ATTACHED, file, _CLOSE_MIXED)
        return self._sealed(head + _MIXED_TYPE, b"".join((_FIRST_PART, *body, shown, file, *attached)), now)

    def _sealed(self, head: str, body: bytes, now: datetime) -> bytes:
        signatures = self._seal.headers(head, body, now) if self._seal else ""
        return b"".join((signatures.encode("ascii"), head.encode(), b"\r\n", body))


def _shared(letterhead: Letterhead) -> list[str]:
    lines = []
    if letterhead.reply_to is not None:
        lines.append(sender("Reply-To", letterhead.reply_to))
    if letterhead.list_id is not None:
        lines.append(headers.list_id(letterhead.list_id))
    if letterhead.feedback:
        lines.append(headers.feedback_id(letterhead.feedback))
    if not letterhead.approved:
        lines.append(headers.auto_submitted())
    return lines
