"""Records that somebody of the team leaves and who takes over, and takes it back. Hands nothing over itself."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, LostRace, NotFound
from rekindle.journey.letters.standards import Colleague
from rekindle.journey.people.succession import is_circle
from rekindle.store.departures import Departure
from rekindle.store.dialect import insert_new
from rekindle.store.engine import changed


def leave(
    session: Session, person: str, to: str, *, on: date, team: Mapping[str, Colleague], by: str, now: datetime
) -> bool:
    """Record that `person` leaves on a day and `to` takes over.

    Said again it changes the day; with the same day it changes nothing, and returns False.

    `team` is the team as it is now. Raises NotFound for somebody who is none of it, BadInput for a successor who is not
    here or would hand over to that very person, and for somebody who has left already to somebody else.
    """
    known = _recorded(session)
    for address in (person, to):
        if address not in team:
            raise NotFound(f"{address} is not one of [people] in the settings: they know names and roles")
    before = known.get(person) or team[person].successor
    if before == to:
        another_day = (Departure.person == person, Departure.left_on != on)
        return bool(changed(session, update(Departure).where(*another_day).values(left_on=on)))
    if before:
        raise BadInput(f"{person} has left already, to {before}: take that back first, with --undo, or in the settings")
    if team[to].successor:
        raise BadInput(f"{to} has left as well: name somebody who is here")
    if is_circle(person, to, known):
        raise BadInput(f"{to} hands over to {person} in the end: name somebody who stays")
    row = {"person": person, "successor": to, "left_on": on, "recorded_by": by, "recorded_at": now}
    if session.scalar(insert_new(session, Departure).returning(Departure.person), row) is None:
        raise LostRace(f"somebody else has said in this moment that {person} leaves: `rekindle people list` shows it")
    return True


def stay(session: Session, person: str) -> None:
    """Take back that somebody leaves; what was handed over stays where it is. Raises BadInput when nobody said so."""
    if not changed(session, delete(Departure).where(Departure.person == person)):
        raise BadInput(f"nobody has recorded that {person} leaves: `rekindle people list` shows who did")


def departures(session: Session) -> list[Departure]:
    """List who has left or is going to, by the records."""
    return list(session.scalars(select(Departure).order_by(Departure.left_on, Departure.person)))


def _recorded(session: Session) -> dict[str, str]:
    """Return who has left, or will, and who takes over: a circle that closes next month is one."""
    return {row.person: row.successor for row in departures(session)}
