"""Reads JSON Lines: one candidate a line. A line that cannot be read is a bad row; the next one starts afresh."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from rekindle.exchange.lines import LONGEST, Lines, LineTooLong
from rekindle.exchange.problems import Problem, shown
from rekindle.exchange.rows import WHOLE, Bad, Row, judged
from rekindle.exchange.rules import checked


def json_rows(path: Path, encoding: str, today: date | None) -> Iterator[Row]:
    """Read a file of JSON Lines, in constant memory. Blank lines are nothing."""
    with Lines(path, encoding) as lines:
        while True:
            try:
                for text in lines:
                    lines.mark()
                    if not text.isspace():
                        yield _row(lines.number, text, lines.offset, today)
            except LineTooLong as error:
                lines.mark()
                yield Bad(lines.number, (_too_long(error.beginning),), lines.offset)
            else:
                return


def _row(number: int, text: str, offset: int, today: date | None) -> Row:
    try:
        decoded = _decode(text)
    except _Twice as error:
        return Bad(number, (Problem(error.name, "(twice)", "each name once in an object"),), offset)
    except json.JSONDecodeError as error:
        return Bad(number, (_not_json(text, error),), offset)
    except (ValueError, RecursionError):
        problem = Problem(WHOLE, shown(text), "JSON with plain numbers and a few levels of nesting")
        return Bad(number, (problem,), offset)
    return judged(number, checked(decoded, today), offset)


class _Twice(Exception):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = shown(name)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    decoded = dict(pairs)
    if len(decoded) != len(pairs):
        seen = Counter(name for name, _ in pairs)
        raise _Twice(next(name for name, count in seen.items() if count > 1))
    return decoded


def _no_constant(name: str) -> None:
    raise ValueError(name)


_decode = json.JSONDecoder(object_pairs_hook=_each_once, parse_constant=_no_constant).decode


def _not_json(text: str, error: json.JSONDecodeError) -> Problem:
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        return Problem(
            WHOLE, shown("…" + text.rstrip()[-40:]), "a whole JSON object: this line breaks off, is the file cut?"
        )
    around = text[max(0, error.pos - 20) : error.pos + 30].strip()
    return Problem(WHOLE, shown(around), f"one JSON object: at character {error.pos + 1} it is no JSON")


def _too_long(beginning: str) -> Problem:
    return Problem(WHOLE, shown(beginning), f"at most {LONGEST:,} characters on one line")
