"""Fetches feeds over HTTP (RFC 9110), several side by side, each within bounds of time, size and redirects.

Whatever a server does is an answer or a failure in a sentence, never an error. Reads nothing of what it fetches.
"""

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from rekindle.exchange.news.guarding import Forbidden, Guarded, Place, place_of
from rekindle.exchange.news.unpacking import Damaged, TooLarge, body_of

_FOR_GOOD = frozenset((301, 308))
_REDIRECTS = _FOR_GOOD | {302, 303, 307}
_OK, _NOT_MODIFIED = 200, 304
_SAID = {
    401: "it wants a login, which Rekindle has none for",
    403: "it refuses to be read",
    404: "there is nothing at this address",
    410: "it is gone for good",
    429: "it was asked too often; it will be asked again next time",
}
_NOWHERE = "it redirects to what is no web address"
_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"
#: As much as is kept of what a server wants to be asked with.
_LONGEST_ETAG, _LONGEST_DATE = 300, 100


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long all of a fetch may take, and each step of it, in seconds; how large it may be, in bytes."""

    seconds: float = 40.0
    step: float = 15.0
    size: int = 5_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Ask:
    """What to fetch. `etag` and `modified` are what the server said the last time (RFC 9110 section 13)."""

    address: str
    etag: str | None = None
    modified: str | None = None
    #: A colleague said that this host may lie inside the own network.
    may_be_private: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, and from where in the end. No body: nothing has changed since the last time."""

    body: bytes | None
    address: str
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None
    #: Where it is from now on, when the server says so.
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing came, in a sentence."""

    why: str


class _Failed(Exception):
    pass


def fetch(asks: Sequence[Ask], bounds: Bounds | None = None) -> list[Answer | Failure]:
    """Fetch all, side by side; answers come in the order of the asks."""
    return asyncio.run(_fetch_all(asks, bounds or Bounds()))


async def _fetch_all(asks: Sequence[Ask], bounds: Bounds) -> list[Answer | Failure]:
    trust = ssl.create_default_context()
    return await asyncio.gather(*(_within_bounds(ask, bounds, trust) for ask in asks))


async def _within_bounds(ask: Ask, bounds: Bounds, trust: ssl.SSLContext) -> Answer | Failure:
    try:
        # Over all: a server that sends one byte at a time keeps within the bounds of each step.
        async with asyncio.timeout(bounds.seconds), _client(ask, bounds, trust) as client:
            return await _follow(client, ask, bounds)
    except _Failed as failed:
        return Failure(str(failed))
    except TooLarge:
        return Failure(f"it is larger than {bounds.size / 1e6:g} MB; nothing of it was read")
    except (TimeoutError, httpx.TimeoutException):
        return Failure("it did not answer in time")
    except Forbidden as inside:
        return Failure(f"it leads to {inside}, inside a private network, which nobody allowed: see --allow-private")
    except (Damaged, httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return Failure(_said(error))


def _client(ask: Ask, bounds: Bounds, trust: ssl.SSLContext) -> httpx.AsyncClient:
    headers = {"User-Agent": "Rekindle", "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
    allowed = _allowed(ask) if ask.may_be_private else frozenset()
    # Not through a proxy of the environment: it would look names up itself, and nobody would judge where they lead.
    return httpx.AsyncClient(
        transport=Guarded(trust, allowed), headers=headers, timeout=bounds.step, follow_redirects=False, trust_env=False
    )


def _allowed(ask: Ask) -> frozenset[Place]:
    """Return the place that was named, and the same host by https: nothing else inside is anybody's to point to."""
    host, port = place_of(httpx.URL(ask.address))
    return frozenset({(host, port), (host, 443)})


async def _follow(client: httpx.AsyncClient, ask: Ask, bounds: Bounds) -> Answer:
    url, moved_to, for_good = httpx.URL(ask.address), None, True
    conditions = {"If-None-Match": ask.etag, "If-Modified-Since": ask.modified}
    headers = {name: value for name, value in conditions.items() if value}
    for _ in range(bounds.redirects + 1):
        async with client.stream("GET", url, headers=headers) as response:
            if response.status_code not in _REDIRECTS:
                return await _answer(response, url, moved_to, bounds, asked_before=bool(headers))
            to = _target(response, url)
            for_good = for_good and response.status_code in _FOR_GOOD
            moved_to, url = str(to) if for_good else moved_to, to
    raise _Failed(f"it leads from one address to the next, more than {bounds.redirects} times")


def _target(response: httpx.Response, url: httpx.URL) -> httpx.URL:
    location = response.headers.get("location", "")
    to = url.join(location)
    if not location or to.scheme not in ("http", "https") or not to.host:
        raise _Failed(_NOWHERE)
    return to


async def _answer(
    response: httpx.Response, url: httpx.URL, moved_to: str | None, bounds: Bounds, *, asked_before: bool
) -> Answer:
    status = response.status_code
    if status == _NOT_MODIFIED and asked_before:
        return Answer(None, str(url), moved_to=moved_to)
    if status != _OK:
        raise _Failed(_SAID.get(status, f"it answers {status}; it will be asked again next time"))
    headers = response.headers
    return Answer(
        await body_of(response, bounds.size),
        str(url),
        headers.get("content-type", ""),
        _kept(headers.get("etag"), _LONGEST_ETAG),
        _kept(headers.get("last-modified"), _LONGEST_DATE),
        moved_to,
    )


def _kept(value: str | None, longest: int) -> str | None:
    """Keep what can be said again in a header; a server that sends anything else is asked without it."""
    fit = value and len(value) <= longest and value.isascii() and value.isprintable()
    return value if fit else None


def _said(error: Exception) -> str:
    text = str(error)
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return "its certificate is not valid"
    match error:
        case Damaged():
            return text
        case httpx.ConnectError():
            return text if text.startswith("there is no host") else "it cannot be reached"
        case httpx.RemoteProtocolError() if "location" in text:
            return _NOWHERE
        case httpx.RemoteProtocolError() | httpx.ReadError():
            return "its answer breaks off, or is no HTTP"
    return "its address cannot be asked for"
