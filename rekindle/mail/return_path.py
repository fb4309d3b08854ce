"""Signed plus addresses, for bounces and for stops by mail: each names its message or candidate by itself.

What comes back there need not be understood. Writes and reads addresses only; RFC 5233 calls what is after the plus
the detail.
"""

import base64
import hmac
import re
from hashlib import sha256

from rekindle.errors import BadInput, SettingsError
from rekindle.mail.correspondent import ascii_address

#: Some servers put the whole local part into lower case, so a key is written in it from the start.
_KEY = re.compile(r"[a-z0-9_-]{1,24}")
#: 60 bits: guessing takes a mail for every try, and gains a bounce at the most.
_SIGNATURE = 12
_DETAIL = re.compile(rf"({_KEY.pattern})\.([a-z2-7]{{{_SIGNATURE}}})")
_LONGEST_KEY, _LONGEST_LOCAL = 24, 64
#: What forwarders (SRS0) and our own mail server (BATV) put around a return path on its way.
_WRAPPED = (
    re.compile(r"srs0[=+-][^=]+=[^=]+=(?P<domain>[^=]+)=(?P<local>.+)@[^@]+", re.IGNORECASE),
    re.compile(r"prvs=[^=]+=(?P<local>[^=@]+)@(?P<domain>[^@]+)", re.IGNORECASE),
)
_LONGEST_READ = 512
_SHORTEST_SECRET = 16


class PlusAddress:
    """Addresses like `bounces+KEY.SIGNATURE@acme.example`, below one mailbox and signed for one purpose."""

    purpose: str

    def __init__(self, secret: str, address: str, previous_secrets: tuple[str, ...] = ()) -> None:
        """Take the mailbox's own address. Raises SettingsError where no detail fits into it, or the secret is short."""
        if any(len(each) < _SHORTEST_SECRET for each in (secret, *previous_secrets)):
            raise SettingsError(f"the secret that signs addresses has to have at least {_SHORTEST_SECRET} characters")
        self._mailbox, _, self._domain = ascii_address(self.purpose, address).lower().rpartition("@")
        room = _LONGEST_LOCAL - len("+.") - _LONGEST_KEY - _SIGNATURE
        if len(self._mailbox) > room or "+" in self._mailbox:
            raise SettingsError(f"the {self.purpose} address has at most {room} characters before the @, and no +")
        self._secrets = tuple(_derived(each, self.purpose) for each in (secret, *previous_secrets))

    def of(self, key: str) -> str:
        """Return the address that names `key`, which is 1 to 24 of a-z, 0-9, `-` and `_`; it never expires."""
        if not _KEY.fullmatch(key):
            raise BadInput(f"a key in a {self.purpose} address has to be 1 to 24 small letters, digits, - or _")
        return f"{self._mailbox}+{key}.{_signature(self._secrets[0], key)}@{self._domain}"

    def read(self, address: str) -> str | None:
        """Return the key, or None for whatever this never wrote. Takes anything, raises nothing.

        The case of letters does not matter, nor what SRS and BATV put around it.
        """
        if len(address) > _LONGEST_READ or not address.isascii():
            return None
        local, _, domain = _unwrapped(address.strip().strip("<>")).lower().rpartition("@")
        mailbox, _, detail = local.partition("+")
        if (mailbox, domain) != (self._mailbox, self._domain) or not (found := _DETAIL.fullmatch(detail)):
            return None
        key, written = found.groups()
        right = [hmac.compare_digest(_signature(secret, key), written) for secret in self._secrets]
        return key if any(right) else None


class ReturnPath(PlusAddress):
    """The envelope sender of a message, which names it by its key (VERP)."""

    purpose = "return-path"


class StopAddress(PlusAddress):
    """The address in List-Unsubscribe that stands for a candidate: a mail to it is a stop."""

    purpose = "stop"


def _unwrapped(address: str) -> str:
    for wrapping in _WRAPPED:
        if found := wrapping.fullmatch(address):
            address = f"{found['local']}@{found['domain']}"
    return address


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"rekindle.address.{purpose}".encode(), sha256)


def _signature(secret: bytes, key: str) -> str:
    return base64.b32encode(hmac.digest(secret, key.encode(), sha256)).decode()[:_SIGNATURE].lower()
