"""A template's source cut into text and Jinja constructs, so that others can move text without understanding Jinja.

First of three steps on the way to a compiled email: pieces, then `flatten`, then `inline`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from jinja2 import Environment, TemplateSyntaxError

from rekindle.errors import TemplateError

# Indentation and line ends around {% tags %} are layout of the source, so the text part reads as it is written.
SOURCE = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True)
# Whitespace control was applied when the pieces were cut; applying it again would eat more.
FLAT = Environment(keep_trailing_newline=True, autoescape=True)


class Kind(Enum):
    TEXT = "text"
    TAG = "{% %}"
    VARIABLE = "{{ }}"
    RAW = "{% raw %}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, or one construct: `words` are its tokens without spaces, strings still quoted."""

    kind: Kind
    source: str
    words: tuple[str, ...] = ()
    line: int = 0

    @property
    def keyword(self) -> str:
        """The first word of a tag, or nothing."""
        return self.words[0] if self.kind is Kind.TAG and self.words else ""


def cut(source: str, name: str, environment: Environment = SOURCE) -> list[Piece]:
    """Return the pieces of `source`: comments left out, whitespace control applied and removed.

    Raises TemplateError with the line when it is not a template; `name` is its path for the message.
    """
    try:
        environment.parse(source, name)
        return list(_pieces(iter(environment.lex(source, name))))
    except TemplateSyntaxError as error:
        raise TemplateError(f"{name} line {error.lineno}: {error.message}") from None


def _pieces(tokens: Iterator[tuple[int, str, str]]) -> Iterator[Piece]:
    for line, kind, value in tokens:
        if kind == "data":
            yield Piece(Kind.TEXT, value, line=line)
        elif kind == "raw_begin":
            inside = "".join(text for _, text in _until("raw_end", tokens))
            yield Piece(Kind.RAW, f"{{% raw %}}{inside}{{% endraw %}}", line=line)
        elif kind == "block_begin":
            yield _construct(Kind.TAG, "{{% {} %}}", _until("block_end", tokens), line)
        elif kind == "variable_begin":
            yield _construct(Kind.VARIABLE, "{{{{ {} }}}}", _until("variable_end", tokens), line)


def _construct(kind: Kind, shape: str, tokens: Iterable[tuple[str, str]], line: int) -> Piece:
    inside = list(tokens)
    words = tuple(value for kind_, value in inside if kind_ != "whitespace")
    return Piece(kind, shape.format("".join(value for _, value in inside).strip()), words, line)


def _until(end: str, tokens: Iterator[tuple[int, str, str]]) -> Iterator[tuple[str, str]]:
    for _, kind, value in tokens:
        if kind == end:
            return
        yield kind, value
