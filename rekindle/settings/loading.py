"""Reads config/*.toml (ours, then the team's) and REKINDLE_* into Settings; `explaining` says which knob is wrong."""

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rekindle.errors import SettingsError
from rekindle.resources import shipped
from rekindle.settings.explaining import SECRETS, Origins, did_you_mean, explain, knobs, variable
from rekindle.settings.model import Settings
from rekindle.settings.shapes import holds_password

FILES = ("default.toml", "policy.toml")
#: Variables that are not knobs: where the settings are, the rehearsal clock, who is typing.
NOT_KNOBS = frozenset({"REKINDLE_CONFIG", "REKINDLE_NOW", "REKINDLE_PERSON"})
#: Whoever lists people lists all of them: nobody of the example may be left among those who decide.
_REPLACED_WHOLE = {("people",)}
_LEAST_SECRET = 16


def load(folder: Path | None = None) -> Settings:
    """Build the settings from the shipped files, the team's `folder` and the environment, in that order.

    The team's folder is `folder`, else REKINDLE_CONFIG, else ./config; it need not exist unless it was named.
    Raises SettingsError naming file or variable, knob, value and what is allowed.
    """
    team = _team_folder(folder)
    merged: dict[str, Any] = {}
    origins: Origins = {}
    for source in dict.fromkeys([shipped("config").resolve(), team.resolve()]):
        for name in FILES:
            _merge(merged, _read(source / name), origins, str(source / name))
    _refuse_secrets(merged, origins)
    _refuse_unknown_variables()
    if "folder" in merged:
        raise SettingsError(f"{origins['folder',]}: folder is not a setting; name the folder with --config")
    try:
        settings = Settings(**merged, folder=team)
    except ValidationError as error:
        raise SettingsError("\n".join(explain(detail, origins) for detail in error.errors())) from None
    if len(settings.people) < len(merged.get("people", {})):
        raise SettingsError(f"{origins['people',]}: people names somebody twice, once in other case")
    return _checked(settings)


def _team_folder(folder: Path | None) -> Path:
    named = folder or (Path(os.environ["REKINDLE_CONFIG"]) if os.environ.get("REKINDLE_CONFIG") else None)
    if named and not named.is_dir():
        raise SettingsError(f"{named} is not a folder; --config and REKINDLE_CONFIG name a folder of TOML files")
    if named and not any((named / name).exists() for name in FILES):
        raise SettingsError(f"{named} holds neither {' nor '.join(FILES)}; `rekindle init` writes both")
    team = named or Path("config")
    _refuse_misnamed(team)
    return team


def _refuse_misnamed(folder: Path) -> None:
    for file in sorted(folder.glob("*.toml")):
        close = get_close_matches(file.name.casefold(), FILES, n=1, cutoff=0.8)
        if close and file.name not in FILES:
            raise SettingsError(f"{file} is not read; did you mean {close[0]}?")


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        # Some editors begin a UTF-8 file with a byte order mark, which TOML does not know.
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not a TOML file in UTF-8: {error}") from None
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}") from None


def _merge(
    into: dict[str, Any], new: Mapping[str, Any], origins: Origins, origin: str, at: tuple[str, ...] = ()
) -> None:
    for key, value in new.items():
        place = (*at, key)
        origins[place] = origin
        if place in _REPLACED_WHOLE:
            into.pop(key, None)
        if isinstance(value, dict) and isinstance(into.setdefault(key, {}), dict):
            _merge(into[key], value, origins, origin, place)
        else:
            into[key] = value


def _refuse_secrets(merged: Mapping[str, Any], origins: Origins) -> None:
    for place, origin in origins.items():
        if place in SECRETS or holds_password(_value_at(merged, place)):
            what = "is a secret" if place in SECRETS else "holds a password"
            raise SettingsError(f"{origin}: {'.'.join(place)} {what}: set {variable(place)} in the environment instead")


def _value_at(merged: Mapping[str, Any], place: tuple[str, ...]) -> Any:
    value: Any = merged
    for key in place:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _refuse_unknown_variables() -> None:
    known = {variable((section, knob)) for section, own in knobs().items() for knob in own} | NOT_KNOBS
    for name in sorted(os.environ):
        if name.upper().startswith("REKINDLE_") and name not in known:
            raise SettingsError(f"{name} is not a setting{did_you_mean(name, known)}")


def _checked(settings: Settings) -> Settings:
    key = settings.secret.key.get_secret_value()
    if key and len(key) < _LEAST_SECRET:
        raise SettingsError(f"REKINDLE_SECRET_KEY is too short: give it at least {_LEAST_SECRET} random characters")
    return settings
