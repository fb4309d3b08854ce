"""Puts a rendered letter into the bytes that SMTP carries: headers, then text and HTML as multipart/alternative.

An event's calendar file is one more alternative, and an attachment for readers that show none.
What all messages of a run share is written once; no EmailMessage is built. It sends nothing and knows no database.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rekindle.mail import headers
from rekindle.mail.correspondent import Correspondent, correspondent
from rekindle.mail.parts import part
from rekindle.mail.words import unstructured

if TYPE_CHECKING:
    from rekindle.mail.calendar import CalendarFile
    from rekindle.mail.render import Rendered

# RFC 2045 6.7: neither quoted-printable nor base64 can contain "=_", so no part can contain the boundary.
_BOUNDARY = "=_rekindle_alternative"
_MIXED = "=_rekindle_mixed"
_ALTERNATIVE = f'Content-Type: multipart/alternative; boundary="{_BOUNDARY}"\r\n\r\n'
_VERSION = "MIME-Version: 1.0\r\n"
_AROUND = f'Content-Type: multipart/mixed; boundary="{_MIXED}"\r\n\r\n--{_MIXED}\r\n'
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
    stop_mailto: str | None = None
    """An address whose mail is read as a stop, offered next to the link."""
    feedback: tuple[str, ...] = ()
    """Campaign, edition, programme and sender, for complaint counts; nothing personal."""
    approved: bool = True
    """Whether a person approved these very words; if none did, the mail says so (RFC 3834)."""


class Composer:
    """Composes the messages of one letterhead."""

    def __init__(self, letterhead: Letterhead) -> None:
        self._stop_mailto = letterhead.stop_mailto
        self._before = correspondent("From", letterhead.sender) + "\r\n"
        self._after = "".join(f"\r\n{line}" for line in (*_shared(letterhead), _VERSION))

    def compose(
        self,
        letter: "Rendered",
        *,
        to: Correspondent,
        message_id: str,
        now: datetime,
        stop_url: str | None = None,
        calendar: "CalendarFile | None" = None,
    ) -> bytes:
        """Return one message: ASCII, CRLF, no line over 998 bytes; dot-stuffing is left to SMTP.

        `message_id` is `<unique@domain>` and stays the same for every try of one message. `stop_url` makes the
        List-Unsubscribe headers. Raises BadInput for a value that must not be sent.
        """
        lines = [
            correspondent("To", to),
            unstructured("Subject", letter.subject),
            headers.date(now),
            headers.message_id(message_id),
        ]
        if stop_url is not None:
            lines.append(headers.list_unsubscribe(stop_url, self._stop_mailto))
        head = self._before + "\r\n".join(lines) + self._after
        body = (_OPEN_TEXT, part(letter.text), _OPEN_HTML, part(letter.html))
        if calendar is None:
            return b"".join(((head + _ALTERNATIVE).encode("ascii"), *body, _CLOSE))
        file = part(calendar.text)
        shown = _OPEN_CALENDAR.format(_BOUNDARY, calendar.method).encode("ascii")
        around = (head + _AROUND + _ALTERNATIVE).encode("ascii")
        return b"".join((around, *body, shown, file, _CLOSE, _OPEN_ATTACHED, file, _CLOSE_MIXED))


def _shared(letterhead: Letterhead) -> list[str]:
    lines = []
    if letterhead.reply_to is not None:
        lines.append(correspondent("Reply-To", letterhead.reply_to))
    if letterhead.list_id is not None:
        lines.append(headers.list_id(letterhead.list_id))
    if letterhead.feedback:
        lines.append(headers.feedback_id(letterhead.feedback))
    if not letterhead.approved:
        lines.append(headers.auto_submitted())
    return lines
