"""Asking for feeds: whatever a server does is an answer or a sentence, within time, size and redirects."""

import gzip
import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from rekindle.exchange.news.fetching import Answer, Ask, Bounds, Failure, fetch
from rekindle.exchange.news.guarding import is_public
from tests.feeds import (
    FeedServer,
    breaks_off,
    endless,
    feed_server,
    packed,
    redirects,
    says,
    slow_headers,
    unless_known,
)
from tests.mail.conftest import Certificate, certificate

__all__ = ["certificate"]  # the fixture of the mail tests

BOUNDS = Bounds(seconds=5, step=2, size=100_000)
HASTY = Bounds(seconds=0.6, step=0.4, size=100_000)


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    with feed_server() as running:
        yield running


def asked(address: str, bounds: Bounds = BOUNDS, etag: str | None = None) -> Answer | Failure:
    return fetch([Ask(address, etag, may_be_private=True)], bounds)[0]


def why(found: Answer | Failure) -> str:
    assert isinstance(found, Failure), found
    return found.why


def test_what_is_there_comes_with_what_the_server_wants_to_be_asked_with(server: FeedServer) -> None:
    address = server.at("/news", unless_known('"v1"', b"hello"))
    found = asked(address)
    assert isinstance(found, Answer)
    assert (found.body, found.address, found.etag) == (b"hello", address, '"v1"')
    assert found.modified == "Tue, 06 Oct 2026 08:00:00 GMT"
    assert found.content_type == "application/rss+xml"


def test_what_has_not_changed_is_not_sent_again(server: FeedServer) -> None:
    address = server.at("/news", unless_known('"v1"', b"hello"))
    found = fetch([Ask(address, '"v1"', "Tue, 06 Oct 2026 08:00:00 GMT", may_be_private=True)], BOUNDS)[0]
    assert isinstance(found, Answer)
    assert found.body is None
    assert server.asked[-1][1]["if-none-match"] == '"v1"'
    assert server.asked[-1][1]["if-modified-since"] == "Tue, 06 Oct 2026 08:00:00 GMT"


def test_not_modified_is_no_answer_to_who_has_nothing_yet(server: FeedServer) -> None:
    assert why(asked(server.at("/odd", says(304)))).startswith("it answers 304")


def test_a_tag_that_cannot_be_said_again_is_not_kept(server: FeedServer) -> None:
    found = asked(server.at("/tag", says(200, b"x", {"ETag": '"' + "x" * 400 + '"', "Last-Modified": "\xfc"})))
    assert isinstance(found, Answer)
    assert (found.etag, found.modified) == (None, None)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "it wants a login, which Rekindle has none for"),
        (403, "it refuses to be read"),
        (404, "there is nothing at this address"),
        (410, "it is gone for good"),
        (429, "it was asked too often; it will be asked again next time"),
        (500, "it answers 500; it will be asked again next time"),
        (204, "it answers 204; it will be asked again next time"),
    ],
)
def test_a_server_that_has_nothing_is_told_in_a_sentence(server: FeedServer, status: int, said: str) -> None:
    assert why(asked(server.at("/status", says(status)))) == said


def test_a_redirect_is_followed_and_one_for_good_is_told(server: FeedServer) -> None:
    end = server.at("/end", says(200, b"hello"))
    for_good = asked(server.at("/a", redirects("/end", 301)))
    for_now = asked(server.at("/b", redirects("/a", 302)))
    assert isinstance(for_good, Answer)
    assert isinstance(for_now, Answer)
    assert (for_good.body, for_good.address, for_good.moved_to) == (b"hello", end, end)
    assert (for_now.body, for_now.moved_to) == (b"hello", None)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("/loop", "it leads from one address to the next, more than 5 times"),
        ("file:///etc/hostname", "it redirects to what is no web address"),
        ("", "it redirects to what is no web address"),
        ("http://[::1", "it redirects to what is no web address"),
        ("http://127.0.0.1:9/x", "it leads to 127.0.0.1, inside a private network, which nobody allowed"),
        ("http://localhost/x", "it leads to "),
        ("http://2130706433/x", "it leads to 127.0.0.1, inside"),
        ("http://169.254.169.254/latest", "it leads to 169.254.169.254, inside"),
        ("http://[::ffff:10.0.0.1]/x", "it leads to ::ffff:10.0.0.1, inside"),
    ],
)
def test_a_redirect_leads_to_no_other_place_inside(server: FeedServer, to: str, said: str) -> None:
    assert why(asked(server.at("/loop", redirects(to)))).startswith(said)


