"""Reads one Markdown file with front matter: an item that is whole, or every problem in it. Knows no folder.

Of the text below the front matter only the first paragraph is used, where no summary is given.
"""

import re
from datetime import date
from typing import Any

from rekindle.exchange import forms
from rekindle.exchange.fields import Fields
from rekindle.exchange.news.addresses import LONGEST, tidied
from rekindle.exchange.news.found import Entry, Unreadable
from rekindle.exchange.news.frontmatter import parted
from rekindle.exchange.news.plain import one_line, short, text_of
from rekindle.exchange.problems import Problems, TooManyProblems

FIELDS = frozenset(("title", "url", "summary", "topics", "families", "language", "published", "valid_until"))
_LINK = forms.LINK._replace(longest=LONGEST)
_MOST_LABELS = 50
#: A first paragraph longer than this is cut before it is read.
_PARAGRAPH = 5000
# What is no paragraph: a heading, a list, a quotation, a table, code, a line, a comment, a directive.
_NO_PARAGRAPH = re.compile(r"#|[-*+]\s|\d{1,9}[.)]\s|>|\||```|~~~|(?:[-*_]\s*){3,}$|<!--|\{[{%]| {4}|\t|=+\s*$")
_IMAGE = re.compile(r"!\[[^\]]{0,500}\](?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])?")
_LINKED = re.compile(r"\[([^\]]{1,500})\](?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])")
_MARKED = re.compile(r"(?<!\\)(\*\*|__|~~|`+)(?=\S)(.{1,2000}?)(?<=\S)\1")
_STRESSED = re.compile(r"(?<![\w\\])([*_])(?=\S)([^*_]{1,2000}?)(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>-])")


def read_item(text: str, key: str) -> Entry:
    """Read one file's text. Raises Unreadable naming all that is wrong with it."""
    told, body = parted(text)
    problems = Problems()
    try:
        entry = _entry({name: _listed(name, value) for name, value in told.items()}, body, key, problems)
    except TooManyProblems:
        entry = None
    if entry is None or problems.found:
        raise Unreadable("; ".join(map(str, problems.found)))
    return entry


def _listed(name: str, value: Any) -> Any:
    """Take topics and families as a list or as `a, b`, and words that YAML spreads over lines as one line."""
    if name in {"title", "summary"} and isinstance(value, str):
        return " ".join(value.split())
    if name in {"topics", "families"} and isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _entry(told: dict[str, Any], body: str, key: str, problems: Problems) -> Entry | None:
    of = Fields(told, FIELDS, "", problems, date.max)
    title = of.needed("title", of.line("title", 300), "what it is called")
    link = of.needed("url", of.shaped("url", _LINK), "where it can be read")
    url = link and tidied(link)
    if link and not url:
        of.refuse("url", link, "a web address that leads to one page, such as https://blog.acme.example/plan")
    summary = of.line("summary", 2000) or first_paragraph(body)
    if not summary:
        of.refuse("summary", None, "what it says, in a sentence or two, here or as the first paragraph")
    published, until = of.day("published"), of.day("valid_until")
    of.not_before("valid_until", until, "published", published)
    language = of.shaped("language", forms.LOCALE)
    topics, families = of.lines("topics", 200, _MOST_LABELS), of.lines("families", 100, _MOST_LABELS)
    if not (title and url and summary):
        return None
    return Entry(key, title, url, summary, topics, families, _tongue(language), published, until)


def _tongue(tag: str | None) -> str | None:
    return re.split(r"[-_]", tag)[0].casefold() if tag else None


def first_paragraph(body: str) -> str:
    """Return the first paragraph as plain text, shortened as every summary is; empty when there is none."""
    fence = ""
    for block in re.split(r"\n[ \t]*\n", body.strip("\n")):
        marks = re.findall(r"^ {0,3}(```|~~~)", block, re.MULTILINE)
        inside = bool(fence)
        fence = "" if len(marks) % 2 and inside else marks[0] if len(marks) % 2 else fence
        if inside or marks or _NO_PARAGRAPH.match(block):
            continue
        if found := _plain(block[:_PARAGRAPH]):
            return short(found)
    return ""


def _plain(paragraph: str) -> str:
    if re.search(r"\n(?:=+|-+)\s*$", paragraph):
        return ""  # a heading, underlined
    text = _LINKED.sub(r"\1", _IMAGE.sub("", paragraph))
    for marks in (_MARKED, _STRESSED):
        text = marks.sub(r"\2", text)
    text = _ESCAPED.sub(r"\1", text)
    return text_of(text) if re.search(r"<[a-zA-Z!/]|&[#\w]+;", text) else one_line(text)
