"""Reads the header of a CSV file: which delimiter, which of our columns each cell of a row fills, what goes unread."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rekindle.errors import BadInput
from rekindle.exchange.columns import BY_HEADER, Column
from rekindle.exchange.lines import Lines, LineTooLong
from rekindle.exchange.presets import Filling, Preset, Values
from rekindle.exchange.problems import shown
from rekindle.exchange.wording import blind

_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of every row: where it stands, what it is headed, and the column of ours that it fills."""

    index: int
    header: str
    column: Column
    values: Values


@dataclass(frozen=True, slots=True)
class Header:
    delimiter: str
    #: How many physical lines it takes, and how many cells a row has.
    height: int
    width: int
    places: tuple[Place, ...]
    #: The headers that fill no column; the import report names them, for their content is not stored.
    unread: tuple[str, ...]

    def names(self) -> dict[str, str]:
        """Return our column -> the header that a person finds it under in the file."""
        names = {place.column.name: place.header for place in reversed(self.places)}
        if "full_name" in names:
            names.setdefault("given_name", names["full_name"])
        return names


def read_header(path: Path, encoding: str, preset: Preset) -> Header:
    """Read the first row. Raises BadInput when it is no header of candidates."""
    header = max((_parsed(path, encoding, delimiter, preset) for delimiter in _DELIMITERS), key=_recognised)
    _refuse_unusable(path, header)
    _refuse_twice(path, header)
    return header


def _parsed(path: Path, encoding: str, delimiter: str, preset: Preset) -> Header:
    with Lines(path, encoding) as lines:
        try:
            cells = next(filter(any, csv.reader(lines, delimiter=delimiter, strict=True)), [])
        except (csv.Error, LineTooLong):
            cells = []
        height = lines.number
    headers = [" ".join(cell.split()) for cell in cells]
    places = [place for index, header in enumerate(headers) for place in _places(index, header, preset)]
    read = {place.index for place in places}
    unread = tuple(header for index, header in enumerate(headers) if header and index not in read)
    return Header(delimiter, height, len(headers), tuple(sorted(places, key=_precedence(preset))), unread)


def _places(index: int, header: str, preset: Preset) -> list[Place]:
    word = blind(header)
    if word in preset.ignore:
        return []
    ours = BY_HEADER.get(word)
    fillings = preset.columns.get(word)
    if fillings is None:
        fillings = (Filling(ours, preset.values.get(ours.name, {})),) if ours else ()
    return [Place(index, header, column, values) for column, values in fillings]


def _precedence(preset: Preset) -> Callable[[Place], tuple[int, int]]:
    """Order places as the preset lists them: of two headers for one column, the first that is filled counts."""
    ranks = {word: rank for rank, word in enumerate(preset.columns)}
    return lambda place: (ranks.get(blind(place.header), len(ranks)), place.index)


def _recognised(header: Header) -> tuple[int, int]:
    return len(header.places), header.width


def _refuse_unusable(path: Path, header: Header) -> None:
    if not header.places:
        raise BadInput(
            f"{path} is no list of candidates: its first line names none of our columns (email, given_name, role,"
            " outcome and so on); if it is the export of another system, name its preset"
        )
    names = header.names().keys()
    for needed, enough in (("email", {"email"}), ("given_name", {"given_name", "full_name"})):
        if not enough & names:
            unread = ", ".join(map(shown, header.unread)) or "none"
            raise BadInput(f"{path} has no column {needed}: rename one or map it with a preset (unread are: {unread})")


def _refuse_twice(path: Path, header: Header) -> None:
    seen: dict[str, int] = {}
    for place in header.places:
        if seen.setdefault(blind(place.header), place.index) != place.index:
            raise BadInput(f"{path}, line 1: two columns are called {shown(place.header)}; rename or remove one")
