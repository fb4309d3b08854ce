"""Stands around the whole app: the same safety headers on every response, a kind page for an error nobody expected."""

import logging
import traceback

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)

Headers = tuple[tuple[bytes, bytes], ...]

_ALWAYS: Headers = (
    # The address of a page is its credential: it goes to no other site, into no cache and into no index.
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"x-robots-tag", b"noindex, nofollow"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_HSTS: Headers = ((b"strict-transport-security", b"max-age=31536000"),)


def safety_headers(style: str, *, https: bool) -> Headers:
    """Return what every response carries; `style` is the digest of the only style that may apply."""
    policy = f"default-src 'none'; style-src '{style}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    return (*_ALWAYS, (b"content-security-policy", policy.encode()), *(_HSTS if https else ()))


class Guard:
    """ASGI middleware. It answers by itself only when the app fails before it has begun to answer."""

    def __init__(self, app: ASGIApp, headers: Headers, failed: Response) -> None:
        self._app = app
        self._headers = headers
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": [*message["headers"], *self._headers]}
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:
            if begun:
                raise
            _tell(error)
            await self._failed(scope, receive, guarded)


def _tell(error: Exception) -> None:
    # Where it broke, and not what it says: a message may hold what a person sent, or the row it was about.
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("a page failed with %s\n%s", type(error).__name__, where)
