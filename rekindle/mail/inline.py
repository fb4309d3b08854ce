"""Moves a template's CSS into style attributes once, before it is compiled, instead of once for each message.

Every Jinja construct is hidden behind a word that HTML, CSS and addresses leave alone, and must come back once and in
order: what premailer would change in meaning is refused. A selector that counts siblings sees the one row of a loop.
"""

import hashlib
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rekindle.errors import TemplateError
from rekindle.mail.pieces import FLAT, Kind, Piece, cut

_ATTRIBUTES = r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*"
_MARKUP = re.compile(
    rf"<!--.*?-->|<(?P<raw>style|title)\b{_ATTRIBUTES}>.*?</(?P=raw)\s*>|<(?P<tag>/?[a-z][^\s/>]*){_ATTRIBUTES}>",
    re.IGNORECASE | re.DOTALL,
)
_DOCTYPE = re.compile(r"\s*<!doctype[^>]*>", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_STYLED_BY = re.compile(r"\b(?:class|id)\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_INDENTED = re.compile(r"\n[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class _Hidden:
    """A template whose constructs are words; `words` are in the order of the source."""

    html: str
    words: Sequence[str]
    constructs: dict[str, Piece]
    pattern: re.Pattern[str]


def inline(source: str, name: str) -> str:
    """Return a flattened template with its CSS inlined; `name` is its path for messages.

    Raises TemplateError when a construct stands where inlining would change what it means, or when the HTML is not
    well formed: premailer may add attributes and take rules away, and nothing else.
    """
    hidden = _hide(source, name)
    _refuse_inside_tags(hidden, name)
    doctype = _DOCTYPE.match(hidden.html)
    body = hidden.html[doctype.end() :] if doctype else hidden.html
    inlined = _premailed(_comment_tags(body, hidden.pattern), name)
    _compare(body, inlined, name)
    return (doctype[0].strip() + "\n" if doctype else "") + _restore(inlined, hidden, name)


def _premailed(html: str, name: str) -> str:
    try:
        return premail(html)
    except Exception as error:  # noqa: BLE001 - three parsers stand behind it, each with errors of its own
        what = f"{type(error).__name__}: {error}"
        raise TemplateError(f"{name}: the HTML or its CSS cannot be read ({what})") from None


def premail(html: str) -> str:
    """Inline the CSS of `html` with the settings every mail uses."""
    # Imported here: it takes longer to load than all other parts of a command, and most commands write no mail.
    from premailer import Premailer  # noqa: PLC0415

    # Width and height stay in CSS: as attributes premailer would put them on paragraphs, too.
    premailer = Premailer(
        strip_important=False,
        allow_network=False,
        disable_validation=True,
        disable_basic_attributes=["width", "height"],
        cssutils_logging_level=logging.CRITICAL,
    )
    return str(premailer.transform(html, pretty_print=False))


def _hide(source: str, name: str) -> _Hidden:
    nonce = "rk" + hashlib.sha256(source.encode()).hexdigest()[:10]
    parts: list[str] = []
    constructs: dict[str, Piece] = {}
    for piece in cut(source, name, FLAT):
        if piece.kind is Kind.TEXT:
            parts.append(piece.source)
            continue
        word = f"{nonce}{'s' if piece.kind is Kind.TAG else 'v'}{len(constructs):04d}z"
        constructs[word] = piece
        parts.append(word)
    return _Hidden("".join(parts), list(constructs), constructs, re.compile(rf"{nonce}[sv]\d+z"))


def _refuse_inside_tags(hidden: _Hidden, name: str) -> None:
    for markup in _MARKUP.finditer(hidden.html):
        if not markup["tag"]:
            continue
        if bare := hidden.pattern.search(_QUOTED.sub("", markup[0])):
            construct = hidden.constructs[bare[0]].source
            raise TemplateError(f"{name}: {construct} stands inside a tag: put it into quotes or around the element")
        for attribute in _STYLED_BY.findall(markup[0]):
            if found := hidden.pattern.search(attribute):
                construct = hidden.constructs[found[0]].source
                raise TemplateError(f"{name}: {construct} is part of a class or id, which are read before it is known")


def _comment_tags(html: str, pattern: re.Pattern[str]) -> str:
    """Make each {% tag %} between elements a comment: text would end the head early."""
    statement = re.compile(pattern.pattern.replace("[sv]", "s"))
    done: list[str] = []
    end = 0
    for markup in _MARKUP.finditer(html):
        done += statement.sub(r"<!--\g<0>-->", html[end : markup.start()]), markup[0]
        end = markup.end()
    return "".join(done) + statement.sub(r"<!--\g<0>-->", html[end:])


def _compare(before: str, after: str, name: str) -> None:
    """Raise TemplateError at the first element that the HTML parser added, moved or dropped."""
    ours, theirs = _elements(before), _elements(after)
    for position, (mine, its) in enumerate(zip([*ours, "the end"], [*theirs, "the end"], strict=False)):
        if mine != its:
            near = " ".join(f"<{tag}>" for tag in ours[max(0, position - 3) : position]) or "nothing"
            raise TemplateError(f"{name}: not well formed after {near}: there is {mine} where {its} must be")


def _elements(html: str) -> list[str]:
    return [markup["tag"].lower() for markup in _MARKUP.finditer(html) if markup["tag"]]


def _restore(html: str, hidden: _Hidden, name: str) -> str:
    found = hidden.pattern.findall(html)
    for word, expected in zip([*found, ""], [*hidden.words, ""], strict=False):
        if word != expected:
            lost = hidden.constructs[expected or word].source
            raise TemplateError(f"{name}: {lost} cannot be where it is: inlining the CSS lost, doubled or moved it")
    lean = _INDENTED.sub("\n", html) if "<pre" not in html.lower() else html
    uncommented = re.sub(rf"<!--({hidden.pattern.pattern})-->", r"\1", lean)
    return hidden.pattern.sub(lambda word: hidden.constructs[word[0]].source, uncommented)
