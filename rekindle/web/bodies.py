"""Reads what was posted, all of it or not at all: never more than a limit, never longer than a while."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

LIMIT = 64 * 1024  # bytes
PATIENCE = 10.0  # seconds


async def read(request: Request) -> bytes:
    """Return the body. Raises HTTPException: 413 when it is too large, 408 too slow, 400 when the sender gave up."""
    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LIMIT:
                    raise HTTPException(413)
    except TimeoutError:
        raise HTTPException(408) from None
    except ClientDisconnect:
        raise HTTPException(400) from None
    return bytes(body)
