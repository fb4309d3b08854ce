"""Which editions carry an item that may not change unseen: somebody is asked about it, or has said yes to it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.store.editions import UNFINISHED, Edition


def carriers(session: Session, ids: Collection[int] | None = None) -> dict[int, list[int]]:
    """Return item id -> the editions not yet done that carry it; for these items, or for all.

    From the planning on the words of an edition's items are fixed: a change voids the approval.
    """
    found: dict[int, list[int]] = {}
    for number, items in session.execute(
        select(Edition.id, Edition.items).where(Edition.state.in_(UNFINISHED)).order_by(Edition.id)
    ):
        for item in items:
            if ids is None or item in ids:
                found.setdefault(item, []).append(number)
    return found


def named(numbers: Collection[int]) -> str:
    """Write `edition 3`, or `editions 3 and 4`."""
    *others, last = map(str, sorted(set(numbers)))
    return f"editions {', '.join(others)} and {last}" if others else f"edition {last}"
