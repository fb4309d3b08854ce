"""Asks DNS for what a domain publishes about its mail. Each question has two seconds; a silent server is asked once."""

from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Protocol

import dns.exception
import dns.resolver

IPAddress = IPv4Address | IPv6Address

_PATIENCE = 2.0


class CouldNotAsk(Exception):
    """No answer could be had; what is published is not known. The message says why."""


class Zone(Protocol):
    """What can be asked of DNS. An empty answer means that there is nothing, not that nobody answered."""

    def txt(self, name: str) -> tuple[str, ...]: ...
    def mx(self, name: str) -> tuple[str, ...]:
        """Return hosts, the preferred one first; "" is a domain that takes no mail (RFC 7505)."""
        ...

    def addresses(self, name: str) -> tuple[IPAddress, ...]: ...


class Dns:
    """The machine's own resolver, or one name server. Remembers its answers; not for longer than one look around."""

    def __init__(self, server: str | None = None, port: int = 53) -> None:
        """Take the IP address of a name server. Raises CouldNotAsk where the machine knows of none."""
        try:
            self._resolver = dns.resolver.Resolver(configure=server is None)
        except dns.resolver.NoResolverConfiguration:
            raise CouldNotAsk("this machine knows no name server") from None
        if server is not None:
            self._resolver.nameservers, self._resolver.port = [server], port
        self._ask = cache(self._ask_now)
        self._silent: CouldNotAsk | None = None

    def txt(self, name: str) -> tuple[str, ...]:
        # RFC 7208 3.3, RFC 6376 3.6.2.2: the strings of one record are one text.
        return tuple(b"".join(each.strings).decode("utf-8", "replace") for each in self._ask(name, "TXT"))

    def mx(self, name: str) -> tuple[str, ...]:
        found = sorted(self._ask(name, "MX"), key=lambda each: int(each.preference))
        return tuple(str(each.exchange).rstrip(".").lower() for each in found)

    def addresses(self, name: str) -> tuple[IPAddress, ...]:
        return tuple(ip_address(each.address) for kind in ("A", "AAAA") for each in self._ask(name, kind))

    def _ask_now(self, name: str, kind: str) -> tuple[Any, ...]:
        if self._silent:
            raise self._silent
        try:
            return tuple(self._resolver.resolve(name, kind, lifetime=_PATIENCE, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except dns.resolver.LifetimeTimeout:
            self._silent = CouldNotAsk(f"no answer within {_PATIENCE:g} seconds")
            raise self._silent from None
        except (dns.exception.DNSException, OSError, ValueError) as error:
            refused = isinstance(error, dns.resolver.NoNameservers)
            said = "the name server cannot or will not answer" if refused else str(error) or type(error).__name__
            raise CouldNotAsk(f"{said}, asked for {kind} of {name}") from None
