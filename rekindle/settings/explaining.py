"""Says in one line which knob is wrong, where it was set and what is allowed; never shows a secret."""

import os
from difflib import get_close_matches

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from rekindle.settings.model import Settings
from rekindle.settings.shapes import holds_password

#: Where each knob was last set, by its place: ("smtp", "port") -> the file.
Origins = dict[tuple[str, ...], str]

SECRETS = frozenset(
    {
        ("smtp", "password"),
        ("prefect", "auth"),
        ("secret", "key"),
        ("dkim", "rsa_pem"),
        ("dkim", "ed25519_pem"),
    }
)
_LONGEST_SHOWN = 80
#: What pydantic says in more words than a person needs.
_PLAINLY = {
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "string_type": "a text in quotes",
    "string_too_short": "a text that is not empty",
    "too_short": "a list that is not empty",
    "tuple_type": "a list",
    "model_type": "a section of knobs",
    "dict_type": "a section of knobs",
    "time_parsing": "a time of day such as 10:00",
    "time_type": "a time of day such as 10:00",
    "path_type": "a path in quotes",
}


def explain(detail: ErrorDetails, origins: Origins) -> str:
    """Turn one error of pydantic into: file or variable, knob, value, what is allowed."""
    place = tuple(str(part) for part in detail["loc"] if part != "[key]")
    knob, origin = ".".join(place), _origin(place, origins)
    match detail["type"]:
        case "extra_forbidden":
            return f"{origin}: {knob} is not a setting{did_you_mean(place[-1], _siblings(place))}"
        case "missing":
            return f"{origin}: {knob} is not set{_or_variable(place)}"
        case "value_error" if len(place) == 1:
            return f"{origin}: [{knob}] {_allowed(detail)}"
    return f"{origin}: {knob} = {_shown(place, detail['input'])} is not allowed; allowed: {_allowed(detail)}"


def did_you_mean(name: str, known: set[str] | frozenset[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else f"; the settings are {', '.join(sorted(known))}"


def knobs() -> dict[str, list[str]]:
    """List section -> knobs, from the model, so that it cannot fall behind."""
    return {
        section: list(field.annotation.model_fields)
        for section, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    }


def variable(place: tuple[str, ...]) -> str:
    return "REKINDLE_" + "_".join(place).upper()


def _siblings(place: tuple[str, ...]) -> set[str]:
    match place:
        case (_,):
            return set(knobs()) | {"people"}
        case ("people", _, _):
            return {"name", "title", "roles"}
        case _:
            return set(knobs().get(place[0], ()))


def _origin(place: tuple[str, ...], origins: Origins) -> str:
    """Name the variable when one set it, else the file that spoke last of it or of what holds it."""
    if variable(place[:2]) in os.environ:
        return variable(place[:2])
    file = next((origins[place[:end]] for end in range(len(place), 0, -1) if place[:end] in origins), "settings")
    overridden = sorted(variable((place[0], knob)) for knob in knobs().get(place[0], ()) if len(place) == 1)
    return " and ".join([file, *(name for name in overridden if name in os.environ)])


def _or_variable(place: tuple[str, ...]) -> str:
    settable = len(place) > 1 and place[1] in knobs().get(place[0], ())
    return f": write it there, or set {variable(place)}" if settable else ": write it there"


def _allowed(detail: ErrorDetails) -> str:
    said = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return _PLAINLY.get(detail["type"], said)


def _shown(place: tuple[str, ...], value: object) -> str:
    if place[:2] in SECRETS or holds_password(value):
        return "(not shown: it holds a secret)"
    return repr(value)[:_LONGEST_SHOWN]
