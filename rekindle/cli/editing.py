"""`rekindle letters edit`: new words from an editor, a file or standard input; kept whatever the check says of them."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from rekindle import clock
from rekindle.cli.deciding import told
from rekindle.cli.letter_page import print_findings
from rekindle.courtesy.letter import read_letter
from rekindle.errors import BadInput, CourtesyRefused
from rekindle.journey.approvals import deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.letters import editing
from rekindle.store.letters import letters_of

if TYPE_CHECKING:
    from rekindle.wiring import Rekindle

_LARGEST = 1_000_000


def edited(rekindle: "Rekindle", number: int, person: str, file: str | None, *, approve: bool) -> None:
    """Take new words, say what the check finds, and approve them in the same transaction if told to."""
    who = rekindle.decider(person)
    with rekindle.store.reading() as session:
        before = letters_of(session, [editing.find(session, number).id])[number]
    text = _typed(f"Subject: {before.subject}\n\n{before.body}\n") if file is None else text_of(file)
    letter = read_letter(text)
    subject, now = letter.subject or before.subject, clock.now()
    with rekindle.store.writing() as session:
        done = editing.edit(session, number, subject, letter.body, rekindle.standards, by=who.address, now=now)
    print_findings(done.findings)
    if done.asked is None:
        raise CourtesyRefused(f"letter {number} is kept on the desk and goes nowhere as it is: {done.held}")
    typer.echo(f"approval {done.asked.id} asks about these words")
    if approve:
        with rekindle.store.writing() as session:
            decision = deciding.decide(
                session, done.asked.id, Decision.APPROVE, who, terms=rekindle.terms, now=now, via="cli"
            )
        told(rekindle, decision)


def text_of(file: str) -> str:
    """Read a text somebody wrote; what is no text stands in it as the sign for a lost letter.

    Raises BadInput for a file that cannot be read.
    """
    try:
        data = sys.stdin.buffer.read(_LARGEST * 4) if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from None
    return data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")


def _typed(before: str) -> str:
    """Open the words in the person's own editor. They lie in a file only its owner may read, and only for that long."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with TemporaryDirectory(prefix="rekindle-") as folder:
        page = Path(folder) / "letter.txt"
        page.write_text(before, encoding="utf-8")
        try:
            code = subprocess.run([*shlex.split(editor), str(page)], check=False).returncode  # noqa: S603 - their editor
        except OSError as error:
            raise BadInput(f"{editor} cannot be started ({error.strerror}): set EDITOR, or give --file") from None
        if code:
            raise BadInput(f"{editor} ended with an error: nothing was changed")
        return text_of(str(page))
