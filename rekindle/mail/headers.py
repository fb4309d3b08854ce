"""The headers of a mail to many or to one, each with the standard that rules it. Makes lines, not messages.

Every function returns its header without the last line end and raises BadInput for a value that must not be sent.
"""

import re
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache

from rekindle.errors import BadInput
from rekindle.mail.correspondent import ascii_address
from rekindle.mail.hosts import is_loopback
from rekindle.mail.words import clean, within_limit

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>")
_LIST_ID = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_FEEDBACK = re.compile(r"[A-Za-z0-9._-]+")
_ORIGIN = re.compile(r"(https?)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?(?:[/?#]|$)")
_URI = re.compile(r"[!#-;=?-\[\]_a-z~]+")
_FEEDBACK_PARTS = 4


def date(now: datetime) -> str:
    """Return the Date header (RFC 5322 3.3); `now` knows its time zone."""
    if now.tzinfo is None:
        raise BadInput("the Date header needs a time with a time zone")
    return _date_line(now.replace(microsecond=0), now.utcoffset())


def message_id(value: str) -> str:
    """Return the Message-ID header (RFC 5322 3.6.4); `value` is `<unique@domain>`."""
    if not _MESSAGE_ID.fullmatch(value):
        raise BadInput("a Message-ID must look like <unique@domain> and be ASCII")
    return within_limit(f"Message-ID: {value}", "Message-ID")


def list_id(value: str) -> str:
    """Return the List-Id header (RFC 2919); `value` is like `quarterly-update.acme.example`, without brackets."""
    if not _LIST_ID.fullmatch(value):
        raise BadInput("a List-Id must look like a host name, for example quarterly-update.example.org")
    return within_limit(f"List-Id: <{value}>", "List-Id")


def list_unsubscribe(url: str, mailto: str | None = None) -> str:
    """Return List-Unsubscribe (RFC 2369) and the promise that one POST to `url` is enough (RFC 8058).

    `url` must be https, but for this machine; `mailto` is an address whose mails are read as a stop, whatever they say:
    the subject is there because some mail programs ask about a mail without one.
    """
    origin = _ORIGIN.match(_uri(url))
    if origin is None or not (origin[1] == "https" or is_loopback(origin[2])):
        raise BadInput("the stop link in List-Unsubscribe must be https (RFC 8058)")
    first = within_limit(f"List-Unsubscribe: <{url}>", "List-Unsubscribe")
    second = f",\r\n <mailto:{_uri(ascii_address('List-Unsubscribe', mailto))}?subject=stop>" if mailto else ""
    return f"{first}{second}\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click"


def feedback_id(parts: tuple[str, ...]) -> str:
    """Return the Feedback-ID header, by which a mail service counts complaints: at most four parts, the sender last.

    The parts tell campaigns apart, never people: nothing in it may be personal.
    """
    if not 1 <= len(parts) <= _FEEDBACK_PARTS or not all(map(_FEEDBACK.fullmatch, parts)):
        raise BadInput("a Feedback-ID has one to four parts of letters, digits, dots, hyphens and underscores")
    return within_limit(f"Feedback-ID: {':'.join(parts)}", "Feedback-ID")


def auto_submitted() -> str:
    """Return the header of a mail that no person approved (RFC 3834 5)."""
    return "Auto-Submitted: auto-generated"


@lru_cache(maxsize=16)
def _date_line(second: datetime, _offset: timedelta | None) -> str:
    # Many messages leave in one second. One instant has many spellings, which are equal but for their offset.
    return f"Date: {format_datetime(second)}"


def _uri(value: str) -> str:
    if not _URI.fullmatch(clean("List-Unsubscribe", value)):
        raise BadInput("the stop link must be a web address in ASCII: encode other characters as %XX")
    return value
