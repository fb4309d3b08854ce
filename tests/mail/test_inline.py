"""CSS moves into the elements once, and what the template means does not change."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined
from lxml import etree

from rekindle.errors import TemplateError
from rekindle.mail.flatten import flatten
from rekindle.mail.inline import inline, premail
from rekindle.resources import shipped

STYLE = "<style>.a { color: #123456 } td.b { padding: 1px } @media screen { .a { color: red } }</style>"
HTML = Environment(undefined=StrictUndefined, autoescape=True)


def page(body: str, head: str = STYLE) -> str:
    return f"<!DOCTYPE html>\n<html><head><title>t</title>{head}</head><body>{body}</body></html>"


def inlined(body: str, head: str = STYLE) -> str:
    return inline(page(body, head), "mail/body.html").split("<body>")[1].removesuffix("</body></html>")


LETTER = page(
    '<p class="a">Dear {{ name }},</p>{% if note %}<p class="a" title="{{ note }}">{{ note }}</p>{% endif %}'
    "{% macro cell(x) %}<td class='b'>{{ x }}</td>{% endmacro %}"
    "<table>{% for item in items %}<tr>{% if item.hot %}{{ cell('!') }}{% else %}<td class='a'>-</td>{% endif %}"
    '<td class="b"><a class="a" href="{{ item.url }}&amp;n={{ loop.index }}">{{ item.title }}</a></td></tr>'
    "{% endfor %}</table>"
)


def test_a_rule_becomes_a_style_attribute() -> None:
    assert inlined('<p class="a">x</p>') == '<p class="a" style="color:#123456">x</p>'


def test_rules_for_screens_stay_and_win_over_the_attribute() -> None:
    assert "color: red !important" in inline(page('<p class="a">x</p>'), "mail")


def test_a_style_element_marked_ignore_is_not_touched() -> None:
    mine = "@media (prefers-color-scheme: dark) { .a { color: {{ colour }} } }"
    source = page('<p class="a">{{ x }}</p>', f'{STYLE}<style data-premailer="ignore">{mine}</style>')

    assert f"<style>{mine}</style>" in inline(source, "mail")


@pytest.mark.parametrize(
    "body",
    [
        "<p>{{ a }}&#160;&amp; &lt;b&gt; {{ b|default('\"quoted\" & <odd>') }}</p>",
        '<a href="https://acme.example/?a=1&amp;b={{ b }}#c">{{ a }}</a>',
        '<a href="{{ url }}" title="{{ a }} {{ b }}">x</a>',
        "<table>{% for row in rows %}<tr><td>{{ row }}</td></tr>{% else %}<tr><td>-</td></tr>{% endfor %}</table>",
        "<table><tbody>{% if a %}<tr>{% for c in b %}<td>{{ c }}</td>{% endfor %}</tr>{% endif %}</tbody></table>",
        "<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul>",
        "{% macro row(x) %}<tr><td>{{ x }}</td></tr>{% endmacro %}<table>{{ row(1) }}{{ row(2) }}</table>",
        "<p>{% raw %}{{ not a variable }} {% nor a tag %}{% endraw %}</p>",
        "<!--[if mso]><td>{{ a }}{% if b %}x{% endif %}<![endif]--><p>{{ c }}</p><!--[if mso]></td><![endif]-->",
        "<p>{% set x = a < b %}{{ x }}{% if a > b %}1{% elif a <= b %}2{% endif %}</p>",
        "<pre>  {{ a }}\n   {{ b }}</pre>",
        "<p>é ü 日本 🌱 {{ a }}</p>",
    ],
)
def test_constructs_come_back_as_they_were(body: str) -> None:
    assert inlined(body).replace("\xa0", "&#160;") == body


def test_a_loop_styles_each_of_its_rows() -> None:
    row = '<tr><td class="b" style="padding:1px">{}</td></tr>'
    body = '<table>{% for row in rows %}<tr><td class="b">{{ row }}</td></tr>{% endfor %}</table>'

    html = HTML.from_string(inlined(body)).render(rows=["x", "<y>"])

    assert html == f"<table>{row.format('x')}{row.format('&lt;y&gt;')}</table>"


def test_tags_in_the_head_do_not_end_it() -> None:
    head = '{% if a %}<meta name="x" content="{{ a }}">{% endif %}' + STYLE
    html = inline(page('<p class="a">x</p>', head), "mail")

    assert html.index('{% if a %}<meta name="x" content="{{ a }}">{% endif %}') < html.index("</head>")
    assert 'style="color:#123456"' in html


def test_indentation_is_not_sent() -> None:
    assert inlined("\n    <p>\n\n      {{ a }}\n  b</p>\n") == "\n<p>\n{{ a }}\nb</p>\n"


def test_a_template_may_hold_what_looks_like_our_own_words() -> None:
    body = "<p>rk s0000z <!--rk--> {{ a }}</p>"

    assert inlined(body) == body


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<p {% if a %}hidden{% endif %}>x</p>", "{% if a %} stands inside a tag"),
        ("<p {{ attributes }}>x</p>", "{{ attributes }} stands inside a tag"),
        ("<a href={{ url }}>x</a>", "{{ url }} stands inside a tag"),
        ("<{{ tag }}>x</{{ tag }}>", "mail/body.html"),
        ('<p class="a {% if a %}b{% endif %}">x</p>', "{% if a %} is part of a class or id"),
        ("<p id='{{ a }}'>x</p>", "{{ a }} is part of a class or id"),
        ('<p class="a" style="color: {{ a }}; color: {{ b }}">x</p>', "{{ a }} cannot be where it is"),
        ("<p>x<p>y", "not well formed after .*<p>: there is p where /p must be"),
        ("<p>x</div></p>", "there is /div where /p must be"),
        ("<p><table><tr><td>x</td></tr></table></p>", "not well formed"),
        ("{% if a %}<div>{% else %}<div title='b'>{% endif %}x</div>", "not well formed"),
        ("<table>{{ a }}</td></table>", "not well formed"),
    ],
)
def test_what_inlining_would_change_is_refused(body: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message.replace("{", r"\{").replace("|", r"\|")):
        inlined(f'{body}<p class="a"></p>')


@pytest.mark.parametrize(
    "source", ["", " ", "x", "<p>x</p>", "<html></html>", "<!DOCTYPE html>", "<div>" * 300, "\x00"]
)
def test_what_is_no_whole_document_is_refused(source: str) -> None:
    with pytest.raises(TemplateError, match=r"mail: (not well formed|the HTML or its CSS cannot be read)"):
        inline(source, "mail")


@settings(deadline=None, derandomize=True, max_examples=150)
@given(
    st.integers(0, len(LETTER)),
    st.integers(0, 30),
    st.sampled_from(
        ["<", ">", '"', "{{ x }}", "{% if x %}", "{#", "<!--", "</td>", "<style>", "}", "@media", "\x00", "é"]
    ),
)
def test_a_template_with_a_slip_of_the_pen_is_compiled_or_refused(start: int, length: int, slip: str) -> None:
    try:
        html = inline(LETTER[:start] + slip + LETTER[start + length :], "mail")
    except TemplateError as refusal:
        assert str(refusal).startswith("mail")  # noqa: PT017 - either outcome is right, another error is not
    else:
        HTML.from_string(html)


def test_a_rule_that_depends_on_a_value_is_refused() -> None:
    with pytest.raises(TemplateError, match="lost, doubled or moved"):
        inlined('<p class="x">a</p><p class="x">b</p>', "<style>.x { color: {{ colour }} }</style>")


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
ITEMS = st.fixed_dictionaries(
    {"title": WORDS, "url": WORDS.map("https://acme.example/{}".format), "hot": st.booleans()}
)


@settings(deadline=None, derandomize=True, max_examples=80)
@given(name=WORDS, note=WORDS, items=st.lists(ITEMS, max_size=4))
def test_inlining_the_template_once_gives_what_inlining_each_message_would(
    name: str, note: str, items: list[dict[str, Any]]
) -> None:
    values = {"name": name, "note": note, "items": items}

    once = HTML.from_string(inline(LETTER, "mail")).render(values)
    each = premail(HTML.from_string(LETTER).render(values))

    assert list(meaning(once)) == list(meaning(each))


def test_the_shipped_letter_is_inlined_with_all_its_words() -> None:
    source = flatten([shipped("templates") / "emails"], "quarterly_update/body.html")
    html = inline(source, "quarterly_update/body.html")

    assert source.count("{{") == html.count("{{")
    assert source.count("{%") == html.count("{%")
    assert html.startswith("<!DOCTYPE html>\n<html lang=")


def meaning(html: str) -> Iterator[tuple[object, ...]]:
    """Yield elements with attributes and words as a reader has them: entities, case and indentation do not count."""
    for node in etree.fromstring(html, etree.HTMLParser()).iter():
        words = [" ".join((text or "").split()) for text in (node.text, node.tail)]
        yield node.tag, {name: unquote(value) for name, value in sorted(node.attrib.items())}, *words
