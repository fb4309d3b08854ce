"""Feeds as they are in life: RSS and Atom, in order and broken, kind and hostile. Nothing here fetches anything."""

import time
from datetime import date

import pytest

from rekindle.exchange.news.feeds import read_feed
from rekindle.exchange.news.found import Entry, Found, Omission, Unreadable, as_json, from_json
from rekindle.exchange.news.parsing import MOST, parse
from tests.feeds import item, rss

WHERE = "https://blog.acme.example/feed.xml"


def read(body: bytes, content_type: str = "application/rss+xml") -> Found:
    return parse(body, content_type, WHERE)


def only(*items: str, head: str = "<title>Acme</title>") -> Entry:
    found = read(rss(*items, head=head))
    assert found.left_out == ()
    (entry,) = found.entries
    return entry


def left_out(*items: str) -> list[Omission]:
    found = read(rss(*items))
    assert found.entries == ()
    return list(found.left_out)


def test_an_item_of_rss_is_read() -> None:
    told = "<item><title>How we plan</title><link>https://blog.acme.example/plan</link><guid>p1</guid>"
    told += "<description>We threw it away.</description><category>Roadmaps</category><category>roadmaps</category>"
    told += "<category>Uncategorized</category><pubDate>Tue, 06 Oct 2026 08:00:00 GMT</pubDate></item>"
    assert only(told) == Entry(
        key="https://blog.acme.example/p1",
        title="How we plan",
        url="https://blog.acme.example/plan",
        summary="We threw it away.",
        topics=("Roadmaps",),
        published_on=date(2026, 10, 6),
    )


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Acme</title>
<entry xml:lang="de-AT"><id>tag:acme.example,2026:1</id><title type="html">Wie wir &lt;b&gt;planen&lt;/b&gt;</title>
<link rel="self" href="https://blog.acme.example/atom/1"/><link href="/plan"/><category term="plan" label="Planung"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><script>x()</script><p>Neu.</p></div></content>
<updated>2026-10-05T23:30:00Z</updated></entry>
<entry><id>tag:acme.example,2026:2</id><title>Why &lt;script> is no plan</title><link href="https://a.example/2"/>
<summary>1 &lt; 2</summary></entry></feed>"""


def test_an_entry_of_atom_is_read_with_its_own_language() -> None:
    first, second = read(ATOM.encode()).entries
    assert (first.title, first.url) == ("Wie wir planen", "https://blog.acme.example/plan")
    assert (first.summary, first.topics, first.language) == ("Neu.", ("Planung",), "de")
    assert first.published_on == date(2026, 10, 5)
    assert (second.title, second.summary, second.language) == ("Why <script> is no plan", "1 < 2", None)
    assert second.published_on is None


def test_what_a_feed_says_of_its_language_is_left_to_the_source() -> None:
    assert only(item(), head="<language>en-US</language>").language is None


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss()) == Found()


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"title": None}, "it has no title"),
        ({"title": " <img src=x> "}, "it has no title"),
        ({"link": None, "guid": None}, "it has no link"),
        ({"link": "javascript:alert(1)"}, "it has no link that leads to a web page"),
        ({"link": "https://acme.example@evil.example/"}, "it has no link that leads to a web page"),
        ({"link": "https://a.example/" + "x" * 1000}, "it has no link that leads to a web page"),
        ({"description": None}, "it has no text that says what it is about: add it with `rekindle content add`"),
        ({"description": "<img src='https://t.example/p.gif'>"}, "it has no text that says what it is about: add it"),
        ({"title": "Gr\ufffd\ufffde"}, "it holds the mark of a letter that was lost in a wrong encoding"),
    ],
)
def test_what_cannot_stand_in_a_letter_is_left_out_with_the_reason(parts: dict[str, str | None], why: str) -> None:
    (omission,) = left_out(item(1, **parts))
    assert omission.why.startswith(why)
    assert omission.what


HOSTILE = (
    "<p>Plan&shy;ning&nbsp;&amp; <b>doing</b> it.</p><script>steal()</script><style>p{}</style>"
    '<iframe src="https://evil.example">frame</iframe><img src="https://t.example/p.gif" width=1 onerror="x()">'
    '<p style="display: none">hidden</p><div hidden>hidden</div><svg><text>drawn</text></svg>'
    "<form><input value=a><button>Win</button></form><!-- remark --><p>\u202eThe end\u200b.</p>"
)


def test_hostile_html_becomes_plain_text() -> None:
    entry = only(item(1, title=HOSTILE, description=HOSTILE, category="<b>Road</b>maps<script>x</script>"))
    assert entry.summary == entry.title == "Planning & doing it. The end."
    assert entry.topics == ("Roadmaps",)


def test_a_summary_is_short_and_ends_with_a_sentence() -> None:
    entry = only(item(1, description="This is what we did in the third week of that long year. " * 20))
    assert entry.summary == ("This is what we did in the third week of that long year. " * 5).strip()
    assert len(entry.summary) <= 300


def test_titles_and_topics_have_bounds() -> None:
    many = "".join(f"<category>topic {number}</category>" for number in range(50))
    long = f"<category>{'x' * 101}</category>"
    entry = only(item(1, title="word " * 200).replace("</item>", f"{long}{many}</item>"))
    assert len(entry.title) <= 300
    assert entry.title.endswith("word…")
    assert entry.topics == tuple(f"topic {number}" for number in range(10))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"link": "https://a.example/x"}, {"link": "https://a.example/x"}),
        ({"link": "https://a.example/x"}, {"link": "http://a.example/x/?utm_source=rss&utm_medium=feed"}),
        ({"guid": "same"}, {"guid": "same"}),
    ],
)
def test_of_two_that_are_the_same_the_first_counts(first: dict[str, str], second: dict[str, str]) -> None:
    found = read(rss(item(1, **first), item(2, **second), item(3)))
    assert [entry.title for entry in found.entries] == ["News 1", "News 3"]
    assert found.left_out == (Omission("News 2", "it stands there twice; the first counts"),)


def test_what_watches_readers_is_taken_off_the_link() -> None:
    entry = only(item(1, link="https://a.example/x?utm_source=rss&page=2&fbclid=1#utm_content=3"))
    assert entry.url == "https://a.example/x?page=2"


def test_only_the_newest_of_a_long_feed_are_read() -> None:
    found = read(rss(*(item(number) for number in range(MOST + 5))))
    assert len(found.entries) == MOST
    assert found.left_out == (Omission("5 entries more", f"only the first {MOST} are read"),)


@pytest.mark.parametrize("day", ["someday", "Tue, 99 Foo 2026 08:00:00 GMT", "", "0000-00-00"])
def test_a_day_that_is_none_is_no_day(day: str) -> None:
    assert only(item(1, pubDate=day)).published_on is None


# Broken feeds: what can be read is taken, and what is wrong is said.


def test_of_a_feed_that_breaks_off_the_beginning_is_read() -> None:
    whole = rss(*(item(number) for number in range(5)))
    found = read(whole[: whole.index(b"News 4") + 3])
    assert [entry.title for entry in found.entries] == ["News 0", "News 1", "News 2", "News 3"]
    assert found.remark is not None
    assert found.remark.startswith("its XML is broken (")
    assert found.remark.endswith("); what could be read was taken")


def test_of_a_feed_that_breaks_off_in_a_text_no_half_text_is_told() -> None:
    whole = rss(*(item(number) for number in range(3)))
    found = read(whole[: whole.rindex(b"and what came")])
    assert [entry.title for entry in found.entries] == ["News 0", "News 1"]
    assert [(each.what, each.why) for each in found.left_out] == [("News 2", "the feed breaks off in the middle of it")]


def test_a_feed_with_a_bare_ampersand_is_read() -> None:
    found = read(rss(item(1)).replace(b"News 1", b"You & me&nbsp;now"))
    assert [entry.title for entry in found.entries] == ["You & me now"]
    assert "its XML is broken" in (found.remark or "")


@pytest.mark.parametrize(
    ("declared", "content_type", "encoding", "remark"),
    [
        ("ascii", "application/rss+xml; charset=utf-8", "cp1252", "it was read as Windows-1252"),
        ("nonsense-9", "text/xml", "utf-8", "it was read as utf-8"),
        ("iso-8859-1", "text/xml", "iso-8859-1", None),
        ("utf-8", "text/html", "utf-8", None),
        ("utf-16", "application/rss+xml", "utf-16", None),
    ],
)
def test_an_encoding_that_was_declared_wrong_is_seen_through(
    declared: str, content_type: str, encoding: str, remark: str | None
) -> None:
    text = rss(item(1, title="Größe")).decode().replace('encoding="utf-8"', f'encoding="{declared}"')
    found = read(text.encode(encoding), content_type)
    assert [entry.title for entry in found.entries] == ["Größe"]
    assert (found.remark or "").endswith(remark or "")
    assert (found.remark is None) is (remark is None)


BOMB = '<!DOCTYPE r [<!ENTITY a "' + "a" * 1000 + '">'
BOMB += "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"


def test_an_entity_bomb_does_not_go_off() -> None:
    body = rss(item(1), item(2)).replace(b"<rss", BOMB.encode() + b"<rss").replace(b"News 1", b"&j;")
    found = read(body)
    assert all(len(entry.title) <= 300 for entry in found.entries)
    assert "News 2" in [entry.title for entry in found.entries]


def test_no_file_of_this_machine_comes_in_by_an_entity() -> None:
    entity = b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    found = read(rss(item(1, description="x")).replace(b"<rss", entity + b"<rss").replace(b">x<", b">x&a;y<"))
    assert [entry.summary for entry in found.entries] == ["xy"]


PAGE = b'<!DOCTYPE html><html><head><link rel="alternate" type="application/atom+xml" href="/atom"></head>hi</html>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "it is empty"),
        (b"  \n", "it is empty"),
        (PAGE, "it is a web page, no feed; its feed may be https://blog.acme.example/atom"),
        (b"<html><body>Sign in</body></html>", "it is a web page, no feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "it is JSON; Rekindle reads RSS and Atom"),
        (b"<svg/>", "it is no feed, neither RSS nor Atom"),
        (bytes(range(256)) * 100, "it is no feed, neither RSS nor Atom"),
    ],
)
def test_what_is_no_feed_is_called_what_it_is(body: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(body)
    assert str(caught.value) == said


# In a process of its own.


def test_another_process_finds_the_same() -> None:
    body = rss(item(1, title="Größe"), item(2, link=None, guid=None))
    assert read_feed(body, "application/rss+xml", WHERE) == read(body)


def test_another_process_says_what_is_no_feed() -> None:
    with pytest.raises(Unreadable, match="it is empty"):
        read_feed(b"", "", WHERE)


def test_a_feed_that_takes_for_ever_is_given_up() -> None:
    # Addresses are looked for by a pattern that takes the square of the length.
    body = rss(item(1, author="a" * 500_000))
    began = time.monotonic()
    with pytest.raises(Unreadable, match="it takes longer than 2 seconds to be read"):
        read_feed(body, "application/rss+xml", WHERE, patience=2)
    assert time.monotonic() - began < 10


def test_what_was_found_goes_through_json_and_back() -> None:
    entry = Entry("k", "t", "u", "s", ("a",), ("b",), "de", date(2026, 1, 2), date(2026, 3, 4))
    found = Found((entry, Entry("k", "t", "u", "s")), (Omission("x", "y"),), "z")
    assert from_json(as_json(found)) == found
