"""One email's templates, ready to be rendered many times: flattened, its CSS inlined, compiled, and found complete.

Whatever can be wrong with a template is said here, before the first message of a run.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, UndefinedError, meta, nodes
from jinja2 import TemplateError as JinjaError

from rekindle.errors import TemplateError
from rekindle.mail.catalogue import Audience, Email
from rekindle.mail.flatten import flatten
from rekindle.mail.inline import inline

_TEXT = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701 - plain text
_HTML = Environment(undefined=StrictUndefined, autoescape=True, keep_trailing_newline=True)
#: What a mail to a candidate may not leave out, whoever writes the template.
_FOOTER = frozenset({"why", "postal_address", "stop_url"})

Values = dict[str, Any]
Render = Callable[[Values], str]


@dataclass(frozen=True, slots=True)
class Sources:
    """The flattened templates, before the CSS is inlined: what an approval freezes."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """The three parts of an email as functions of the values that `values` reads from its context."""

    email: Email
    sources: Sources
    values: Callable[[object], Values]
    subject: Render
    text: Render
    html: Render


def compiled(row: Email, folders: Sequence[Path]) -> Compiled:
    """Compile the email of a catalogue row; each file comes from the first of `folders` that has it.

    Raises TemplateError for a missing part, a field the context has not, or a footer that is not shown.
    """
    paths = [f"{row.folder}/{part}" for part in ("subject.txt", "body.txt", "body.html")]
    subject, text, html = (flatten(folders, path) for path in paths)
    done = Compiled(
        row,
        Sources(subject, text, html),
        _reader(row.context),
        _function(_TEXT, subject, paths[0]),
        _function(_TEXT, text, paths[1]),
        _function(_HTML, inline(html, paths[2]), paths[2]),
    )
    for path, source in zip(paths, (subject, text, html), strict=True):
        _check(source, path, row)
    return done


def _check(source: str, path: str, row: Email) -> None:
    tree = _HTML.parse(source, path)
    known = {field.name for field in fields(row.context)}
    if unknown := meta.find_undeclared_variables(tree) - known - set(_HTML.globals):
        raise TemplateError(f"{path} uses {_list(unknown)}; {row.context.__name__} has {_list(known)}")
    missing = _FOOTER - set(_footer_parts(tree))
    if missing and row.audience is Audience.CANDIDATE and not path.endswith("subject.txt"):
        raise TemplateError(f"{path} must show footer.{_list(missing)}: no mail to a candidate goes without it")


def _footer_parts(tree: nodes.Template) -> Iterator[str]:
    for output in tree.find_all(nodes.Output):
        for attribute in output.find_all(nodes.Getattr):
            if isinstance(attribute.node, nodes.Name) and attribute.node.name == "footer":
                yield attribute.attr


def _reader(context: type) -> Callable[[object], Values]:
    names = [field.name for field in fields(context)]
    return lambda value: {**_HTML.globals, **{name: getattr(value, name) for name in names}}


def _function(environment: Environment, source: str, path: str) -> Render:
    try:
        template = environment.from_string(source)
    except JinjaError as error:
        raise TemplateError(f"{path}: {error.message}") from None

    def render(values: Values) -> str:
        try:
            # Sharing the values saves template.render() its copy of the globals: a third of the time of a short mail.
            return "".join(template.root_render_func(template.new_context(values, shared=True)))
        except UndefinedError as error:
            raise TemplateError(f"{path}: {error.message}") from None
        except Exception as error:  # noqa: BLE001 - a team's template may raise anything, with a person's data in it
            raise TemplateError(f"{path} failed with {type(error).__name__}") from None

    return render


def _list(names: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names))
