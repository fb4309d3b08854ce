"""Says what was fetched where a feed should be: often the page of the blog, which names its feed."""

from urllib.parse import urljoin

from rekindle.exchange.news.addresses import tidied

_FEED_TYPES = frozenset(("application/rss+xml", "application/atom+xml"))
#: A page names its feed in its head; bytes.
_HEAD, _BEGINNING = 200_000, 2000


def what_it_is(body: bytes, address: str) -> str:
    """Say what the body that came from `address` is, since it is no feed."""
    head = body[:_BEGINNING].lstrip().lower()
    if not head:
        return "it is empty"
    if head.startswith(b"{"):
        return "it is JSON; Rekindle reads RSS and Atom"
    if b"<html" not in head and b"<!doctype html" not in head:
        return "it is no feed, neither RSS nor Atom"
    found = _named_feed(body, address)
    return "it is a web page, no feed" + (f"; its feed may be {found}" if found else "")


def _named_feed(body: bytes, address: str) -> str | None:
    from lxml import etree  # noqa: PLC0415 - slow to load, and for this sentence only
    from lxml.html import document_fromstring  # noqa: PLC0415

    try:
        links = document_fromstring(body[:_HEAD]).xpath("//link[@rel='alternate' and @href]")
        feeds = [link.get("href") for link in links if link.get("type", "") in _FEED_TYPES]
        return tidied(urljoin(address, feeds[0])) if feeds else None
    except (etree.LxmlError, ValueError):
        return None
