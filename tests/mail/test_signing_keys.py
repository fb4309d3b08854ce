"""Keys survive their file, their record is what receivers look for, and what is no key is refused with what to do."""

import base64
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_ec_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from rekindle.errors import SettingsError
from rekindle.mail.signing_keys import Kind, key_from_file, key_from_pem, new_key

RSA, ED25519 = new_key("rsa", "s1"), new_key("ed25519", "s2")


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_a_key_is_read_back_from_its_file(kind: Kind, tmp_path: Path) -> None:
    made = new_key(kind, "s")
    (tmp_path / "key.pem").write_bytes(made.pem())

    read = key_from_file(kind, "s", tmp_path / "key.pem")

    assert (read.kind, read.selector, read.record) == (kind, "s", made.record)


def test_the_keys_that_openssl_and_opendkim_write_are_read() -> None:
    private = generate_private_key(65537, 2048)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    assert b"BEGIN RSA PRIVATE KEY" in pem
    assert key_from_pem("rsa", "s", pem, "here").kind == "rsa"


def test_an_rsa_record_carries_the_framed_key_and_an_ed25519_record_32_bare_bytes() -> None:
    assert re.fullmatch(r"v=DKIM1; k=rsa; p=MII[A-Za-z0-9+/]+={0,2}", RSA.record)
    assert ED25519.record == f"v=DKIM1; k=ed25519; p={ED25519.public}"
    assert len(base64.b64decode(ED25519.public)) == 32


def test_a_file_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"dkim.rsa_key: .*rsa.pem cannot be read .*`rekindle dkim new` makes one"):
        key_from_file("rsa", "s", tmp_path / "rsa.pem")


LOCKED = generate_private_key(65537, 2048).private_bytes(
    Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"horse")
)
CURVE = new_ec_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    ("kind", "pem", "said"),
    [
        ("rsa", b"", "holds no private key in PEM without a password"),
        ("rsa", b"\0\xff" * 100, "holds no private key"),
        ("rsa", LOCKED, "holds no private key in PEM without a password"),
        ("rsa", ED25519.pem(), "a key of another kind than rsa"),
        ("ed25519", RSA.pem(), "a key of another kind than ed25519"),
        ("rsa", CURVE, "a key of another kind than rsa"),
    ],
    ids=["empty", "noise", "locked", "ed-for-rsa", "rsa-for-ed", "curve"],
)
def test_what_is_no_such_key_is_refused_and_not_shown(kind: Kind, pem: bytes, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refusal:
        key_from_pem(kind, "s", pem, "here:")
    assert "PRIVATE" not in str(refusal.value)


def test_a_key_is_not_logged_by_accident() -> None:
    assert "private" not in repr(RSA)
