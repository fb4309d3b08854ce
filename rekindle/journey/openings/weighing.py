"""Weighs people one by one, from the top, until nobody who is left could reach the list.

In three steps, each dearer than the one before: where the database puts them, what their words say, all reasons. Nobody
is passed over for good: who could not reach the list is looked at again once somebody on it has been turned away.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush

from sqlalchemy.orm import Session

from rekindle.journey.openings.paging import PAGE
from rekindle.journey.openings.profiles import profiles
from rekindle.journey.openings.ranking import Order, Ranked, ranked
from rekindle.journey.openings.sifting import Sifted
from rekindle.journey.openings.topic import Topic
from rekindle.journey.openings.wording import at_best


@dataclass(slots=True)
class Weighing:
    """How far it has come. `eligible` stand in the order of where they would stand at best."""

    session: Session
    eligible: Sequence[Sifted]
    topic: Topic
    ladder: Sequence[str]
    today: date
    most: int
    _at: int = 0
    _size: int = field(init=False)
    #: Their words have been read: where each would stand at best now.
    _waiting: list[Order] = field(default_factory=list)
    _weighed: list[Ranked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._size = self.most

    def top(self) -> list[Ranked]:
        """Return the list as it stands, in order."""
        while self._could_reach(self._next()):
            self._read_page()
            self._weigh_those_who_could_reach()
        return self._weighed[: self.most]

    def turn_away(self, ids: Container[int]) -> None:
        self._weighed = [one for one in self._weighed if one.candidate_id not in ids]

    def _next(self) -> Order | None:
        """Return the best place that anybody not weighed yet could have."""
        unread = [self.eligible[self._at].order] if self._at < len(self.eligible) else []
        return min([*unread, *self._waiting[:1]], default=None)

    def _could_reach(self, order: Order | None) -> bool:
        if order is None:
            return False
        return len(self._weighed) < self.most or order < self._weighed[self.most - 1].order

    def _read_page(self) -> None:
        page = self.eligible[self._at : self._at + self._size]
        if page and self._could_reach(page[0].order):
            self._at, self._size = self._at + len(page), min(2 * self._size, PAGE)
            for order in at_best(self.session, page, self.topic):
                heappush(self._waiting, order)

    def _weigh_those_who_could_reach(self) -> None:
        ids = []
        while self._waiting and self._could_reach(self._waiting[0]):
            ids.append(heappop(self._waiting)[-1])
        found = (ranked(each, self.topic, self.ladder, self.today) for each in profiles(self.session, ids))
        self._weighed = sorted((*self._weighed, *filter(None, found)), key=lambda one: one.order)
