"""What receivers make of an SPF record, case by case; the addresses are those of documentation (RFC 5737, RFC 3849)."""

from collections.abc import Mapping
from ipaddress import ip_address

import pytest

from rekindle.mail.records.spf import Reading, Verdict, record_of
from rekindle.mail.records.tags import Broken
from tests.mail.records.zones import Records, Table

RELAY, OTHER, SIX = "198.51.100.9", "203.0.113.7", "2001:db8::7"
AROUND: Records = {
    "mail.acme.example": {"A": (RELAY,), "AAAA": (SIX,)},
    "relay.example": {"TXT": (f"v=spf1 ip4:{RELAY} -all",)},
    "open.example": {"TXT": ("v=spf1 exists:%{i}.list.example -all",)},
    "there.example": {"A": ("127.0.0.2",)},
}


def zone(record: str, **more: Mapping[str, tuple[str, ...]]) -> Table:
    return Table({**AROUND, "acme.example": {"TXT": (record,), "MX": ("mail.acme.example",), "A": (OTHER,)}, **more})


@pytest.mark.parametrize(
    ("record", "relay", "other", "lookups"),
    [
        ("v=spf1 ip4:198.51.100.0/24 -all", "pass", "fail", 0),
        ("v=spf1 -ip4:198.51.100.9 +all", "fail", "pass", 0),
        ("v=spf1 a ~all", "softfail", "pass", 1),
        ("v=spf1 mx ?all", "pass", "neutral", 1),
        ("v=spf1 a:mail.acme.example -all", "pass", "fail", 1),
        ("v=spf1 a:mail.acme.example/8 -all", "pass", "fail", 1),
        ("v=spf1 mx/0 -all", "pass", "pass", 1),
        ("v=spf1 include:relay.example -all", "pass", "fail", 1),
        ("v=spf1 -include:relay.example ?all", "fail", "neutral", 1),
        ("v=spf1 redirect=relay.example", "pass", "fail", 1),
        ("v=spf1 -all redirect=relay.example", "fail", "fail", 0),
        ("v=spf1", "neutral", "neutral", 0),
        ("V=SPF1 IP4:198.51.100.9 -ALL", "pass", "fail", 0),
        ("v=spf1 exists:there.example -all", "pass", "pass", 1),
        ("v=spf1 exists:%{i}.list.example -all", "open", "open", 1),
        ("v=spf1 include:open.example -all", "open", "open", 2),
        ("v=spf1 ptr -all", "open", "open", 1),
        ("v=spf1 ip4:198.51.100.9 ptr -all", "pass", "open", 1),
        ("v=spf1 exp=why.example x=y -all", "fail", "fail", 0),
    ],
)
def test_a_record_says_of_each_host_what_a_receiver_reads(record: str, relay: str, other: str, lookups: int) -> None:
    said = [str(Reading(zone(record), ip_address(each)).of("acme.example")) for each in (RELAY, OTHER)]
    whole = Reading(zone(record))
    whole.of("acme.example")
    assert (said, whole.lookups) == ([relay, other], lookups)


def test_addresses_of_version_6_are_found_by_all_that_name_them() -> None:
    for record in ("v=spf1 ip6:2001:db8::/32 -all", "v=spf1 mx -all", "v=spf1 a:mail.acme.example//64 -all"):
        assert Reading(zone(record), ip_address(SIX)).of("acme.example") is Verdict.PASS
        assert Reading(zone(record), ip_address("2001:db9::1")).of("acme.example") is Verdict.FAIL


def test_the_whole_record_is_counted_even_if_the_host_is_named_first() -> None:
    many = " ".join(f"a:h{n}.acme.example" for n in range(10))
    names: dict[str, Mapping[str, tuple[str, ...]]] = {f"h{n}.acme.example": {"A": (OTHER,)} for n in range(10)}
    within = Reading(zone(f"v=spf1 ip4:{RELAY} {many} -all", **names))
    within.of("acme.example")
    assert within.lookups == 10
    with pytest.raises(Broken, match=r"more than 10 DNS lookups, the first too many is relay\.example"):
        Reading(zone(f"v=spf1 ip4:{RELAY} {many} include:relay.example -all", **names)).of("acme.example")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("v=spf1 include:acme.example -all", "more than 10 DNS lookups"),
        ("v=spf1 redirect=acme.example", "more than 10 DNS lookups"),
        ("v=spf1 include:nowhere.example -all", "nowhere.example has no SPF record"),
        ("v=spf1 ipv4:198.51.100.9 -all", "'ipv4:198.51.100.9' is nothing SPF knows"),
        ("v=spf1 ip4:198.51.100.999 -all", "'198.51.100.999' is no network"),
        ("v=spf1 ip4 -all", "'' is no network"),
        ("v=spf1 a:x/y/z -all", "is no name"),
        ("v=spf1 a:a.example a:b.example mx:c.example -all", "lead nowhere, the last is c.example"),
    ],
)
def test_what_receivers_cannot_use_is_named(record: str, said: str) -> None:
    with pytest.raises(Broken, match=said):
        Reading(zone(record)).of("acme.example")


@pytest.mark.parametrize("width", ["33", "129"])
def test_a_width_no_network_has_is_named(width: str) -> None:
    with pytest.raises(Broken, match="is no network"):
        Reading(zone(f"v=spf1 a:mail.acme.example/{width} -all"), ip_address(RELAY)).of("acme.example")


def test_a_domain_has_one_record_among_its_texts() -> None:
    texts = ("site-verification=1", "v=spf10 is another thing", "v=spf1 -all")
    assert record_of(Table({"acme.example": {"TXT": texts}}), "acme.example") == "v=spf1 -all"
    assert record_of(Table({}), "acme.example") is None
    with pytest.raises(Broken, match="2 SPF records"):
        record_of(Table({"acme.example": {"TXT": ("v=spf1 -all", "v=spf1 mx -all")}}), "acme.example")
