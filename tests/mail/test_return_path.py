"""A return path names its message whatever happens to it on the way, and nobody can make one up."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.errors import BadInput, SettingsError
from rekindle.mail.return_path import ReturnPath, StopAddress

SECRET, OLD_SECRET = "the secret of this year", "the secret of last year"
BOUNCES = "bounces@mail.acme.example"
KEY = "0123456789abcdef01234567"
PATH = ReturnPath(SECRET, BOUNCES)
WRITTEN = PATH.of(KEY)
ALPHABET = string.ascii_lowercase + string.digits + "-_"


def test_a_bounce_leads_back_to_its_message() -> None:
    assert WRITTEN.startswith(f"bounces+{KEY}.")
    assert WRITTEN.endswith("@mail.acme.example")
    assert PATH.read(WRITTEN) == KEY


def test_a_return_path_from_an_earlier_release_is_still_read() -> None:
    assert ReturnPath(SECRET, BOUNCES).read("bounces+m-1.iudfsd5rhmmd@mail.acme.example") == "m-1"


@given(st.text(ALPHABET, min_size=1, max_size=24))
def test_every_key_comes_back_and_the_local_part_stays_short_enough(key: str) -> None:
    written = PATH.of(key)
    assert PATH.read(written) == key
    assert len(written.rpartition("@")[0]) <= 64


@pytest.mark.parametrize(
    "seen",
    [
        WRITTEN.upper(),
        WRITTEN.title(),
        f"<{WRITTEN}>",
        f" {WRITTEN}\r\n",
        f"SRS0=HHHH=TT=mail.acme.example={WRITTEN.partition('@')[0]}@forwarder.example",
        f"SRS0+HHHH=TT=mail.acme.example={WRITTEN.partition('@')[0]}@forwarder.example",
        f"prvs=1234abcdef={WRITTEN}",
        f"SRS0=HHHH=TT=mail.acme.example=prvs=1234abcdef={WRITTEN.partition('@')[0]}@forwarder.example",
    ],
)
def test_what_servers_do_to_an_address_on_the_way_does_not_matter(seen: str) -> None:
    assert PATH.read(seen) == KEY


@given(st.data())
def test_an_address_changed_anywhere_is_nothing(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(WRITTEN) - 1))
    other = data.draw(st.characters().filter(lambda sign: sign.lower() != WRITTEN[place]))
    assert PATH.read(WRITTEN[:place] + other + WRITTEN[place + 1 :]) is None
    assert PATH.read(WRITTEN[:place] + WRITTEN[place + 1 :]) is None


@pytest.mark.parametrize(
    "foreign",
    [
        WRITTEN.replace("mail.acme.example", "mail.other.example"),
        WRITTEN.replace("bounces", "stop"),
        BOUNCES,
        "bounces+@mail.acme.example",
        f"bounces+{KEY}@mail.acme.example",
        f"bounces+{KEY}.@mail.acme.example",
        f"SRS0=HHHH=TT=other.example={WRITTEN.partition('@')[0]}@forwarder.example",
        f"SRS1=HHHH=first.example=={WRITTEN}",
        f"x@y.example,{WRITTEN}",
        "",
        "@",
        "<>",
        WRITTEN + "a" * 10_000_000,
        "bounces+\ud800.x@mail.acme.example",
    ],
    ids=lambda each: each[:30].encode("ascii", "replace").decode(),
)
def test_what_is_not_ours_is_nothing(foreign: str) -> None:
    assert PATH.read(foreign) is None


@given(st.text())
def test_any_text_is_no_return_path(text: str) -> None:
    assert PATH.read(text) is None


def test_another_secret_and_another_purpose_sign_otherwise() -> None:
    assert ReturnPath(OLD_SECRET, BOUNCES).read(WRITTEN) is None
    assert StopAddress(SECRET, BOUNCES).read(WRITTEN) is None
    assert PATH.read(StopAddress(SECRET, BOUNCES).of(KEY)) is None


def test_addresses_of_a_previous_secret_are_read_and_never_written() -> None:
    old, both = ReturnPath(OLD_SECRET, BOUNCES), ReturnPath(SECRET, BOUNCES, (OLD_SECRET,))
    assert both.read(old.of(KEY)) == KEY
    assert both.of(KEY) == WRITTEN


def test_an_international_domain_is_written_in_ascii_and_read_in_any_case() -> None:
    path = ReturnPath(SECRET, "Bounces@BÜCHER.example")
    assert path.of("m-1").endswith("@xn--bcher-kva.example")
    assert path.read(path.of("m-1").upper()) == "m-1"


@pytest.mark.parametrize("key", ["", "A", "a.b", "a+b", "a@b", "a b", "x" * 25, "ä", "a\r\n"])
def test_a_key_that_would_not_survive_the_way_is_refused(key: str) -> None:
    with pytest.raises(BadInput, match="key"):
        PATH.of(key)


@pytest.mark.parametrize("address", [f"{'b' * 27}@acme.example", "bounces+list@acme.example"])
def test_a_mailbox_that_leaves_no_room_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="at most 26 characters before the @, and no"):
        ReturnPath(SECRET, address)


def test_a_secret_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(SettingsError, match="16 characters") as refusal:
        ReturnPath("short", BOUNCES)
    assert "short" not in str(refusal.value)
