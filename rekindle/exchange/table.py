"""Reads the rows of a CSV file: each becomes an object of the interchange format and is checked by the same rules.

A row that cannot be read costs itself alone: after an open quote, reading starts again on the line below it.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from rekindle.exchange import cells
from rekindle.exchange.cells import DateOrder
from rekindle.exchange.columns import FullName, Sections
from rekindle.exchange.header import Header, Place
from rekindle.exchange.lines import LONGEST, Lines, LineTooLong
from rekindle.exchange.presets import ANY_OTHER, Values
from rekindle.exchange.problems import Problem, shown
from rekindle.exchange.record import CandidateRecord
from rekindle.exchange.rows import WHOLE, Bad, Row, judged
from rekindle.exchange.rules import checked
from rekindle.exchange.wording import blind

_A_ROW = f"quotes that are closed and doubled within, and cells of at most {csv.field_size_limit():,} characters"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one file are to be understood."""

    header: Header
    date_order: DateOrder | None
    full_name: FullName
    #: The system the rows come from; None leaves it to the column `source`.
    source: str | None
    today: date | None


def table_rows(path: Path, encoding: str, reading: Reading) -> Iterator[Row]:
    """Read a CSV file, in constant memory. Empty rows are nothing."""
    with Lines(path, encoding) as lines:
        for number, found in _split(lines, reading.header):
            if isinstance(found, Problem):
                yield Bad(number, (found,), lines.offset)
            elif not _is_blank(found):
                yield judged(number, _candidate(found, reading), lines.offset)


def _split(lines: Lines, header: Header) -> Iterator[tuple[int, list[str] | Problem]]:
    """Give line number and cells of every row below the header, or what is wrong with the row as a whole."""
    rows = csv.reader(lines, delimiter=header.delimiter, strict=True)
    for _ in range(header.height):
        next(lines)
    while True:
        lines.mark()
        start = lines.number + 1
        found = _next_row(rows, lines)
        if found is None:
            return
        yield start, _fitting(found, header) if isinstance(found, list) else found


def _next_row(rows: Iterator[list[str]], lines: Lines) -> list[str] | Problem | None:
    """Read one row, which may span lines. After one that cannot be read, go on with the line below its first."""
    try:
        return next(rows, None)
    except LineTooLong as error:
        lines.step_back()
        return Problem(WHOLE, shown(error.beginning), f"at most {LONGEST:,} characters on one line")
    except csv.Error:
        return Problem(WHOLE, shown(lines.step_back().strip()), _A_ROW)


def _fitting(row: list[str], header: Header) -> list[str] | Problem:
    surplus = len(row) - header.width
    if surplus == 0 or _is_blank(row):
        return row
    if surplus > 0 and _is_blank(row[header.width :]):
        return row[: header.width]
    return Problem(WHOLE, f"{len(row)} columns", f"{header.width}, as in the header")


def _is_blank(row: list[str]) -> bool:
    return not "".join(row).strip()


def _candidate(row: list[str], reading: Reading) -> CandidateRecord | tuple[Problem, ...]:
    sections, problems = Sections(), list[Problem]()
    for place in reading.header.places:
        text = _translated(row[place.index].strip(), place.values)
        if text:
            _put(sections, place, text, reading.date_order, problems)
    decoded = sections.assemble(reading.full_name)
    _identify(decoded, reading.source)
    found = checked(decoded, reading.today)
    if isinstance(found, CandidateRecord):
        return tuple(problems) or found
    headers = reading.header.names()
    for problem in found:
        column = sections.column_at(problem.column)
        problems.append(replace(problem, column=headers.get(column, column)))
    return tuple(problems)


def _translated(text: str, values: Values) -> str:
    if not values or not text:
        return text
    return values.get(blind(text), values.get(ANY_OTHER, text))


def _put(sections: Sections, place: Place, text: str, order: DateOrder | None, problems: list[Problem]) -> None:
    """Put the meaning of a cell into its place. A plain no is what is anyway, and is left out."""
    column = place.column
    match column.holds:
        case "text":
            sections.put(column, text)
        case "list":
            sections.put(column, cells.items(text))
        case "link":
            sections.put(column, cells.link(text))
        case "day":
            day = cells.day(text, order)
            if day:
                sections.put(column, day.isoformat())
            else:
                problems.append(Problem(place.header, shown(text), cells.expected_day(text, order)))
        case "flag":
            answer = cells.flag(text)
            if answer:
                sections.put(column, True)
            elif answer is None:
                problems.append(Problem(place.header, shown(text), "yes or no"))


def _identify(decoded: dict[str, Any], source: str | None) -> None:
    """Give the row the id it is known by: without one of its own, one made from its address."""
    decoded["source"] = source or decoded.get("source") or "csv"
    address = str(decoded.get("email", "")).casefold()
    decoded.setdefault("source_id", "address-" + sha256(address.encode(errors="replace")).hexdigest()[:24])
