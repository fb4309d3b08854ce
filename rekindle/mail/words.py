"""Text as it may stand in a header: refused, folded or encoded. Knows lines and characters, not what a header means.

Nothing here lets a control character through, so no value can begin a header of its own.
"""

import binascii
import re
from collections.abc import Iterator
from functools import lru_cache

from rekindle.errors import BadInput

#: RFC 5322 2.1.1 asks for 78 and forbids more than 998, the line end not counted.
LINE = 78
_HARD_LINE = 998
#: RFC 2047 2: an encoded word has at most 75 characters, a line with one at most 76.
_WORD = 75
_ENCODED_LINE = 76
_B, _Q = ("=?utf-8?b?", "=?utf-8?q?")

# Line and paragraph separators end a line for some readers; a lone surrogate is no character.
_REFUSED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# What RFC 2047 5 (3) lets stand unencoded in a display name is allowed everywhere else, too.
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/")
_Q_BYTES = [chr(byte) if byte in _PLAIN else "_" if byte == ord(" ") else f"={byte:02X}" for byte in range(256)]


def clean(header: str, value: str) -> str:
    """Return `value` if it may stand in a header; raises BadInput for control characters, without showing the value."""
    if found := _REFUSED.search(value):
        raise BadInput(f"the {header} header must not hold the character U+{ord(found[0]):04X}: remove it")
    return value


def unstructured(header: str, value: str) -> str:
    """Return the header's lines for free text such as a subject (RFC 5322 2.2.1), without the last line end."""
    clean(header, value)
    line = f"{header}: {value}"
    if is_plain(value) and len(line) <= LINE:
        return line
    return (_folded(line) if is_plain(value) else None) or f"{header}: {encoded(value, len(header) + 2)}"


def is_plain(value: str) -> bool:
    """Whether it is ASCII that every reader shows as it stands: no outer or double spaces, nothing like =?word?=."""
    return value.isascii() and value.strip() == value and "  " not in value and "=?" not in value


def within_limit(line: str, header: str) -> str:
    """Return `line`, which cannot be folded, if it may be sent at all."""
    if len(line) > _HARD_LINE:
        raise BadInput(f"the {header} header is longer than the 998 characters a line may have")
    return line


@lru_cache(maxsize=4096)
def encoded(text: str, used: int) -> str:
    """Return `text` as encoded words (RFC 2047), folded; the first line has `used` characters already.

    Quoted-printable or base64, whichever is shorter. No character is cut in two.
    """
    data = text.encode()
    quoted = sum(len(_Q_BYTES[byte]) for byte in data)
    as_q = quoted <= (len(data) + 2) // 3 * 4
    words = _quoted_words(text, used) if as_q else _base64_words(data, used)
    return "\r\n ".join(words)


def _folded(line: str) -> str | None:
    """Fold at single spaces (RFC 5322 2.2.3), or return None when a word is too long for a line."""
    lines = []
    first = line.index(" ") + 1
    while len(line) > LINE:
        end = line.rfind(" ", first, LINE + 1)
        if end < 0:
            return None
        lines.append(line[:end])
        line, first = line[end:], 1
    return "\r\n".join([*lines, line])


def _base64_words(data: bytes, used: int) -> Iterator[str]:
    start = 0
    while start < len(data) or start == 0:
        end = start + _room(used) // 4 * 3
        while end < len(data) and data[end] & 0xC0 == 0x80:  # noqa: PLR2004 - a byte inside a character
            end -= 1
        yield f"{_B}{binascii.b2a_base64(data[start:end], newline=False).decode()}?="
        start, used = end, 1


def _quoted_words(text: str, used: int) -> Iterator[str]:
    word, room = "", _room(used)
    for character in text:
        code = "".join(_Q_BYTES[byte] for byte in character.encode())
        if len(word) + len(code) > room:
            yield f"{_Q}{word}?="
            word, room = "", _room(1)
        word += code
    yield f"{_Q}{word}?="


def _room(used: int) -> int:
    return min(_WORD, _ENCODED_LINE - used) - len(_B) - len("?=")
