"""Feeds for the tests: a web server of this machine that answers as it is told, and feeds to answer with."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Handler = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class FeedServer:
    """`answers[path]` says what happens there; what was asked is written down in `asked`, with the headers."""

    answers: dict[str, Handler] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    base: str = ""

    def at(self, path: str, answer: Handler) -> str:
        """Answer so at `path` from now on; return its address."""
        self.answers[path] = answer
        return self.base + path


@contextmanager
def feed_server(tls: ssl.SSLContext | None = None) -> Iterator[FeedServer]:
    told = FeedServer()

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            self.close_connection = True
            # Whoever has heard enough hangs up.
            with suppress(OSError):
                told.answers.get(self.path, says(404, b"nothing here"))(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    told.base = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Handler:
    def answer(request: BaseHTTPRequestHandler) -> None:
        given = {"Content-Type": "application/rss+xml", "Content-Length": str(len(body)), **(headers or {})}
        request.send_response(status)
        for name, value in given.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def feed(*items: str, **headers: str) -> Handler:
    return says(200, rss(*items), {name.replace("_", "-"): value for name, value in headers.items()})


def redirects(to: str, status: int = 302) -> Handler:
    return says(status, headers={"Location": to})


def unless_known(etag: str, body: bytes) -> Handler:
    """Answer 304 to whoever names the tag, as a server does whose feed has not changed."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        known = request.headers.get("If-None-Match") == etag
        says(304 if known else 200, b"" if known else body, {"ETag": etag, "Last-Modified": DATE})(request)

    return answer


def breaks_off(body: bytes) -> Handler:
    """Promise more than is sent."""
    return says(200, body, {"Content-Length": str(len(body) + 1000)})


def endless(piece: bytes = b"x" * 65536, pause: float = 0.0) -> Handler:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(10_000):
            request.wfile.write(piece)
            time.sleep(pause)

    return answer


def slow_headers(request: BaseHTTPRequestHandler) -> None:
    """Send one header line at a time, for ever: each in time, all of them never."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        request.wfile.write(b"X-%d: x\r\n" % number)
        time.sleep(0.05)


def packed(body: bytes, layers: int = 1) -> Handler:
    for _ in range(layers):
        body = gzip.compress(body)
    return says(200, body, {"Content-Encoding": ", ".join(["gzip"] * layers)})


DATE = "Tue, 06 Oct 2026 08:00:00 GMT"


def item(number: int = 1, **parts: str | None) -> str:
    """Write an RSS item; a part that is None is left away, others are added, all escaped."""
    told: dict[str, str | None] = {
        "title": f"News {number}",
        "link": f"https://blog.acme.example/{number}",
        "guid": f"guid-{number}",
        "description": f"What happened in week {number}, and what came of it.",
        "pubDate": DATE,
        **parts,
    }
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in told.items() if value is not None)
    return f"<item>{inner}</item>"


def rss(*items: str, head: str = "<title>Acme</title>") -> bytes:
    text = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'
    return text.encode()
