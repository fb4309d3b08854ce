"""The private keys that sign mail, and what is published of them in DNS (RFC 6376 3.6.1, RFC 8463). Signs nothing."""

import base64
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from rekindle.errors import SettingsError

Kind = Literal["rsa", "ed25519"]
PrivateKey = RSAPrivateKey | Ed25519PrivateKey

#: RFC 8301 asks for 2048; with 4096 the record no longer fits into one answer of some name servers.
_RSA_BITS = 2048
_FEWEST_RSA_BITS = 1024
_PUBLIC_EXPONENT = 65537
_HOW_TO_MAKE_ONE = "`rekindle dkim new` makes one"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the selector under which its public half is published."""

    selector: str
    private: PrivateKey = field(repr=False)

    @property
    def kind(self) -> Kind:
        return "rsa" if isinstance(self.private, RSAPrivateKey) else "ed25519"

    @property
    def public(self) -> str:
        """What stands after `p=` in the record: an RSA key with its frame, an Ed25519 key bare, in base64."""
        public = self.private.public_key()
        if self.kind == "ed25519":
            encoding, form = serialization.Encoding.Raw, serialization.PublicFormat.Raw
        else:
            encoding, form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        return base64.b64encode(public.public_bytes(encoding, form)).decode()

    @property
    def record(self) -> str:
        """The TXT record to publish at `SELECTOR._domainkey.DOMAIN`."""
        return f"v=DKIM1; k={self.kind}; p={self.public}"

    def pem(self) -> bytes:
        """Return the private key as it is kept in a file; it is not encrypted."""
        return self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def new_key(kind: Kind, selector: str) -> SigningKey:
    """Make a key."""
    if kind == "ed25519":
        return SigningKey(selector, Ed25519PrivateKey.generate())
    return SigningKey(selector, generate_private_key(_PUBLIC_EXPONENT, _RSA_BITS))


def key_from_file(kind: Kind, selector: str, file: Path) -> SigningKey:
    """Read a key from a PEM file. Raises SettingsError that names the knob and says what to do."""
    try:
        pem = file.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"dkim.{kind}_key: {file} cannot be read ({error.strerror}): put the key there, or {_HOW_TO_MAKE_ONE}"
        ) from None
    return key_from_pem(kind, selector, pem, f"dkim.{kind}_key: {file}")


@lru_cache(maxsize=8)
def key_from_pem(kind: Kind, selector: str, pem: bytes, where: str) -> SigningKey:
    """Read a key from the text of a PEM file; `where` it was found begins what SettingsError says.

    Checking an RSA key takes 36 ms, and a process reads it for each task: it is remembered.
    """
    wanted = RSAPrivateKey if kind == "rsa" else Ed25519PrivateKey
    try:
        private = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise SettingsError(f"{where} holds no private key in PEM without a password: {_HOW_TO_MAKE_ONE}") from None
    if not isinstance(private, wanted):
        raise SettingsError(f"{where} holds a key of another kind than {kind}: {_HOW_TO_MAKE_ONE}")
    if isinstance(private, RSAPrivateKey) and private.key_size < _FEWEST_RSA_BITS:
        raise SettingsError(f"{where} is too short ({private.key_size} bits), receivers ignore it: {_HOW_TO_MAKE_ONE}")
    return SigningKey(selector, private)
