"""Reads config/courtesy.toml, ours and the team's: what their file names replaces ours, list by list."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rekindle.errors import SettingsError

FILE = "courtesy.toml"


def courtesy_words(folders: Sequence[Path]) -> dict[str, Any]:
    """Return the merged file of `folders`, a later one before an earlier. Raises SettingsError naming the file."""
    merged: dict[str, Any] = {}
    for folder in dict.fromkeys(folder.resolve() for folder in folders):
        if (folder / FILE).exists():
            _overlay(merged, _read(folder / FILE))
    return merged


def _overlay(into: dict[str, Any], new: Mapping[str, Any]) -> None:
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _overlay(into[key], value)
        else:
            into[key] = value


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not a TOML file in UTF-8: {error}") from None
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}") from None
