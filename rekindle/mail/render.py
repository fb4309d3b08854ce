"""Turns an email's name and context into subject, text and HTML, for one person after the other.

Asks nobody whether it may be said or sent, and reads templates only once.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rekindle.errors import BadInput, TemplateError
from rekindle.mail.catalogue import email
from rekindle.mail.compiled import Compiled, Sources, compiled


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one person is going to read."""

    subject: str
    text: str
    html: str


class Renderer:
    """Renders the emails of the catalogue from `folders`, a team's own before the shipped one, file by file.

    Templates are compiled on first use and kept: a run speaks with one voice even if a file changes meanwhile.
    """

    def __init__(self, folders: Sequence[Path], mark: str = "") -> None:
        """`mark` goes before every subject, for mail that is none: a test."""
        self._folders = tuple(folders)
        self._mark = mark
        self._compiled: dict[str, Compiled] = {}

    def render(self, name: str, context: object) -> Rendered:
        """Render the email called `name`; `context` is an instance of its class in the catalogue.

        Raises TemplateError, without a word of the context, when a template fails or the subject is not one line.
        """
        templates = self._templates(name)
        if not isinstance(context, templates.email.context):
            raise BadInput(f"{name} is rendered from {templates.email.context.__name__}, not {type(context).__name__}")
        values = templates.values(context)
        subject = templates.subject(values).strip()
        if len(subject.splitlines()) != 1:
            raise TemplateError(f"{templates.email.folder}/subject.txt must become exactly one line")
        return Rendered(f"{self._mark}{subject}", templates.text(values), templates.html(values))

    def marked(self, mark: str) -> "Renderer":
        """Return the same with a mark before every subject."""
        return Renderer(self._folders, mark)

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
        return self._templates(name).sources

    def _templates(self, name: str) -> Compiled:
        found = self._compiled.get(name)
        if found is None:
            found = self._compiled[name] = compiled(email(name), self._folders)
        return found
