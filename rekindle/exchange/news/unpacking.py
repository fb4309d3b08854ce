"""Takes in the body of an answer, packed or not, and stops at the limit: whatever was packed small may unpack large."""

import zlib

import httpx

_GZIP = 31  # zlib's word for: gzip and nothing else
_PLAIN = frozenset(("", "identity"))
_PACKED = frozenset(("gzip", "x-gzip"))


class TooLarge(Exception):
    """There is more than the limit; the rest was not read."""


class Damaged(Exception):
    """It cannot be unpacked; the text says why."""


async def body_of(response: httpx.Response, most: int) -> bytes:
    """Return the body, of at most `most` bytes on the way and unpacked. Raises TooLarge and Damaged."""
    if response.headers.get("content-length", "").isdecimal() and int(response.headers["content-length"]) > most:
        raise TooLarge
    unpack = _unpacker(response.headers.get("content-encoding", "").strip().lower())
    body, came = bytearray(), 0
    async for chunk in response.aiter_raw():
        came += len(chunk)
        body += unpack(chunk, most + 1 - len(body))
        if max(came, len(body)) > most:
            raise TooLarge
    unpack(b"", 0)
    return bytes(body)


class _Unpacker:
    """Unpacks gzip bit by bit; never more than there is room for."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(_GZIP)

    def __call__(self, chunk: bytes, room: int) -> bytes:
        if not chunk:
            if not self._inner.eof:
                raise Damaged("it breaks off in the middle")
            return b""
        try:
            return self._inner.decompress(chunk, room)
        except zlib.error:
            raise Damaged("it is packed in a way nobody can unpack") from None


class _Plain:
    def __call__(self, chunk: bytes, _room: int) -> bytes:
        return chunk


def _unpacker(encoding: str) -> _Unpacker | _Plain:
    if encoding in _PLAIN:
        return _Plain()
    if encoding in _PACKED:
        return _Unpacker()
    # Anything else was not asked for; several layers on each other are a bomb.
    raise Damaged("it is packed in a way that was not asked for")
