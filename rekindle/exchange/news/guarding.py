"""Lets a fetch reach public addresses only: a feed's own server could otherwise send us to one inside our network.

The address that was judged is the one connected to: a name asked for twice may lead elsewhere the second time.
"""

import asyncio
import ipaddress
import socket
import ssl
from ipaddress import IPv4Address, IPv6Address

import httpx

#: Where a colleague may say so, a host inside the own network may be asked: by this name and port only.
Place = tuple[str, int]
_PORTS = {"http": 80, "https": 443}
#: IPv6 addresses that stand for an IPv4 address behind a translator (RFC 6052).
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class Forbidden(httpx.TransportError):
    """The address lies where a fetch must not reach; the text says where."""


def place_of(url: httpx.URL) -> Place:
    return url.host, url.port or _PORTS.get(url.scheme, 0)


def is_public(address: str) -> bool:
    """Say whether an IP address can be reached by everybody: not this machine, not a private network, not a group."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = _inner(found) if isinstance(found, IPv6Address) else None
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


class Guarded(httpx.AsyncHTTPTransport):
    """Connects to public addresses, and to the one private place that was allowed by name."""

    def __init__(self, trust: ssl.SSLContext, allowed: frozenset[Place]) -> None:
        super().__init__(verify=trust, trust_env=False)
        self._allowed = allowed

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        place = place_of(request.url)
        addresses = await _resolved(place, request)
        inside = next((each for each in addresses if not is_public(each)), None)
        if inside and place not in self._allowed:
            raise Forbidden(inside, request=request)
        failure: httpx.TransportError | None = None
        for address in addresses:
            try:
                return await super().handle_async_request(_towards(address, request))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = failure or error
        raise failure or httpx.ConnectError("it has no address", request=request)


def _towards(address: str, request: httpx.Request) -> httpx.Request:
    """Ask the same of this very address; certificate and Host header remain those of the name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )


async def _resolved(place: Place, request: httpx.Request) -> list[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(*place, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise httpx.ConnectError(f"there is no host {place[0]}", request=request) from None
    return list(dict.fromkeys(str(each[4][0]) for each in found))
