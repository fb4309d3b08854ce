"""One person, one spelling of the address."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.errors import BadInput
from rekindle.mail.address import normalise, suppression_hash

SECRET = "a secret of the team"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("anne@example.org", "anne@example.org"),
        ("  Anne.Lee@Example.ORG\n", "anne.lee@example.org"),
        ("o'brien+jobs@mail.example.org", "o'brien+jobs@mail.example.org"),
        ("x" * 64 + "@example.org", "x" * 64 + "@example.org"),
        ("anne@BÜCHER.example", "anne@xn--bcher-kva.example"),
        ("anne@XN--BCHER-KVA.example", "anne@xn--bcher-kva.example"),
        ("JÜRGEN@example.org", "jürgen@example.org"),
        ("ju\u0308rgen@example.org", "jürgen@example.org"),
        ("straße@straße.example", "straße@xn--strae-oqa.example"),
        ("用户@例え.example", "用户@xn--r8jz45g.example"),
    ],
)
def test_spellings_of_one_address_become_one(written: str, key: str) -> None:
    assert normalise(written) == key
    assert normalise(key) == key


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "no @"),
        ("anne", "no @"),
        ("anne@", "no* domain"),
        ("@example.org", "where none can be"),
        ("anne@example", "not a domain"),
        ("anne@büro", "not a domain"),
        ("anne@@example.org", "where none can be"),
        ("anne..lee@example.org", "where none can be"),
        (".anne@example.org", "where none can be"),
        ("anne@-example.org", "where none can be"),
        ("anne@example..org", "where none can be"),
        ("anne@192.0.2.1", "where none can be"),
        ("anne@[192.0.2.1]", "where none can be"),
        ('"anne"@example.org', "where none can be"),
        ("anne lee@example.org", "space"),
        ("anne@example.org, bert@example.org", "space"),
        ("Anne <anne@example.org>", "space"),
        ("anne@example.org\r\nBcc: bert@example.org", "control character"),
        ("anne\0@example.org", "control character"),
        ("anne\u202e@example.org", "control character"),
        ("\ud800@example.org", "control character"),
        ("x" * 65 + "@example.org", "too long"),
        ("ü" * 33 + "@example.org", "too long"),
        ("anne@" + "abcdefghi." * 25 + "example", "too long"),
        ("x" * 1_000_000, "no @"),
        ("ü" * 1_000_000 + "@example.org", "too long"),
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(written: str, says: str) -> None:
    with pytest.raises(BadInput) as refusal:
        normalise(written)
    said = str(refusal.value)
    assert says.replace("no* domain", "not a domain") in said
    assert "anne" not in said
    assert len(said) < 120


@given(st.text())
def test_any_text_is_an_address_or_bad_input(text: str) -> None:
    try:
        key = normalise(text)
    except BadInput:
        return
    assert normalise(key) == key


@given(st.emails())
def test_every_usual_address_is_taken(address: str) -> None:
    assert normalise(address) == address.lower()


def test_a_suppression_holds_however_the_address_is_spelt() -> None:
    held = suppression_hash(SECRET, "Anne@BÜCHER.example")
    assert held == suppression_hash(SECRET, " anne@xn--bcher-kva.example ")
    assert held != suppression_hash(SECRET, "bert@bücher.example")
    assert held != suppression_hash(SECRET + "!", "anne@bücher.example")


def test_a_suppression_stays_readable_across_releases() -> None:
    expected = hmac.new(SECRET.encode(), b"rekindle.suppression\0anne@example.org", hashlib.sha256).hexdigest()
    assert suppression_hash(SECRET, "anne@example.org") == expected
    assert expected == "1327d0eb84cb908081f11a89803a6b6b75e15d32c6ddd07d0f15a5f113261ac3"
