"""One line of plain text out of anything, and links fit for a letter."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekindle.exchange.news.addresses import same_page, tidied
from rekindle.exchange.news.plain import SUMMARY, cut, one_line, short, text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<!-- nothing -->", ""),
        ("a < b &amp; c > d", "a < b & c > d"),
        ("<p>one</p><p>two</p>three<br>four<ul><li>five</li><li>six</li></ul>", "one two three four five six"),
        ("<b>bo</b>ld and <a href='x'>li</a>nked", "bold and linked"),
        ("&lt;script&gt;", "<script>"),
        ("<title>no</title>yes<textarea>no</textarea>", "yes"),
        ("<p style='font-size:0'>no</p><p style='font-size: 0.9em'>yes</p>", "yes"),
        ("<?xml version='1.0' encoding='latin-1'?><p>yes", "yes"),
        ("<p hidden>no</p>tail", "tail"),
        ("\x00a\x0bb&#7;", "a b"),
    ],
)
def test_html_becomes_what_a_reader_sees(html: str, text: str) -> None:
    assert text_of(html) == text


@given(st.text(max_size=200))
def test_whatever_comes_is_one_line_without_anything_hidden(html: str) -> None:
    for text in (text_of(html), one_line(html), text_of(f"<p>{html}</p><script>{html}")):
        assert text == " ".join(text.split())
        assert not any(0x202A <= ord(sign) <= 0x202E or ord(sign) < 32 for sign in text)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("It is done. " * 40, "It is done."),
        ("Did we? " * 50, "Did we?"),
        ("Er sagte: „Gut.“ " * 30, "„Gut.“"),
        ("We met Dr. Adams and z. B. others of approx. five teams in the long run of it all " * 6, "…"),
        ("Version 2.5 is out and better than all those before it, which is not to say much " * 6, "…"),
        ("word " * 100, "word…"),
        ("文章。" * 150, "。"),
    ],
)
def test_a_long_text_ends_with_a_sentence_or_at_a_word(text: str, end: str) -> None:
    found = short(text)
    assert found.endswith(end)
    assert len(found) <= SUMMARY
    assert len(found) > SUMMARY // 2


@pytest.mark.parametrize(
    "trailer",
    [
        " The post How we plan appeared first on Acme.",
        " Der Beitrag Wie wir planen erschien zuerst auf Acme.",
        " […]",
        " [...]",
        " Continue reading How we plan →",
        " Weiterlesen »",
    ],
)
def test_what_blogs_add_below_is_left_away(trailer: str) -> None:
    assert short("We threw it away." + trailer) == "We threw it away."


def test_a_short_text_stays_as_it_is() -> None:
    assert short("We threw it away") == "We threw it away"
    assert cut("We threw it away", 300) == "We threw it away"


#: Made from ranges: whole Unicode is a table that takes seconds to build.
_SIGNS = st.characters(exclude_categories=["Cs"])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(_SIGNS, max_size=800), st.integers(20, 400))
def test_no_text_is_longer_than_it_may_be(text: str, most: int) -> None:
    assert len(short(text, most)) <= most
    assert len(cut(text, most)) <= most


@pytest.mark.parametrize(
    ("link", "tidy"),
    [
        ("  https://A.Example:443/x  ", "https://a.example/x"),
        ("http://a.example", "http://a.example/"),
        ("https://größe.example/ä ö?q=ü#ß", "https://xn--gre-6ka8i.example/%C3%A4%20%C3%B6?q=%C3%BC#%C3%9F"),
        ("https://a.example/%C3%A4?a=1&utm_source=x&b=2", "https://a.example/%C3%A4?a=1&b=2"),
        ("https://a.example/?utm_campaign=x", "https://a.example/"),
        ("https://a.example/log#v2", "https://a.example/log#v2"),
        ("https://a.example/\u202egnp.exe", "https://a.example/%E2%80%AEgnp.exe"),
        ("https://a.ex\nample/x", "https://a.example/x"),
        ("ftp://a.example/", None),
        ("data:text/html,x", None),
        ("javascript:alert(1)", None),
        ("//a.example/", None),
        ("https://", None),
        ("https://u:p@a.example/", None),
        ("https://a.example:port/", None),
        ("https://[::1", None),
        ("https://a b.example/", None),
        ("https://" + "ä" * 300 + ".example/", None),
        ("https://a.example/" + "x" * 1000, None),
        ("", None),
    ],
)
def test_a_link_is_made_fit_for_a_letter_or_is_none(link: str, tidy: str | None) -> None:
    assert tidied(link) == tidy


@given(st.text(max_size=60))
def test_a_tidy_link_is_tidy(rest: str) -> None:
    found = tidied(f"https://a.example/{rest}")
    if found is not None:
        assert found.isascii()
        assert found.isprintable()
        assert tidied(found) == found


def test_links_to_one_page_are_the_same() -> None:
    same = (
        "https://a.example/x",
        "http://a.example/x/",
        "https://A.example:443/x?utm_source=y",
        "https://a.example/x#",
    )
    assert {same_page(link) for link in same} == {"a.example/x"}
    other = ("https://a.example/X", "https://b.example/x", "https://a.example/x?page=2", "https://a.example/x#two")
    assert len({same_page(link) for link in other} - {"a.example/x"}) == len(other)
