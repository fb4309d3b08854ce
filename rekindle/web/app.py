"""The web app: which address leads where, and what is said when it leads nowhere. Decides nothing about candidates."""

import logging
from functools import partial
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from rekindle.errors import RekindleError
from rekindle.resources import shipped
from rekindle.settings import Settings
from rekindle.web.guard import Guard, safety_headers
from rekindle.web.pages import Letterhead, Pages, render
from rekindle.web.stop import StopDesk, stop
from rekindle.wiring import Rekindle

_log = logging.getLogger(__name__)
_RETRY_AFTER = "60"  # seconds
_NOT_FOUND = 404


def build(rekindle: Rekindle) -> Starlette:
    """Build the app; opens no connection yet.

    Raises TemplateError when a page cannot be rendered, BadInput when links cannot be signed.
    """
    base_url = urlsplit(rekindle.settings.web.base_url)
    pages = _pages(rekindle.settings)
    headers = safety_headers(pages.style, https=base_url.scheme == "https")
    app = Starlette(
        routes=_routes(rekindle, pages, base_url.path.rstrip("/")),
        middleware=[Middleware(Guard, headers=headers, failed=HTMLResponse(pages.failed, 500))],
        exception_handlers={
            HTTPException: partial(_refuse, pages),
            RekindleError: partial(_be_unavailable, pages),
            SQLAlchemyError: partial(_be_unavailable, pages),
        },
    )
    # Its redirect would carry the Host header of whoever asked.
    app.router.redirect_slashes = False
    return app


def _pages(settings: Settings) -> Pages:
    """A team's own pages lie beside its configuration, like its emails."""
    own = settings.folder.resolve().parent / "templates" / "pages"
    letterhead = Letterhead(settings.company.name, settings.company.postal_address, settings.sender.reply_to)
    return render([own, shipped("templates") / "pages"], letterhead)


def _routes(rekindle: Rekindle, pages: Pages, prefix: str) -> list[Route]:
    desk = StopDesk(rekindle.store, rekindle.links, rekindle.policy, rekindle.address_hash)
    # A proxy in front may pass on the path of base_url or take it off: a link works either way.
    return [
        route
        for under in dict.fromkeys(["", prefix])
        for route in (
            Route(f"{under}/stop/{{token:path}}", partial(stop, desk, pages), methods=["GET", "POST"]),
            Route(f"{under}/health", _health),
        )
    ]


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _refuse(pages: Pages, _request: Request, error: Exception) -> Response:
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
    return HTMLResponse(pages.not_found if status == _NOT_FOUND else pages.refused, status, headers)


async def _be_unavailable(pages: Pages, _request: Request, error: Exception) -> Response:
    """Whatever was begun has been rolled back: asking again is right, for a person and for a mail program."""
    _log.warning("answered 503: %s", error if isinstance(error, RekindleError) else type(error).__name__)
    return HTMLResponse(pages.unavailable, 503, {"Retry-After": _RETRY_AFTER})
