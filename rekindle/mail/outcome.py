"""What became of one message given to a mail server: five answers, and a caller has to handle all of them.

Judges replies; does not speak SMTP. What is kept of a reply holds no e-mail address, for it is logged and stored.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """Where in the conversation something happened. Nobody can have accepted a message before ANSWER."""

    CONNECT = "connecting"
    HELLO = "EHLO"
    TLS = "STARTTLS"
    AUTH = "AUTH"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    BODY = "sending the message"
    ANSWER = "waiting for the answer to the message"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server has taken responsibility for the message (2xx to the final dot, RFC 5321 section 4.2.5)."""

    code: int
    reply: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """The server said 4xx: not now. Try again later, with back-off."""

    code: int
    enhanced_status: str | None
    reason: str
    step: Step


@dataclass(frozen=True, slots=True)
class Failed:
    """The server said 5xx to this message: trying the same again is pointless."""

    code: int
    enhanced_status: str | None
    reason: str
    step: Step


@dataclass(frozen=True, slots=True)
class NotSent:
    """The message was not handed over and cannot have been accepted: safe to try again.

    The route is at fault, not the message, so the next message would most likely meet the same.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The whole message went out and no answer came: it may have been accepted. Never resend it unasked."""

    reason: str


Outcome = Accepted | Deferred | Failed | NotSent | Unknown

#: Refusals that mean "log in first" or "not without TLS" (RFC 4954 section 6, RFC 3207 section 4).
_WRONG_ROUTE = frozenset({530, 534, 535, 538})
#: The one refusal at MAIL that is about the message: its size is announced there (RFC 1870 section 6.1).
_TOO_LARGE = 552
_STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}(?!\S)")
#: With the @ as the =40 and %40 of return paths and links, too.
_ADDRESS = re.compile(r"""<[^<>]*@[^<>]*>|"[^"]*"@[^\s<>]+|[^\s<>"'(),;:]+(?:@|=40|%40)[^\s<>"'(),;]+""")
_LONGEST = 300


def judged(code: int, text: str, step: Step, recipient: str) -> Accepted | Deferred | Failed | NotSent | None:
    """Turn a reply into an outcome; None where `code` is no answer to `step` (RFC 5321 section 4.2.1)."""
    said = without_addresses(text, recipient)
    if code in _WRONG_ROUTE:
        return NotSent(f"{step}: the server wants a login, or TLS: {code} {said}")
    if step is Step.MAIL and code // 100 == 5 and code != _TOO_LARGE:  # noqa: PLR2004 - the class of refusals
        return NotSent(f"{step}: the server does not take mail from this sender: {code} {said}")
    match code // 100:
        case 2 if step is Step.ANSWER:
            return Accepted(code, said)
        case 4:
            return Deferred(code, enhanced_status(code, text), said, step)
        case 5:
            return Failed(code, enhanced_status(code, text), said, step)
        case _:
            return None


def enhanced_status(code: int, text: str) -> str | None:
    """Return the RFC 3463 status a reply begins with, such as 5.1.1, if it agrees with the reply's code."""
    found = _STATUS.match(text)
    return found[0] if found and int(found[1]) == code // 100 else None


def without_addresses(text: str, recipient: str = "") -> str:
    """Make a server's words fit for a log: one printable line of at most 300 characters, addresses as `<…>`.

    The local part of `recipient` goes too, for it is often a person's name ("user anne.lee unknown").
    """
    line = "".join(sign if sign.isprintable() else " " for sign in text[: 4 * _LONGEST])
    line = _ADDRESS.sub("<…>", line)
    local = recipient.rpartition("@")[0]
    if local and local.casefold() in line.casefold():
        line = re.sub(rf"(?<!\w){re.escape(local)}(?!\w)", "<…>", line, flags=re.IGNORECASE)
    return " ".join(line.split())[:_LONGEST].rstrip()
