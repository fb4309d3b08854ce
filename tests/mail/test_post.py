"""Which domain signs for whom, and how what comes back is known by the address it comes to."""

from datetime import UTC, datetime

import pytest

from rekindle.mail.post import Post
from rekindle.mail.return_path import ReturnPath, StopAddress
from rekindle.mail.signing_keys import new_key

NOW = datetime(2026, 10, 13, 8, 30, tzinfo=UTC)
SECRET = "the secret of this year"
KEY = new_key("ed25519", "s")
POST = Post(
    keys=(KEY,),
    returns=ReturnPath(SECRET, "bounces@news.acme.example"),
    personal_returns=ReturnPath(SECRET, "bounces@acme.example"),
    stops=StopAddress(SECRET, "stop@acme.example"),
)


@pytest.mark.parametrize(
    ("domain", "sender", "signs"),
    [
        ("", "Hello@News.ACME.example", "news.acme.example"),
        ("", "ann@bücher.example", "xn--bcher-kva.example"),
        ("acme.example", "hello@news.acme.example", "acme.example"),
    ],
)
def test_mail_is_signed_for_the_domain_it_is_from_unless_another_is_set(domain: str, sender: str, signs: str) -> None:
    seal = Post(keys=(KEY,), domain=domain).seal(sender)
    assert seal is not None
    assert f"d={signs};" in seal.headers("From: x@y.example\r\n", b"", NOW)


def test_without_a_key_nothing_is_signed() -> None:
    assert Post().seal("ann@acme.example") is None


def test_bulk_and_personal_mail_come_back_to_their_own_addresses_and_both_are_known() -> None:
    bulk, personal = POST.return_path("m-1", personal=False), POST.return_path("m-1", personal=True)
    assert bulk is not None
    assert personal is not None
    assert (bulk.partition("@")[2], personal.partition("@")[2]) == ("news.acme.example", "acme.example")
    assert POST.message_of(bulk) == POST.message_of(personal) == "m-1"


def test_one_return_path_serves_both() -> None:
    post = Post(returns=ReturnPath(SECRET, "bounces@acme.example"))
    assert post.return_path("m-1", personal=True) == post.return_path("m-1", personal=False)


def test_a_stop_by_mail_names_the_candidate_and_is_no_bounce() -> None:
    written = POST.stop_mailto("c-1")
    assert written is not None
    assert POST.stop_of(written) == "c-1"
    assert POST.message_of(written) is None
    assert POST.stop_of(POST.return_path("c-1", personal=True) or "") is None


def test_where_nothing_is_set_nothing_is_written_and_nothing_known() -> None:
    assert Post().return_path("m-1", personal=True) is None
    assert Post().stop_mailto("c-1") is None
    assert Post().message_of("bounces+m-1.aaaaaaaaaaaa@acme.example") is None
    assert Post().stop_of("stop+c-1.aaaaaaaaaaaa@acme.example") is None
