"""Goes through everybody who has something in common with a role: how high each could stand, and in which class.

The points are never fewer than `rekindle.journey.openings.ranking` gives, so whoever cannot reach the list by these is
spared a closer look. It decides nothing itself.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row
from sqlalchemy.orm import Session

from rekindle.journey.openings import counting, weights
from rekindle.journey.openings.circumstances import contact_points
from rekindle.journey.openings.overlapping import Overlap
from rekindle.journey.openings.paging import pages
from rekindle.journey.openings.ranking import Order, order
from rekindle.journey.openings.rules import Rules
from rekindle.journey.openings.topic import Topic

Class = tuple[Any, ...]


class Sifted(NamedTuple):
    """One person; whoever could stand highest sorts first, by the same as in `ranking.order`."""

    #: The most points they could have, negative.
    points: int
    #: The day of the last contact as an ordinal, negative.
    contact: int
    candidate_id: int
    #: All that guards ask about; whoever has the same gets the same answer.
    class_: Class
    #: They were turned down for this very role not long ago.
    is_same_again: bool

    @property
    def order(self) -> Order:
        """Where they would stand at best."""
        return self[:3]


def sift(session: Session, overlap: Overlap, topic: Topic, rules: Rules, now: datetime) -> list[Sifted]:
    """Look at everybody in `overlap`; whoever could stand highest comes first."""
    query, connection = counting.counted(overlap, topic, rules, now), session.connection()
    rows = (row for page in pages(sorted(overlap.points)) for row in connection.execute(query, {"ids": page}).all())
    return sorted(_sifted(row, overlap, now.date()) for row in rows)


def _sifted(row: Row[Any], overlap: Overlap, today: date) -> Sifted:
    candidate_id, points, last, heard, again, *standing = row
    most = overlap.points[candidate_id] + (points or 0) + contact_points(last, today) + weights.WORDS_AT_MOST
    if heard:
        most += weights.HEARD_FROM
    if counting.PERHAPS_WITHDREW in standing:
        standing.append(candidate_id)
    return Sifted(*order(most, last, candidate_id), tuple(standing), bool(again))
