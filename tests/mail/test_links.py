"""A stop link names its candidate for years, and nobody can make one up."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import Signer

from rekindle.errors import BadInput
from rekindle.mail.links import Links, check_base_url

SECRET, OLD_SECRET = "the secret of this year", "the secret of last year"
BASE = "https://people.acme.example"
ALPHABET = string.ascii_letters + string.digits + "-_"


def token(url: str) -> str:
    return url.removeprefix(f"{BASE}/stop/")


def test_a_link_leads_back_to_its_candidate() -> None:
    links = Links(SECRET, BASE + "/")
    url = links.stop("k3y_of-Anne")
    assert url.startswith(f"{BASE}/stop/k3y_of-Anne.")
    assert links.read_stop(token(url)) == "k3y_of-Anne"


def test_a_link_from_an_earlier_release_still_works() -> None:
    assert Links(SECRET, BASE).read_stop("k3y.ctS6iztNfgXR0oyoiwhSE1DLzkJHqF1AHCUqQeie6W0") == "k3y"


@given(st.text(ALPHABET, min_size=1, max_size=128))
def test_every_key_comes_back_and_needs_no_escaping(key: str) -> None:
    links = Links(SECRET, BASE)
    written = token(links.stop(key))
    assert set(written) <= set(ALPHABET + ".")
    assert links.read_stop(written) == key


def test_links_of_a_previous_secret_are_read_and_never_written() -> None:
    old = Links(OLD_SECRET, BASE)
    both = Links(SECRET, BASE, (OLD_SECRET,))
    assert both.read_stop(token(old.stop("anne"))) == "anne"
    assert old.read_stop(token(both.stop("anne"))) is None
    assert Links(SECRET, BASE).read_stop(token(old.stop("anne"))) is None


@given(st.data())
def test_a_token_changed_anywhere_is_nothing(data: st.DataObject) -> None:
    links = Links(SECRET, BASE)
    written = token(links.stop("anne"))
    place = data.draw(st.integers(0, len(written) - 1))
    other = data.draw(st.characters().filter(lambda sign: sign != written[place]))
    assert links.read_stop(written[:place] + other + written[place + 1 :]) is None
    assert links.read_stop(written[:place] + other + written[place:]) is None
    assert links.read_stop(written[:place]) is None


def test_a_token_has_one_spelling() -> None:
    """Base64 has spare bits in its last sign, and lenient readers skip what is not in its alphabet."""
    links = Links(SECRET, BASE)
    written = token(links.stop("anne"))
    spellings = [written[:-1] + sign for sign in ALPHABET if sign != written[-1]]
    spellings += [written + "=", written + "\n", written[:-1] + "!" + written[-1], " " + written]
    assert [links.read_stop(each) for each in spellings] == [None] * len(spellings)


@given(st.text())
def test_any_text_is_no_token(text: str) -> None:
    assert Links(SECRET, BASE).read_stop(text) is None


@pytest.mark.parametrize(
    "text", ["", ".", "anne", "anne.", ".anne", "a" * 10_000_000, "\ud800.x", "\0", "anne.é", "anne.\ud800"]
)
def test_odd_tokens_are_nothing(text: str) -> None:
    assert Links(SECRET, BASE).read_stop(text) is None


def test_a_token_signed_for_another_purpose_is_nothing() -> None:
    other = Signer(SECRET, salt="rekindle.preferences", key_derivation="hmac").sign("anne").decode()
    assert Links(SECRET, BASE).read_stop(other) is None


@pytest.mark.parametrize("key", ["", "anne@example.org", "a.b", "a/b", "a b", "x" * 129, "ä"])
def test_a_key_that_would_not_survive_a_url_is_refused(key: str) -> None:
    with pytest.raises(BadInput, match="key"):
        Links(SECRET, BASE).stop(key)


@pytest.mark.parametrize("secrets", [("",), ("short",), (SECRET, "")], ids=["none", "short", "previous"])
def test_a_secret_that_can_be_guessed_is_refused(secrets: tuple[str, ...]) -> None:
    with pytest.raises(BadInput, match="16 characters") as refusal:
        Links(secrets[0], BASE, secrets[1:])
    assert "short" not in str(refusal.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://people.acme.example",
        "https://acme.example:8443/people",
        "http://127.0.0.1:8080",
        "http://localhost:8080",
        "http://[::1]:8080",
    ],
)
def test_links_begin_with_https_or_stay_on_this_machine(url: str) -> None:
    assert check_base_url(url + "/") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "people.acme.example",
        "https://",
        "http://people.acme.example",
        "http://127.0.0.1.acme.example",
        "ftp://acme.example",
        "javascript://localhost/%0aalert(1)",
        "https://acme.example/?a=1",
        "https://acme.example/#a",
        "https://anne:secret@acme.example",
        "https://acme.example/\r\nBcc: x",
        "https://acme.example/a b",
        "https://acme.example/>",
        "https://bücher.example",
        "https://acme.example:port",
        "https://acme.example:99999",
        "https://[::1",
    ],
)
def test_another_base_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="base_url") as refusal:
        check_base_url(url)
    assert "secret" not in str(refusal.value)
