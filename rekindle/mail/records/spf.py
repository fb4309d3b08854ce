"""SPF (RFC 7208): what a domain says about the hosts that may send its mail, and whether one of them is named.

Reads and judges; asks through the `Zone` it is given. Macros depend on the single mail, so what hangs on them is open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_network

from rekindle.mail.records.asking import IPAddress, Zone
from rekindle.mail.records.tags import Broken

#: RFC 7208 4.6.4: more than this, and receivers take the record for broken.
MOST_LOOKUPS, MOST_EMPTY = 10, 2
_TERM = re.compile(r"([+?~-]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?:[:/](.*))?", re.IGNORECASE)
_MODIFIER = re.compile(r"([a-z][\w.-]*)=(.*)", re.IGNORECASE)
_CIDR = re.compile(r"(?P<name>[^/]*)(?:/(?P<four>\d{1,3}))?(?://(?P<six>\d{1,3}))?")


class Verdict(StrEnum):
    """What a record says of one host."""

    PASS = "pass"  # noqa: S105 - the word of the RFC
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    #: It depends on the mail, or on a record that is not in order.
    OPEN = "open"


_SAYS = {"": Verdict.PASS, "+": Verdict.PASS, "-": Verdict.FAIL, "~": Verdict.SOFTFAIL, "?": Verdict.NEUTRAL}


@dataclass(frozen=True, slots=True)
class Term:
    """One mechanism of a record: who is meant, and what is said of them."""

    says: Verdict
    name: str
    value: str


def record_of(zone: Zone, domain: str) -> str | None:
    """Return the SPF record of a domain. Raises Broken where there are two."""
    found = [text for text in zone.txt(domain) if text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")]
    if len(found) > 1:
        raise Broken(f"{domain} has {len(found)} SPF records: receivers take none of them, make them one")
    return found[0] if found else None


class Reading:
    """One walk through a record and those it refers to, with the questions it costs a receiver."""

    def __init__(self, zone: Zone, host: IPAddress | None = None) -> None:
        """Take the host to look for; with none, every branch is walked."""
        self._zone, self._host = zone, host
        self.lookups = self.empty = 0

    def of(self, domain: str) -> Verdict:
        """Return what the record of `domain` says. Raises Broken where receivers would give up on it."""
        record = record_of(self._zone, domain)
        if record is None:
            raise Broken(f"{domain} has no SPF record")
        redirect = None
        for term in _terms(record):
            if term.name == "redirect":
                redirect = term.value
            elif verdict := self._match(term, domain):
                return verdict
        if redirect is None:
            return Verdict.NEUTRAL
        self._count(redirect)
        return Verdict.OPEN if "%" in redirect else self.of(redirect)

    def _match(self, term: Term, domain: str) -> Verdict | None:
        if term.name == "all":
            return term.says
        if term.name in {"ip4", "ip6"}:
            return term.says if self._is_in(_network(term.value.removeprefix(":"))) else None
        at, four, six = _target(term.value, domain)
        self._count(at)
        if "%" in at or term.name == "ptr":
            return Verdict.OPEN if self._host else None
        if term.name == "include":
            return self._included(term, at)
        networks = [_network(f"{each}/{_width(each, four, six)}") for each in self._hosts(term, at)]
        return term.says if any(map(self._is_in, networks)) else None

    def _included(self, term: Term, at: str) -> Verdict | None:
        inner = self.of(at)
        if self._host is None:
            return None
        return {Verdict.PASS: term.says, Verdict.OPEN: Verdict.OPEN}.get(inner)

    def _hosts(self, term: Term, at: str) -> tuple[IPAddress, ...]:
        names = self._zone.mx(at) if term.name == "mx" else (at,)
        found = tuple(address for name in names if name for address in self._zone.addresses(name))
        self.empty += not found
        if self.empty > MOST_EMPTY:
            raise Broken(f"more than {MOST_EMPTY} of its names lead nowhere, the last is {at}: remove them")
        if term.name == "exists":
            return (self._host,) if found and self._host else ()
        return found

    def _is_in(self, network: IPv4Network | IPv6Network) -> bool:
        return self._host is not None and self._host in network

    def _count(self, at: str) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise Broken(f"it takes more than {MOST_LOOKUPS} DNS lookups, the first too many is {at}: shorten it")


def _terms(record: str) -> Iterator[Term]:
    for word in record.split()[1:]:
        if found := _TERM.fullmatch(word):
            sign, name, _ = found.groups()
            yield Term(_SAYS[sign], name.lower(), word[len(sign) + len(name) :])
        elif modifier := _MODIFIER.fullmatch(word):
            if modifier[1].lower() == "redirect":
                yield Term(Verdict.NEUTRAL, "redirect", modifier[2])
        else:
            raise Broken(f"{word!r} is nothing SPF knows: correct it")


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise Broken(f"{text!r} is no network: correct it") from None


def _target(value: str, domain: str) -> tuple[str, str | None, str | None]:
    """Return the name a mechanism is about, and the widths it gives to IPv4 and IPv6 addresses there."""
    found = _CIDR.fullmatch(value.removeprefix(":"))
    if found is None:
        raise Broken(f"{value!r} is no name: correct it")
    return found["name"] or domain, found["four"], found["six"]


def _width(address: IPAddress, four: str | None, six: str | None) -> int:
    return int(four or 32) if isinstance(address, IPv4Address) else int(six or 128)