def test_a_private_address_is_not_asked_unless_a_colleague_said_so(server: FeedServer) -> None:
    address = server.at("/private", says(200, b"hello"))
    before = len(server.asked)
    found = fetch([Ask(address), Ask(address.replace("127.0.0.1", "localhost"))], BOUNDS)
    assert all("inside a private network" in why(each) for each in found)
    assert len(server.asked) == before


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("192.0.2.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:192.168.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("9.9.9.9", True),
        ("2620:fe::fe", True),
        ("64:ff9b::909:909", True),
    ],
)
def test_a_public_address_is_one_that_everybody_can_reach(address: str, public: bool) -> None:  # noqa: FBT001 - a table
    assert is_public(address) is public


def test_where_nobody_listens_is_told() -> None:
    assert why(asked("http://127.0.0.1:1/")) == "it cannot be reached"


def test_a_host_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert why(asked("http://blog.acme.example/feed")) == "there is no host blog.acme.example"


def test_what_was_judged_is_what_is_connected_to(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is looked up first, and leads inside the second time, is looked up once."""
    address = server.at("/judged", says(200, b"hello"))
    answers = [[(2, 1, 6, "", ("127.0.0.1", int(address.rsplit(":")[2].split("/")[0])))]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers.pop())
    found = asked(address.replace("127.0.0.1", "blog.acme.example"))
    assert isinstance(found, Answer)
    assert answers == []
    assert server.asked[-1][1]["host"].startswith("blog.acme.example:")


def test_a_certificate_has_to_be_that_of_the_name_asked_for(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is good for localhost and 127.0.0.1: that the address connected to is in it says nothing of the name."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    with feed_server(certificate.server) as server:
        address = server.at("/news", says(200, b"hello"))
        port = httpx.URL(address).port
        named = asked(address.replace("127.0.0.1", "localhost"))
        assert isinstance(named, Answer)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))])
        assert why(asked(address.replace("127.0.0.1", "blog.acme.example"))) == "its certificate is not valid"
        monkeypatch.delenv("SSL_CERT_FILE")
        assert why(asked(address)) == "its certificate is not valid"


def test_of_several_addresses_none_may_lie_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("9.9.9.9", 80)), (2, 1, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    found = fetch([Ask("http://blog.acme.example/")], BOUNDS)[0]
    assert why(found).startswith("it leads to 10.0.0.7, inside")


def test_a_feed_that_is_too_large_is_not_read_to_its_end(server: FeedServer) -> None:
    said = "it is larger than 0.1 MB; nothing of it was read"
    assert why(asked(server.at("/endless", endless()))) == said
    assert why(asked(server.at("/claims", says(200, b"x", {"Content-Length": "200000"})))) == said


def test_a_feed_of_the_largest_size_is_read(server: FeedServer) -> None:
    body = b"x" * BOUNDS.size
    for answer in (says(200, body), packed(body)):
        found = asked(server.at("/largest", answer))
        assert isinstance(found, Answer)
        assert found.body == body


def test_what_unpacks_to_too_much_is_not_unpacked(server: FeedServer) -> None:
    bomb = b"\0" * 50_000_000
    assert "larger than 0.1 MB" in why(asked(server.at("/bomb", packed(bomb))))
    assert why(asked(server.at("/bombs", packed(bomb, 2)))) == "it is packed in a way that was not asked for"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (gzip.compress(b"hello" * 100, mtime=0)[:-20], "it breaks off in the middle"),
        (b"no gzip at all", "it is packed in a way nobody can unpack"),
    ],
)
def test_what_is_packed_wrong_is_told(server: FeedServer, body: bytes, said: str) -> None:
    assert why(asked(server.at("/packed", says(200, body, {"Content-Encoding": "gzip"})))) == said


def test_what_breaks_off_is_told(server: FeedServer) -> None:
    assert why(asked(server.at("/half", breaks_off(b"<rss>")))) == "its answer breaks off, or is no HTTP"


@pytest.mark.parametrize("path", ["/silent", "/drops", "/headers"])
def test_who_takes_too_long_is_not_waited_for(server: FeedServer, path: str) -> None:
    server.at("/silent", lambda _request: time.sleep(1.5))
    server.at("/drops", endless(b"x", pause=0.05))
    server.at("/headers", slow_headers)
    began = time.monotonic()
    assert why(asked(server.base + path, HASTY)) == "it did not answer in time"
    assert time.monotonic() - began < 1.4


def test_one_that_is_slow_does_not_hold_up_the_others(server: FeedServer) -> None:
    slow = Ask(server.at("/drops", endless(b"x", pause=0.05)), may_be_private=True)
    quick = Ask(server.at("/quick", says(200, b"hello")), may_be_private=True)
    found = fetch([slow, quick, slow, slow], HASTY)
    assert [isinstance(each, Answer) for each in found] == [False, True, False, False]
