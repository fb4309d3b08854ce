"""Phrases with slots: `{month}` in a phrase of config/courtesy.toml stands for any entry of the list `months`."""

import re
from collections.abc import Mapping

from rekindle.courtesy.entries import ways_to_write
from rekindle.errors import BadInput

_SLOTS = {
    "month": "months",
    "clear_month": "clear_months",
    "season": "seasons",
    "quarter": "quarters",
    "unit": "units",
    "step": "step_nouns",
    "level": "level_words",
    "kind": "step_kinds",
}
#: A number, whole or with a half, in words or in digits.
_NUMBER = "n"
_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\([^()]*\)")


def filled(phrase: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    """Put all entries of its list in the place of each slot of a phrase. Raises BadInput for one that nobody knows."""

    def inside(slot: re.Match[str]) -> str:
        if slot[1] == _NUMBER:
            return "|".join((*_ways("half_numbers", lists), *_ways("numbers", lists), "#"))
        if slot[1] not in _SLOTS:
            known = ", ".join(sorted((*_SLOTS, _NUMBER)))
            raise BadInput(f"courtesy.toml: nothing is called {slot[0]} in '{phrase}'; there are {known}")
        return "|".join(_ways(_SLOTS[slot[1]], lists))

    # Brackets do not nest: among other choices the entries are choices like them.
    within = _CHOICE.sub(lambda choice: _SLOT.sub(inside, choice[0]), phrase)
    return _SLOT.sub(lambda slot: f"({inside(slot)})", within)


def _ways(name: str, lists: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [way for entry in lists[name] for way in ways_to_write(entry)]
