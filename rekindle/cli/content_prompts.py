"""Asks for an item field by field, at a terminal; a wrong answer is explained and asked for again."""

from datetime import date
from typing import Any

import typer

#: What is asked, and what an empty answer means; None: there has to be one.
_QUESTIONS: tuple[tuple[str, str, str | None], ...] = (
    ("title", "Title", None),
    ("url", "Link", None),
    ("summary", "What it says, in a sentence or two", None),
    ("topics", "Topics, with commas between (empty: none)", ""),
    ("families", "For which kinds of work, with commas between (empty: all)", ""),
    ("language", "Language", "en"),
    ("published_on", "Since when (empty: today)", ""),
    ("valid_until", "The last day it is worth telling (empty: no end)", ""),
)
_LISTS = frozenset(("topics", "families"))


def asked_for(today: date) -> dict[str, Any]:
    """Return what somebody typed, each value sound by itself."""
    typer.echo("Nothing is stored before the last answer; Ctrl-C stops.")
    answers = {name: _asked(name, question, default, today) for name, question, default in _QUESTIONS}
    return {name: value for name, value in answers.items() if value}


def _asked(name: str, question: str, default: str | None, today: date) -> Any:
    from rekindle.journey.bulk.publishing import wrong_with

    while True:
        typed = typer.prompt(question, default=default, show_default=bool(default)).strip()
        value = [part.strip() for part in typed.split(",") if part.strip()] if name in _LISTS else typed
        if not value and default == "":
            return None
        wrong = wrong_with(name, value, today)
        if wrong is None:
            return value
        typer.echo(wrong)
