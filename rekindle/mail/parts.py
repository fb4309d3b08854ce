"""A body as it travels: seven-bit lines of at most 76 characters (RFC 2045 6.7 and 6.8).

Lines are encoded one by one and remembered, because a template's lines are the same in every message of a run.
"""

import binascii
import re
from functools import lru_cache

from rekindle.errors import BadInput

_QUOTED = b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
_BASE64 = b"Content-Transfer-Encoding: base64\r\n\r\n"
_BASE64_LINE = 76
# Old mailboxes put a ">" before such a line, which breaks the mail's signature.
_FROM = re.compile(rb"^(?:From )+", re.MULTILINE)


def part(body: str) -> bytes:
    """Return the encoding header, an empty line and the body, its line ends made CRLF and the last one added.

    Letters mostly in ASCII are quoted-printable, which a person can read; others base64, which is shorter for them.
    """
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    try:
        data = body.removesuffix("\n").encode()
    except UnicodeEncodeError:
        raise BadInput("the letter holds half a character (a lone surrogate): remove it") from None
    # Bytes beyond one a character: quoted-printable triples each of them, base64 adds a third to everything.
    if len(data) - len(body) > len(data) // 8:
        return _BASE64 + _base64(data.replace(b"\n", b"\r\n") + b"\r\n")
    return _QUOTED + b"".join(map(_quoted_line, data.split(b"\n")))


@lru_cache(maxsize=2048)
def _quoted_line(line: bytes) -> bytes:
    quoted = binascii.b2a_qp(line + b"\r\n")
    return _FROM.sub(_quoted_from, quoted) if b"From " in quoted else quoted


def _quoted_from(found: re.Match[bytes]) -> bytes:
    return b"=46rom =\r\n" * (len(found[0]) // len(b"From "))


def _base64(data: bytes) -> bytes:
    whole = binascii.b2a_base64(data, newline=False)
    starts = range(0, len(whole), _BASE64_LINE)
    return b"".join(whole[start : start + _BASE64_LINE] + b"\r\n" for start in starts)
