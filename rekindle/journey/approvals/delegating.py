"""Lets a colleague decide in somebody's place while they are away."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.store.delegations import Delegation


def delegate(
    session: Session, person: str, to: str, *, since: date, until: date, team: Collection[str], now: datetime
) -> Delegation:
    """Hand over what `person` decides to a colleague, for the days from `since` to `until`.

    A later word wins over an earlier one. Raises BadInput for a stranger, oneself, or days that are over.
    """
    if to not in team:
        raise BadInput(f"{to} is not one of the people in policy.toml, or has left")
    if to == person:
        raise BadInput("name a colleague: nobody stands in for themselves")
    if until < since or until < now.date():
        raise BadInput(f"{until} is over, or before {since}: say from when to when somebody stands in")
    row = Delegation(person=person, delegate=to, since=since, until=until, created_at=now)
    session.add(row)
    session.flush()
    return row


def delegations(session: Session, today: date) -> list[Delegation]:
    """List those that hold today or later, soonest first."""
    query = select(Delegation).where(Delegation.until >= today)
    return list(session.scalars(query.order_by(Delegation.since, Delegation.id)))
