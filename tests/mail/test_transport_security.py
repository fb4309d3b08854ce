"""What protects the connection is a demand: no TLS, no mail; no right password, no mail, and no second try."""

import asyncio
from pathlib import Path
from typing import Literal

import pytest

from rekindle.errors import SettingsError
from rekindle.mail.outcome import Accepted, NotSent, Outcome
from rekindle.mail.route import Route
from rekindle.mail.transport import open_route
from rekindle.mail.wire import Envelope
from tests.mail.conftest import Certificate
from tests.mail.servers import (
    GARBAGE,
    HANGS_UP,
    SILENCE,
    Fault,
    RealServer,
    faulty_server,
    real_server,
    says,
)

HELLO = Envelope("hello@acme.example", "anne@example.org", b"Subject: hello\r\n\r\nhow are you?\r\n")


def deliver_over(
    security: Literal["starttls", "tls"],
    certificate: Certificate,
    knobs: dict[str, object],
    letters: tuple[Envelope, ...] = (HELLO, HELLO),
) -> tuple[list[Outcome], RealServer]:
    async def main() -> tuple[list[Outcome], RealServer]:
        async with real_server(security=security, certificate=certificate.server) as server:
            options = {"host": "localhost", "port": server.port, "timeout": 30.0, **knobs}
            async with open_route(Route(security=security, **options)) as (lane,):  # type: ignore[arg-type]
                return [await lane.send(letter) for letter in letters], server

    return asyncio.run(main())


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_over_tls_on_one_connection(security: Literal["starttls", "tls"], certificate: Certificate) -> None:
    outcomes, server = deliver_over(security, certificate, {"ca_file": certificate.file})
    assert [type(outcome) for outcome in outcomes] == [Accepted, Accepted], outcomes
    assert (server.connections, len(server.deliveries)) == (1, 2)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_large_message_arrives_whole_over_tls(security: Literal["starttls", "tls"], certificate: Certificate) -> None:
    large = Envelope(HELLO.sender, HELLO.recipient, b"Subject: large\r\n\r\n" + b"nothing but words\r\n" * 40_000)
    outcomes, server = deliver_over(security, certificate, {"ca_file": certificate.file}, (large, HELLO))
    assert [type(outcome) for outcome in outcomes] == [Accepted, Accepted], outcomes
    assert [delivery.content for delivery in server.deliveries] == [large.data, HELLO.data]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for_is_refused(
    security: Literal["starttls", "tls"], certificate: Certificate
) -> None:
    outcomes, server = deliver_over(security, certificate, {})
    assert all(isinstance(outcome, NotSent) and "CERTIFICATE" in outcome.reason for outcome in outcomes), outcomes
    assert server.deliveries == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_who_asks_for_it_gets_any_certificate(security: Literal["starttls", "tls"], certificate: Certificate) -> None:
    outcomes, _ = deliver_over(security, certificate, {"verify": False})
    assert [type(outcome) for outcome in outcomes] == [Accepted, Accepted], outcomes


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_login_over_tls(security: Literal["starttls", "tls"], certificate: Certificate) -> None:
    knobs = {"ca_file": certificate.file, "username": "rekindle", "password": "right"}
    outcomes, server = deliver_over(security, certificate, knobs)
    assert [type(outcome) for outcome in outcomes] == [Accepted, Accepted], outcomes
    assert server.logins == [b"rekindle"]


def test_a_wrong_password_is_tried_once_and_never_again(certificate: Certificate) -> None:
    knobs = {"ca_file": certificate.file, "username": "rekindle", "password": "wrong"}
    outcomes, server = deliver_over("starttls", certificate, knobs)
    assert all(isinstance(outcome, NotSent) and outcome.reason.startswith("AUTH: 535") for outcome in outcomes)
    assert server.logins == [b"rekindle"]
    assert server.deliveries == []


def plain_route(port: int, *, timeout: float = 30.0, username: str = "") -> Route:
    return Route(host="127.0.0.1", port=port, security="none", timeout=timeout, username=username, password="right")


def test_a_login_on_this_very_machine_needs_no_tls() -> None:
    async def main() -> None:
        async with real_server() as server, open_route(plain_route(server.port, username="rekindle")) as (lane,):
            assert isinstance(await lane.send(HELLO), Accepted)
            assert server.logins == [b"rekindle"]

    asyncio.run(main())


@pytest.mark.parametrize(
    ("fault", "expected"),
    [(says("454 4.7.0 later"), NotSent), (HANGS_UP, NotSent), (SILENCE, NotSent), (GARBAGE, NotSent)],
    ids=["later", "lost", "silence", "garbage"],
)
def test_a_login_that_was_not_refused_for_good_is_tried_again(fault: Fault, expected: type[Outcome]) -> None:
    async def main() -> None:
        timeout = 0.4 if fault is SILENCE else 30.0
        async with (
            faulty_server(auth=[fault]) as server,
            open_route(plain_route(server.port, timeout=timeout, username="rekindle")) as (lane,),
        ):
            assert isinstance(await lane.send(HELLO), expected)
            assert isinstance(await lane.send(HELLO), Accepted)

    asyncio.run(main())


def test_a_server_without_a_login_we_know_gets_no_mail() -> None:
    async def main() -> None:
        async with faulty_server() as server:
            server.offers = ("AUTH GSSAPI",)
            async with open_route(plain_route(server.port, username="rekindle")) as (lane,):
                assert isinstance(await lane.send(HELLO), NotSent)
            assert server.messages == []

    asyncio.run(main())


@pytest.mark.parametrize(
    ("offers", "fault", "expected"),
    [
        (("SIZE 1000",), None, NotSent),
        (("STARTTLS",), says("454 4.7.0 TLS is not available"), NotSent),
        (("STARTTLS",), says("501 no"), NotSent),
        (("STARTTLS",), says("220 go on"), NotSent),
        (("STARTTLS",), HANGS_UP, NotSent),
        (("STARTTLS",), SILENCE, NotSent),
        (("STARTTLS",), GARBAGE, NotSent),
    ],
    ids=["not offered", "not now", "refused", "no handshake", "lost", "silence", "garbage"],
)
def test_where_tls_fails_nothing_more_is_said(
    offers: tuple[str, ...], fault: Fault | None, expected: type[Outcome]
) -> None:
    async def main() -> None:
        async with faulty_server(starttls=[fault]) as server:
            server.offers = offers
            way = Route(
                host="localhost", port=server.port, security="starttls", timeout=0.5 if expected is NotSent else 30.0
            )
            async with open_route(way) as (lane,):
                assert isinstance(await lane.send(HELLO), expected)
            assert not {"MAIL", "AUTH"} & set(server.verbs())

    asyncio.run(main())


def test_a_password_does_not_cross_a_network_in_the_clear() -> None:
    with pytest.raises(SettingsError, match="starttls or tls"):
        Route(host="mail.acme.example", port=25, security="none", username="rekindle", password="right")


def test_a_password_is_not_shown() -> None:
    assert "right" not in repr(plain_route(25, username="rekindle"))


@pytest.mark.parametrize("content", [None, "no certificate"], ids=["missing", "not one"])
def test_certificates_that_cannot_be_used_are_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(SettingsError, match=r"ca\.pem"):
        Route(host="localhost", port=25, security="tls", ca_file=file).trust()
