"""Which stored row a newly read one speaks of, and what of it changes. Asks no database and knows no people."""

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from rekindle.store.applications import Application
from rekindle.store.base import Row

Columns = dict[str, Any]
Stored = TypeVar("Stored", bound=Row)
#: A reason and whether it may be said go together: nobody's words are said on somebody else's permission.
_REASON = ("reason", "reason_sayable")
#: When a row was first read is no news.
_FIXED = {"created_at", *_REASON}
_NOTHING = (None, "")


def paired(
    rows: Sequence[Columns],
    stored: Sequence[Stored],
    keys: Sequence[str],
    alike: Callable[[Stored, Columns], bool] = lambda _row, _columns: False,
) -> Iterator[tuple[Columns, Stored | None]]:
    """Give each row with the stored one of the same keys, else with one that is left over and alike, else with None."""
    key = itemgetter(*keys)
    by_key = {key(vars(row)): row for row in stored}
    same = [by_key.get(key(columns)) for columns in rows]
    left = [row for row in stored if row not in same]
    for columns, exact in zip(rows, same, strict=True):
        found = exact or next((row for row in left if alike(row, columns)), None)
        if found in left:
            left.remove(found)
        yield columns, found


def same_candidacy(row: Application, columns: Columns) -> bool:
    """Say whether both can be one candidacy: the same role, and neither team nor day says otherwise."""
    pairs = [(getattr(row, name), columns[name]) for name in ("team", "applied_on")]
    return row.role == columns["role"] and all(None in pair or pair[0] == pair[1] for pair in pairs)


def overlay(row: Row, columns: Columns, *, overwrites: bool) -> list[str]:
    """Set what is said; without `overwrites`, only what was not known. Return the names of what changed."""
    changed = _take_reason(row, columns, overwrites=overwrites) if "reason" in columns else []
    for name, value in columns.items():
        held = getattr(row, name)
        if name in _FIXED or value in _NOTHING or value == held:
            continue
        if overwrites or held in _NOTHING:
            setattr(row, name, value)
            changed.append(name)
    return changed


def _take_reason(row: Row, columns: Columns, *, overwrites: bool) -> list[str]:
    said, held = (tuple(source[name] for name in _REASON) for source in (columns, vars(row)))
    if said[0] is None or said == held or (held[0] and not overwrites):
        return []
    for name, value in zip(_REASON, said, strict=True):
        setattr(row, name, value)
    return ["reason"]
