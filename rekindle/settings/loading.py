"""Reads config/*.toml (ours, then the team's) and REKINDLE_* into Settings, and says exactly which knob is wrong."""

import os
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rekindle.errors import SettingsError
from rekindle.resources import shipped
from rekindle.settings.model import Settings

_FILES = ("default.toml", "policy.toml")
_NOT_KNOBS = {"REKINDLE_CONFIG", "REKINDLE_NOW", "REKINDLE_PERSON"}
_SECRETS = {("smtp", "password"), ("prefect", "auth"), ("secret", "key")}
_LEAST_SECRET = 16

_Origins = dict[tuple[str, ...], str]


def load(folder: Path | None = None) -> Settings:
    """Build the settings from the shipped files, the team's `folder` and the environment, in that order.

    The team's folder is `folder`, else REKINDLE_CONFIG, else ./config; it need not exist unless it was named.
    Raises SettingsError naming file or variable, knob, value and what is allowed.
    """
    team = _team_folder(folder)
    merged: dict[str, Any] = {}
    origins: _Origins = {}
    for source in dict.fromkeys([shipped("config").resolve(), team.resolve()]):
        for name in _FILES:
            _merge(merged, _read(source / name), origins, str(source / name))
    _refuse_secrets(origins)
    _refuse_unknown_variables()
    try:
        settings = Settings(**merged, folder=team)
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(detail, origins) for detail in error.errors())) from None
    return _checked(settings)


def _team_folder(folder: Path | None) -> Path:
    named = folder or (Path(os.environ["REKINDLE_CONFIG"]) if os.environ.get("REKINDLE_CONFIG") else None)
    if named and not named.is_dir():
        raise SettingsError(f"{named} is not a folder; --config and REKINDLE_CONFIG name a folder of TOML files")
    return named or Path("config")


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not a TOML file in UTF-8: {error}") from None


def _merge(into: dict[str, Any], new: dict[str, Any], origins: _Origins, origin: str, at: tuple[str, ...] = ()) -> None:
    for key, value in new.items():
        place = (*at, key)
        origins[place] = origin
        if isinstance(value, dict):
            child = into.setdefault(key, {})
            if isinstance(child, dict):
                _merge(child, value, origins, origin, place)
                continue
        into[key] = value


def _refuse_secrets(origins: _Origins) -> None:
    for place in _SECRETS & origins.keys():
        variable = _variable(place)
        raise SettingsError(
            f"{origins[place]}: {'.'.join(place)} is a secret: set {variable} in the environment instead"
        )


def _refuse_unknown_variables() -> None:
    known = {_variable((section, knob)) for section, knobs in _knobs().items() for knob in knobs}
    for name in sorted(os.environ):
        if name.startswith("REKINDLE_") and name not in known | _NOT_KNOBS:
            raise SettingsError(f"{name} is not a setting{_did_you_mean(name, known | _NOT_KNOBS)}")


def _knobs() -> dict[str, list[str]]:
    """List section -> knobs, from the model, so that it cannot fall behind."""
    return {
        section: list(field.annotation.model_fields)
        for section, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    }


def _variable(place: tuple[str, ...]) -> str:
    return "REKINDLE_" + "_".join(place).upper()


def _explain(detail: ErrorDetails, origins: _Origins) -> str:
    place = tuple(str(part) for part in detail["loc"])
    knob = ".".join(place)
    variable = _variable(place[:2])
    origin = variable if variable in os.environ else _origin(place, origins)
    if detail["type"] == "extra_forbidden":
        siblings = set(_knobs().get(place[0], ())) if len(place) > 1 else set(Settings.model_fields)
        return f"{origin}: {knob} is not a setting{_did_you_mean(place[-1], siblings)}"
    if detail["type"] == "missing":
        return f"{knob} is not set: write it into config/default.toml or set {variable}"
    allowed = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    shown = "(secret)" if place[:2] in _SECRETS else repr(detail["input"])
    return f"{origin}: {knob} = {shown[:80]} is not allowed; allowed: {allowed}"


def _origin(place: tuple[str, ...], origins: _Origins) -> str:
    for end in range(len(place), 0, -1):
        if place[:end] in origins:
            return origins[place[:end]]
    return "settings"


def _did_you_mean(name: str, known: set[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else f"; the settings are {', '.join(sorted(known))}"


def _checked(settings: Settings) -> Settings:
    key = settings.secret.key.get_secret_value()
    if key and len(key) < _LEAST_SECRET:
        raise SettingsError(f"REKINDLE_SECRET_KEY is too short: give it at least {_LEAST_SECRET} random characters")
    return settings
