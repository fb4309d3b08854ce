"""Writes a record as one line of the interchange format: the inverse of reading it."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from rekindle.exchange.record import CandidateRecord


def to_json(record: CandidateRecord) -> str:
    """Return one line of JSON without its end. What holds nothing is left out; reading gives an equal record back."""
    return _encode(record)


def _plain(value: Any) -> Any:
    """Give the encoder what it does not know itself: days, and the nouns of record.py."""
    if type(value) is date:
        return value.isoformat()
    names, values = _fields(value.__class__)
    return {name: held for name, held in zip(names, values(value), strict=True) if held}


@cache
def _fields(noun: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = tuple(field.name for field in fields(noun))
    return names, attrgetter(*names)


# A record holds no circle to be checked for.
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain).encode
