"""Opens a file of candidates: finds out what it is, refuses the whole of what it is not, then gives it row by row.

The first step of the route; nothing is stored here. Memory does not depend on the size of the file.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from rekindle.errors import BadInput
from rekindle.exchange.cells import DateOrder
from rekindle.exchange.header import read_header
from rekindle.exchange.jsonlines import json_rows
from rekindle.exchange.presets import PLAIN, Preset
from rekindle.exchange.rows import Bad, Good, Row
from rekindle.exchange.sniffing import Form, encoding_of, form_of, read_head, verify_text
from rekindle.exchange.table import Reading, table_rows

__all__ = ["Bad", "DateOrder", "Form", "Good", "Row", "Rows", "open_rows"]


@dataclass(frozen=True, slots=True)
class Rows:
    """A file that was found readable. Iterate to read it; each time anew."""

    path: Path
    form: Form
    encoding: str
    total_bytes: int
    #: Headers of a CSV file that nothing is read from.
    unread: tuple[str, ...]
    _open: Callable[[], Iterator[Row]] = field(repr=False)

    def __iter__(self) -> Iterator[Row]:
        return self._open()


def open_rows(
    path: Path,
    *,
    form: Form | None = None,
    preset: Preset | None = None,
    date_order: DateOrder | None = None,
    encoding: str | None = None,
    source: str | None = None,
    today: date | None = None,
) -> Rows:
    """Look through the whole of `path`, then give its rows; `form` None finds out by content.

    - `preset`, `date_order` and `source` (which wins over the file's own) are for CSV alone
    - `today` refuses what is said to have happened after it

    Raises BadInput before the first row when the file as a whole cannot be what it should.
    """
    head = read_head(path)
    encoding = encoding_of(path, head, encoding)
    verify_text(path, encoding)
    found = form_of(path, head, encoding, form or ("csv" if preset else None))
    total = path.stat().st_size
    if found == "rekindle":
        if date_order or source:
            raise BadInput(f"{path} is JSON Lines, which says its dates and its source itself: leave these options out")
        return Rows(path, found, encoding, total, (), partial(json_rows, path, encoding, today))
    preset = preset or PLAIN
    header = read_header(path, encoding, preset)
    reading = Reading(header, date_order or preset.date_order, preset.full_name, source or preset.source, today)
    return Rows(path, found, encoding, total, header.unread, partial(table_rows, path, encoding, reading))
