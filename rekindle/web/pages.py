"""What the web app says to strangers: pages that depend on nobody, rendered once, when the app starts.

So whatever is wrong with a template is said before anybody asks for it, and no page can show a person's data.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup

from rekindle.errors import TemplateError

_STYLE = "_base.css"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every page says of the company."""

    company: str
    postal_address: str
    reply_to: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page in UTF-8, and the digest of the one style they share, as a Content-Security-Policy names it."""

    stop: bytes
    stopped: bytes
    stopped_text: bytes
    not_found: bytes
    refused: bytes
    unavailable: bytes
    failed: bytes
    style: str


def render(folders: Sequence[Path], letterhead: Letterhead) -> Pages:
    """Render every page from `folders`, a team's own before the shipped one, file by file.

    Raises TemplateError naming the file.
    """
    templates = Environment(
        loader=FileSystemLoader(folders), autoescape=select_autoescape(["html"]), undefined=StrictUndefined
    )
    style = _text(templates, _STYLE, {})
    words = {
        "company": letterhead.company,
        "postal_address": letterhead.postal_address,
        "reply_to": letterhead.reply_to,
        "mailto": f"mailto:{quote(letterhead.reply_to, safe='@')}",
        "style": Markup(style),  # noqa: S704 - our own file, and nobody's input
    }

    def page(name: str) -> bytes:
        return _text(templates, name, words).encode()

    return Pages(
        stop=page("stop.html"),
        stopped=page("stopped.html"),
        stopped_text=page("stopped.txt") + b"\n",
        not_found=page("not_found.html"),
        refused=page("refused.html"),
        unavailable=page("unavailable.html"),
        failed=page("failed.html"),
        style=f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}",
    )


def _text(templates: Environment, name: str, words: dict[str, str]) -> str:
    try:
        return templates.get_template(name).render(words)
    except JinjaError as error:
        raise TemplateError(f"templates/pages/{name}: {error.message}") from None
    except Exception as error:  # noqa: BLE001 - a team's template may raise anything, and need not be UTF-8
        raise TemplateError(f"templates/pages/{name} failed with {type(error).__name__}") from None
