"""Asks the app the way a browser, a mail program and a mail scanner do, and looks at the whole database afterwards."""

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx
from sqlalchemy import select
from starlette.types import ASGIApp

from rekindle.store import schema
from rekindle.store.engine import Store

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BUTTON = b"answer=stop"
ONE_CLICK = b"List-Unsubscribe=One-Click"
MULTIPART = {"Content-Type": "multipart/form-data; boundary=xYzZY"}
ONE_CLICK_IN_PARTS = (
    b'--xYzZY\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--xYzZY--\r\n'
)


def ask(app: ASGIApp, method: str, url: str, **how: Any) -> httpx.Response:
    return ask_at_once(app, [(method, url, how)])[0]


def ask_at_once(app: ASGIApp, requests: Sequence[tuple[str, str, dict[str, Any]]]) -> list[httpx.Response]:
    """Send all requests at the same time; no redirect is followed, no cookie kept."""

    async def send() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8080") as client:
            return await asyncio.gather(*(client.request(method, url, **how) for method, url, how in requests))

    return asyncio.run(send())


def path_of(link: str) -> str:
    return urlsplit(link).path


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with store.reading() as session:
        return {
            name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for name, table in schema.METADATA.tables.items()
        }
