"""A real name server on this machine is asked; what it does not say is told apart from what is not there."""

from ipaddress import ip_address

import pytest

from rekindle.mail.records import asking
from rekindle.mail.records.asking import CouldNotAsk, Dns
from tests.mail.records.zones import Records, name_server

RECORDS: Records = {
    "acme.example": {
        "TXT": ('"v=spf1 mx " "-all"', '"something else"'),
        "MX": ("20 second.acme.example.", "10 First.acme.example."),
        "A": ("203.0.113.7",),
        "AAAA": ("2001:db8::7",),
    },
    "quiet.example": {"MX": ("0 .",)},
    "broken.example": {"SERVFAIL": ()},
    "silent.example": {"SILENT": ()},
}


def asked(server: str) -> Dns:
    host, _, port = server.partition(":")
    return Dns(host, int(port))


def test_what_is_published_is_found_and_put_together() -> None:
    with name_server(RECORDS) as server:
        dns = asked(server)
        assert sorted(dns.txt("acme.example")) == ["something else", "v=spf1 mx -all"]
        assert dns.mx("acme.example") == ("first.acme.example", "second.acme.example")
        assert dns.addresses("acme.example") == (ip_address("203.0.113.7"), ip_address("2001:db8::7"))


def test_nothing_there_is_an_answer() -> None:
    with name_server(RECORDS) as server:
        dns = asked(server)
        assert dns.txt("nowhere.example") == dns.txt("quiet.example") == ()
        assert dns.mx("quiet.example") == ("",)


def test_a_server_that_fails_has_not_said_that_nothing_is_there() -> None:
    with name_server(RECORDS) as server, pytest.raises(CouldNotAsk, match=r"asked for TXT of broken\.example"):
        asked(server).txt("broken.example")


def test_a_silent_server_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_PATIENCE", 0.1)
    with name_server(RECORDS) as server:
        dns = asked(server)
        with pytest.raises(CouldNotAsk, match=r"no answer within 0.1 seconds"):
            dns.txt("silent.example")
        with pytest.raises(CouldNotAsk, match="no answer"):
            dns.txt("acme.example")


@pytest.mark.parametrize("name", [f"{'x' * 64}.example", "a..example"])
def test_what_is_no_name_cannot_be_asked_for(name: str) -> None:
    with name_server(RECORDS) as server, pytest.raises(CouldNotAsk):
        asked(server).txt(name)
