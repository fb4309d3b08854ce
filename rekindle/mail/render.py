"""Turns an email's name and context into subject, text and HTML. Templates are flattened, inlined and compiled once.

Everything that can be wrong with a template is said when it is compiled, before the first message of a run.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, UndefinedError, meta, nodes
from jinja2 import TemplateError as JinjaError

from rekindle.errors import BadInput, TemplateError
from rekindle.mail.catalogue import Audience, Email, email
from rekindle.mail.flatten import flatten
from rekindle.mail.inline import inline

_TEXT = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701 - plain text
_HTML = Environment(undefined=StrictUndefined, autoescape=True, keep_trailing_newline=True)
#: What a mail to a candidate may not leave out, whoever writes the template.
_FOOTER = ("why", "postal_address", "stop_url")

Render = Callable[[dict[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one person is going to read."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The flattened templates of one email, before the CSS is inlined."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _Compiled:
    email: Email
    sources: Sources
    values: Callable[[object], dict[str, Any]]
    subject: Render
    text: Render
    html: Render


class Renderer:
    """Renders the emails of the catalogue from `folders`, a team's own before the shipped one, file by file.

    Templates are read on first use and kept: a run speaks with one voice even if a file changes meanwhile.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._compiled: dict[str, _Compiled] = {}

    def render(self, name: str, context: object) -> Rendered:
        """Render the email called `name`; `context` is an instance of its class in the catalogue.

        Raises TemplateError, without a word of the context in it, when the template fails or the subject is not one line.
        """
        compiled = self._compile(name)
        if not isinstance(context, compiled.email.context):
            raise BadInput(
                f"{name} is rendered from {compiled.email.context.__name__}, not {type(context).__name__}"
            )
        values = compiled.values(context)
        subject = compiled.subject(values).strip()
        if len(subject.splitlines()) != 1:
            raise TemplateError(f"{compiled.email.folder}/subject.txt must become exactly one line")
        return Rendered(subject, compiled.text(values), compiled.html(values))

    def digest(self, name: str) -> str:
        """Return the SHA-256, in hex, of the flattened sources: it changes when any word of any file involved does."""
        digest = hashlib.sha256()
        sources = self.sources(name)
        for source in (sources.subject, sources.text, sources.html):
            data = source.encode()
            digest.update(len(data).to_bytes(8, "big") + data)
        return digest.hexdigest()

    def sources(self, name: str) -> Sources:
        """Return the flattened templates of the email called `name`."""
        return self._compile(name).sources

    def _compile(self, name: str) -> _Compiled:
        compiled = self._compiled.get(name)
        if compiled is None:
            compiled = self._compiled[name] = _compile(email(name), self._folders)
        return compiled


def _compile(row: Email, folders: Sequence[Path]) -> _Compiled:
    paths = [f"{row.folder}/{part}" for part in ("subject.txt", "body.txt", "body.html")]
    subject, text, html = (flatten(folders, path) for path in paths)
    for path, source in zip(paths, (subject, text, html), strict=True):
        _check(source, path, row)
    return _Compiled(
        row,
        Sources(subject, text, html),
        _reader(row.context),
        _function(_TEXT, subject, paths[0]),
        _function(_TEXT, text, paths[1]),
        _function(_HTML, inline(html, paths[2]), paths[2]),
    )


def _check(source: str, path: str, row: Email) -> None:
    tree = _HTML.parse(source, path)
    known = {field.name for field in fields(row.context)}
    if unknown := meta.find_undeclared_variables(tree) - known - set(_HTML.globals):
        raise TemplateError(f"{path} uses {_list(unknown)}; {row.context.__name__} has {_list(known)}")
    if row.audience is Audience.CANDIDATE and not path.endswith("subject.txt"):
        if missing := set(_FOOTER) - set(_footer_parts(tree)):
            raise TemplateError(
                f"{path} must show footer.{_list(missing)}: no mail to a candidate goes without it"
            )


def _footer_parts(tree: nodes.Template) -> Iterator[str]:
    for output in tree.find_all(nodes.Output):
        for attribute in output.find_all(nodes.Getattr):
            if isinstance(attribute.node, nodes.Name) and attribute.node.name == "footer":
                yield attribute.attr


def _reader(context: type) -> Callable[[object], dict[str, Any]]:
    names = [field.name for field in fields(context)]
    return lambda value: {name: getattr(value, name) for name in names}


def _function(environment: Environment, source: str, path: str) -> Render:
    try:
        template = environment.from_string(source)
    except JinjaError as error:
        raise TemplateError(f"{path}: {error.message}") from None

    def render(values: dict[str, Any]) -> str:
        try:
            return template.render(values)
        except UndefinedError as error:
            raise TemplateError(f"{path}: {error.message}") from None
        except Exception as error:  # noqa: BLE001 - a team's template may raise anything, with a person's data in it
            raise TemplateError(f"{path} failed with {type(error).__name__}") from None

    return render


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names))
