"""Signed links: they name a candidate by an opaque key, work without a login and for years, and cannot be made up.

Reads and writes tokens only; what a link does, and whether the candidate still exists, is the page's business.
"""

import hmac
import re
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

from itsdangerous import Signer

from rekindle.errors import BadInput
from rekindle.mail.hosts import is_loopback

#: The candidate's key: nothing in it may need escaping in a URL or look like the dot before the signature.
_KEY = re.compile(r"[A-Za-z0-9_-]{1,128}")
_LONGEST_TOKEN = 256
_SHORTEST_SECRET = 16


class Links:
    """Links signed with `secret`; those signed with a previous secret are still read."""

    def __init__(self, secret: str, base_url: str, previous_secrets: tuple[str, ...] = ()) -> None:
        self._base = check_base_url(base_url)
        self._stop = tuple(_signer(each, "rekindle.stop") for each in (secret, *previous_secrets))

    def stop(self, candidate_key: str) -> str:
        """Return the stop link of a candidate: BASE/stop/TOKEN. It never expires (CAN-SPAM asks for 30 days).

        Raises BadInput for a key that is not 1 to 128 letters, digits, `-` or `_`.
        """
        if not _KEY.fullmatch(candidate_key):
            raise BadInput("a candidate's key has to be 1 to 128 letters, digits, - or _")
        return f"{self._base}/stop/{self._stop[0].sign(candidate_key).decode()}"

    def read_stop(self, token: str) -> str | None:
        """Return the candidate's key, or None for whatever this never wrote. Takes anything, raises nothing."""
        return _read(self._stop, token)


def check_base_url(url: str) -> str:
    """Return what links begin with, without a slash at the end.

    Raises BadInput unless it is https (RFC 8058 section 3.1), or http to this very machine.
    """
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises on what is no port number
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if not (url.isascii() and url.isprintable()) or set(url) & set(' "<>\\') or not parts.hostname:
        raise BadInput("base_url has to be a web address such as https://people.acme.example")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise BadInput("base_url must have no user name, no ? and no #: links are appended to it")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise BadInput(f"base_url has to begin with https:// unless it is this machine, not {parts.scheme}://")
    return url.rstrip("/")


def _signer(secret: str, purpose: str) -> Signer:
    if len(secret) < _SHORTEST_SECRET:
        raise BadInput(f"the secret that signs links has to have at least {_SHORTEST_SECRET} characters")
    return Signer(secret, salt=purpose, key_derivation="hmac", digest_method=sha256)


def _read(signers: tuple[Signer, ...], token: str) -> str | None:
    """Sign the key again and compare whole tokens: `unsign` would also take misspelt Base64."""
    if len(token) > _LONGEST_TOKEN or not token.isascii():
        return None
    key = token.rpartition(".")[0]
    if not _KEY.fullmatch(key):
        return None
    written = token.encode()
    if any(hmac.compare_digest(signer.sign(key), written) for signer in signers):
        return key
    return None
