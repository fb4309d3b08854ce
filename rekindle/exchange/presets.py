"""Presets: how the columns of another system's CSV export map to ours, as a TOML file a team can write itself.

The team's folder is looked into before the shipped one. What each knob means stands in docs/import.md.
"""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

from rekindle.errors import BadInput, SettingsError
from rekindle.exchange.cells import DateOrder
from rekindle.exchange.columns import COLUMNS, Column, FullName
from rekindle.exchange.problems import choice, did_you_mean
from rekindle.exchange.rules import BASES, OUTCOMES, REJECTIONS, SIDES
from rekindle.exchange.wording import blind

#: Their value (blind) -> ours; mapped to "" it is as if the cell were empty.
Values = Mapping[str, str]

#: Stands for every value of theirs that is not named.
ANY_OTHER = "*"


class Filling(NamedTuple):
    """That a column of theirs fills one of ours, and how its values translate; without any they stay as they are."""

    column: Column
    values: Values


@dataclass(frozen=True, slots=True)
class Preset:
    """`columns` and the keys of values are in blind wording (see wording.py)."""

    name: str
    source: str | None = None
    date_order: DateOrder | None = None
    full_name: FullName = "whole"
    #: Their header -> what it fills, in the order of the preset.
    columns: Mapping[str, tuple[Filling, ...]] = field(default_factory=dict)
    #: Headers that mean something else than our column of the same name.
    ignore: frozenset[str] = frozenset()
    #: Our column -> how values translate, wherever it is filled from.
    values: Mapping[str, Values] = field(default_factory=dict)


#: Our own column names, no translation.
PLAIN = Preset("csv")

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_CLOSED: dict[str, Collection[str]] = {
    "outcome": OUTCOMES,
    "rejected_by": SIDES,
    "rejection": REJECTIONS,
    "consent_basis": BASES,
}
_KNOBS = ("source", "date_order", "full_name", "ignore", "columns", "values")


def load_preset(name: str, folders: Sequence[Path]) -> Preset:
    """Read NAME.toml from the first of `folders` that has it.

    Raises BadInput when none has, SettingsError when the file is not as it should be.
    """
    for folder in folders if _NAME.fullmatch(name) else ():
        file = folder / f"{name}.toml"
        if file.is_file():
            return _read(name, file)
    known = preset_names(folders)
    raise BadInput(f"there is no preset of that name; the presets are {', '.join(known) or 'none'}")


def preset_names(folders: Sequence[Path]) -> list[str]:
    """List the presets there are."""
    return sorted({file.stem for folder in folders if folder.is_dir() for file in folder.glob("*.toml")})


def _read(name: str, file: Path) -> Preset:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not a TOML file in UTF-8: {error}") from None
    for knob in content:
        if knob not in _KNOBS:
            raise SettingsError(f"{file}: {knob} is not a knob of a preset; {did_you_mean(knob, _KNOBS)}")
    values = _all_values(file, _table(file, "values", content.get("values", {})))
    return Preset(
        name=name,
        source=_text(file, "source", content.get("source")),
        date_order=cast("DateOrder | None", _choice(file, content, "date_order", get_args(DateOrder))),
        full_name=cast("FullName | None", _choice(file, content, "full_name", get_args(FullName))) or "whole",
        columns=_columns(file, _table(file, "columns", content.get("columns", {})), values),
        ignore=frozenset(blind(header) for header in _texts(file, "ignore", content.get("ignore", []))),
        values=values,
    )


def _columns(file: Path, table: dict[str, Any], shared: dict[str, Values]) -> dict[str, tuple[Filling, ...]]:
    """Read `header = column`, `header = [columns]` or `header = {column = {their value = ours}}`."""
    columns = {}
    for header, ours in table.items():
        knob = f"columns.{header}"
        if isinstance(ours, dict):
            own = {name: _values(file, f"{knob}.{name}", name, mapping) for name, mapping in ours.items()}
        else:
            own = {name: {} for name in ([ours] if isinstance(ours, str) else _texts(file, knob, ours))}
        columns[blind(header)] = tuple(
            Filling(_column(file, knob, name), values or shared.get(name, {})) for name, values in own.items()
        )
    return columns


def _all_values(file: Path, table: dict[str, Any]) -> dict[str, Values]:
    return {name: _values(file, f"values.{name}", name, mapping) for name, mapping in table.items()}


def _values(file: Path, knob: str, name: str, mapping: object) -> Values:
    _column(file, knob, name)
    values = {}
    for theirs, ours in _table(file, knob, mapping).items():
        word = _text(file, f"{knob}.{theirs}", ours) or ""
        if word and word not in _CLOSED.get(name, [word]):
            raise SettingsError(f"{file}: {knob}.{theirs} = {word!r} is not allowed; allowed: {choice(_CLOSED[name])}")
        values[theirs if theirs == ANY_OTHER else blind(theirs)] = word
    return values


def _column(file: Path, knob: str, name: str) -> Column:
    if name not in COLUMNS:
        raise SettingsError(f"{file}: {knob} names {name!r}, which is no column; {did_you_mean(name, COLUMNS)}")
    return COLUMNS[name]


def _choice(file: Path, content: dict[str, Any], knob: str, allowed: tuple[str, ...]) -> str | None:
    value = _text(file, knob, content.get(knob))
    if value is not None and value not in allowed:
        raise SettingsError(f"{file}: {knob} = {value!r} is not allowed; allowed: {', '.join(allowed)}")
    return value


def _text(file: Path, knob: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise SettingsError(f"{file}: {knob} must be text in quotes")


def _texts(file: Path, knob: str, value: object) -> list[str]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    raise SettingsError(f"{file}: {knob} must be a list of texts")


def _table(file: Path, knob: str, value: object) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise SettingsError(f"{file}: {knob} must be a table")
