"""Reads RSS and Atom with feedparser and makes their entries plain. Fetches nothing: it is given bytes.

`python -m rekindle.exchange.news.parsing` does so in a process of its own: see feeds.py, which calls it.
"""

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from rekindle.exchange.news.addresses import same_page, tidied
from rekindle.exchange.news.found import Entry, Found, Omission, Unreadable, as_json
from rekindle.exchange.news.mistaken import what_it_is
from rekindle.exchange.news.plain import cut, one_line, short, text_of
from rekindle.exchange.problems import shown

_TITLE, _KEY, _TOPIC = 300, 1000, 100
_MOST_TOPICS = 10
#: A feed is the newest of a site; more than this is an archive.
MOST = 200
#: What blogs call a text that was filed nowhere: it is about nothing, not about this.
_NO_TOPIC = frozenset(("uncategorized", "uncategorised", "allgemein", "unkategorisiert"))
_LOST = "\ufffd"
#: How a feed ends, in the last bytes of it.
_END, _TAIL = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE), 500
#: What tells HTML from a sentence about it: "Why <script> is no plan" is one.
_MARKUP = re.compile(r"</[a-z][a-z0-9]*\s*>|<(?:p|br|hr|img|wbr)\b[^<>]*>|&(?:[a-z]+|#x?[0-9a-f]+);", re.IGNORECASE)


def parse(body: bytes, content_type: str, address: str) -> Found:
    """Read one feed that came from `address`. Raises Unreadable when it is none."""
    import feedparser  # noqa: PLC0415 - half a second, and few commands read feeds

    told = feedparser.parse(
        # A stream: feedparser would take text for an address, and fetch it.
        io.BytesIO(body),
        response_headers={"content-type": _charset_only(content_type), "content-location": address},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    version = dict.get(told, "version") or ""
    if not told.entries and not version:
        raise Unreadable(what_it_is(body, address))
    language = _tongue(dict.get(told.feed, "language"))
    # Atom says for each text whether it is HTML; RSS leaves that to be seen.
    plain = _plain if version.startswith("atom") else _perhaps_html
    judged = [_entry(each, language, plain) for each in told.entries[:MOST]]
    if judged and dict.get(told, "bozo_exception") and not _END.search(body[-_TAIL:].replace(b"\0", b"")):
        judged[-1] = _half(judged[-1])
    entries, left_out = _sorted(judged)
    if len(told.entries) > MOST:
        left_out.append(Omission(f"{len(told.entries) - MOST} entries more", f"only the first {MOST} are read"))
    return Found(tuple(entries), tuple(left_out), _remark(told))


def _half(last: Entry | Omission) -> Omission:
    """Leave out the last entry of a feed that breaks off: its text is the beginning of what it was to be."""
    what = last.title if isinstance(last, Entry) else last.what
    return Omission(what, "the feed breaks off in the middle of it")


def _charset_only(content_type: str) -> str:
    """Keep the encoding that was declared; that feeds are served as all kinds of text harms nobody."""
    _, charset, name = content_type.partition("charset=")
    return f"application/xml; charset={name.strip(' ;')}" if charset else "application/xml"


def _remark(told: Any) -> str | None:
    error = dict.get(told, "bozo_exception")
    if error is None:
        return None
    if type(error).__name__ == "CharacterEncodingOverride":
        return f"it is not written in the encoding it declares; it was read as {told.encoding}"
    if hasattr(error, "getMessage"):
        return f"its XML is broken ({one_line(error.getMessage())[:80]}); what could be read was taken"
    return "it is not quite in order; what could be read was taken"


def _sorted(judged: list[Entry | Omission]) -> tuple[list[Entry], list[Omission]]:
    """Tell entries from those left out; of two that are the same, the first counts."""
    entries, left_out = [], [each for each in judged if isinstance(each, Omission)]
    keys: set[str] = set()
    for each in judged:
        if isinstance(each, Omission):
            continue
        own = {f"key {each.key}", f"page {same_page(each.url)}"}
        if own & keys:
            left_out.append(Omission(each.title, "it stands there twice; the first counts"))
        else:
            entries.append(each)
        keys |= own
    return entries, left_out


def _entry(told: Any, feed_language: str | None, plain: Callable[[Any], str]) -> Entry | Omission:
    # dict.get: feedparser's own hands out one field in the place of another, and warns.
    title = cut(plain(dict.get(told, "title_detail")), _TITLE)
    link = dict.get(told, "feedburner_origlink") or dict.get(told, "link") or ""
    url = tidied(link)
    what = title or (shown(link) if link else "an entry")
    if not title:
        return Omission(what, "it has no title")
    if not url:
        return Omission(what, "it has no link that leads to a web page" if link else "it has no link")
    texts = [dict.get(told, "summary_detail"), *(dict.get(told, "content") or [])]
    summary = short(next(filter(None, map(plain, texts)), ""))
    if not summary:
        return Omission(what, "it has no text that says what it is about: add it with `rekindle content add`")
    if _LOST in title + summary:
        return Omission(what, "it holds the mark of a letter that was lost in a wrong encoding")
    return Entry(
        key=_key(dict.get(told, "id") or same_page(url)),
        title=title,
        url=url,
        summary=summary,
        topics=tuple(_topics(dict.get(told, "tags") or [])),
        language=_own_language(told, feed_language),
        published_on=_day(dict.get(told, "published_parsed")) or _day(dict.get(told, "updated_parsed")),
    )


def _plain(detail: Any) -> str:
    value = (detail or {}).get("value") or ""
    return text_of(value) if "html" in (detail or {}).get("type", "") else one_line(value)


def _perhaps_html(detail: Any) -> str:
    value = (detail or {}).get("value") or ""
    return text_of(value) if _MARKUP.search(value) else _plain(detail)


def _key(said: str) -> str:
    return said if len(said) <= _KEY else sha256(said.encode("utf-8", "replace")).hexdigest()


def _topics(tags: list[Any]) -> Iterator[str]:
    known: set[str] = set(_NO_TOPIC)
    for tag in tags[:100]:
        topic = text_of(tag.get("label") or tag.get("term") or "")
        if topic and len(topic) <= _TOPIC and _LOST not in topic and topic.casefold() not in known:
            known.add(topic.casefold())
            yield topic
        if len(known) == len(_NO_TOPIC) + _MOST_TOPICS:
            return


def _own_language(told: Any, feed_language: str | None) -> str | None:
    """Return the language of an entry that says it is in another one than its feed.

    What the feed says of itself is often no more than how the blog was installed; its source says it.
    """
    own = _tongue((dict.get(told, "title_detail") or {}).get("language"))
    return own if own != feed_language else None


def _tongue(tag: str | None) -> str | None:
    tongue = (tag or "").replace("_", "-").partition("-")[0].casefold()
    return tongue if tongue.isascii() and tongue.isalpha() and len(tongue) in (2, 3) else None


def _day(parsed: Any) -> date | None:
    try:
        return date(*parsed[:3]) if parsed else None
    except ValueError:
        return None


def main() -> None:
    """Read a line of JSON that says where it came from, then the feed, from standard input; print what was found."""
    head = json.loads(sys.stdin.buffer.readline())
    try:
        told: dict[str, Any] = as_json(parse(sys.stdin.buffer.read(), head["content_type"], head["address"]))
    except Unreadable as error:
        told = {"unreadable": str(error)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
