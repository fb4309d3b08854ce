"""Asks about many people without one statement a person: pages of ids, written into the statement as numbers."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import BindParameter, bindparam

Item = TypeVar("Item")

#: Large enough that a page costs more than the round trip, small enough for any database's longest statement.
PAGE = 1000

#: Where the ids of a page stand. Not bound one by one: some databases take fewer bound values than a page has ids.
IDS: BindParameter[list[int]] = bindparam("ids", expanding=True, literal_execute=True)


def pages(items: Sequence[Item], size: int = PAGE) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
