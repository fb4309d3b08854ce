"""DKIM signatures (RFC 6376, RFC 8463) over what a Composer wrote: one for each key, the same mail for all of them.

Not dkimpy, which takes twenty times as long: docs/decisions/dkim.md. Takes lines as composed and changes none.
"""

import base64
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from rekindle.mail.signing_keys import SigningKey

#: What may not change on the way, where it is there (RFC 6376 5.4.1).
_SIGNED = frozenset(
    [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "reply-to",
        "mime-version",
        "content-type",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "list-id",
        "feedback-id",
    ]
)
#: Named once more than they are there: nobody can add a second one above ours.
_ONLY_ONCE = ("from", "to", "subject", "reply-to")
#: Characters of a long value a line, with room for what stands before them.
_WIDTH = 72
_PADDING, _HASH = PKCS1v15(), SHA256()


class Seal:
    """The signatures of one domain, which is that of the From address or one above or below it."""

    def __init__(self, domain: str, keys: Sequence[SigningKey]) -> None:
        """Take the domain in ASCII. Some receivers read the first signature only: the kind all know goes first."""
        self._domain = domain
        self._keys = sorted(keys, key=lambda key: key.kind != "rsa")

    def headers(self, lines: str, body: bytes, now: datetime) -> str:
        """Return the DKIM-Signature headers of a mail, one above the other, each with its line end.

        `lines` are all its headers with their line ends, `body` is what comes after the empty line, both exactly as
        they go out.
        """
        fields = [each for each in map(_relaxed, _unfolded(lines)) if each.partition(":")[0] in _SIGNED]
        names = (*(each.partition(":")[0] for each in fields), *_ONLY_ONCE)
        tags = f"t={int(now.timestamp())};", *_in_lines(f"h={':'.join(names)};", ":"), f"bh={_body_hash(body)};", "b="
        return "".join(self._header(key, fields, "\r\n ".join(tags)) for key in self._keys)

    def _header(self, key: SigningKey, fields: Iterable[str], tags: str) -> str:
        whose = f"v=1; a={key.kind}-sha256; c=relaxed/relaxed;\r\n d={self._domain}; s={key.selector};"
        unsigned = f"DKIM-Signature: {whose} {tags}"
        signed = "\r\n".join((*fields, _relaxed(unsigned.replace("\r\n", ""))))
        signature = base64.b64encode(_sign(key, signed.encode())).decode()
        return unsigned + "\r\n ".join(_in_lines(signature)) + "\r\n"


def _sign(key: SigningKey, data: bytes) -> bytes:
    if isinstance(key.private, RSAPrivateKey):
        return key.private.sign(data, _PADDING, _HASH)
    # RFC 8463 3: Ed25519 signs the hash, where RSA hashes by itself.
    return key.private.sign(sha256(data).digest())


def _unfolded(lines: str) -> list[str]:
    return lines.removesuffix("\r\n").replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n")


def _relaxed(header: str) -> str:
    """RFC 6376 3.4.2, of a header that has been unfolded. Only spaces and tabs count as space there."""
    name, _, value = header.partition(":")
    return f"{name.lower()}:{' '.join(filter(None, value.replace(chr(9), ' ').split(' ')))}"


def _body_hash(body: bytes) -> str:
    """RFC 6376 3.4.4. Replacing is many times faster here than a regular expression."""
    body = body.replace(b"\t", b" ")
    while b"  " in body:
        body = body.replace(b"  ", b" ")
    body = body.replace(b" \r\n", b"\r\n").rstrip(b"\r\n")
    return base64.b64encode(sha256(body + b"\r\n" if body else b"").digest()).decode()


def _in_lines(text: str, after: str = "") -> list[str]:
    """Cut a long value where its tag allows it: anywhere, or only `after` a character."""
    lines = []
    while len(text) > _WIDTH:
        end = text.rindex(after, 0, _WIDTH) + 1 if after else _WIDTH
        lines.append(text[:end])
        text = text[end:]
    return [*lines, text]
