"""Makes of the settings how mail leaves: the keys that sign it, the addresses it comes back to."""

from collections.abc import Iterator
from pathlib import Path

from rekindle.mail.post import Post
from rekindle.mail.return_path import ReturnPath, StopAddress
from rekindle.mail.signing_keys import SigningKey, key_from_file, key_from_pem
from rekindle.settings import Settings


def post(settings: Settings, secret: str) -> Post:
    """Return how mail leaves; `secret` signs its addresses. Raises SettingsError for a key that cannot be used."""
    sender = settings.sender
    return Post(
        keys=tuple(signing_keys(settings)),
        domain=settings.dkim.domain,
        returns=ReturnPath(secret, sender.return_path) if sender.return_path else None,
        personal_returns=ReturnPath(secret, sender.personal_return_path) if sender.personal_return_path else None,
        stops=StopAddress(secret, sender.stop_address) if sender.stop_address else None,
    )


def signing_keys(settings: Settings) -> Iterator[SigningKey]:
    """Read the keys that are set: from the environment, else from their files."""
    own = settings.dkim
    if pem := own.rsa_pem.get_secret_value():
        yield key_from_pem("rsa", own.rsa_selector, _lines(pem), "REKINDLE_DKIM_RSA_PEM")
    elif own.rsa_key:
        yield key_from_file("rsa", own.rsa_selector, Path(own.rsa_key))
    if pem := own.ed25519_pem.get_secret_value():
        yield key_from_pem("ed25519", own.ed25519_selector, _lines(pem), "REKINDLE_DKIM_ED25519_PEM")
    elif own.ed25519_key:
        yield key_from_file("ed25519", own.ed25519_selector, Path(own.ed25519_key))


def _lines(pem: str) -> bytes:
    # Some ways to set a variable allow a single line only.
    return pem.replace("\\n", "\n").encode()
