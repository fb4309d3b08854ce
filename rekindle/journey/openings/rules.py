"""What a team's policy says about shortlists. Values only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rekindle.store.facts import Limits


@dataclass(frozen=True, slots=True)
class Rules:
    limits: Limits
    #: Levels from junior to senior.
    ladder: Sequence[str]
    #: Who had a letter about any role within so many days is left in peace.
    recently_days: int
    #: A role is the same again if somebody was turned down for it within so many months.
    recycle_months: int
    address_hash: Callable[[str], str]

    def recently_since(self, now: datetime) -> datetime:
        return now - timedelta(days=self.recently_days)

    def recycled_since(self, today: date) -> date:
        """Return the day so many months before `today`; the last of its month where there is no such day."""
        months = today.year * 12 + today.month - 1 - self.recycle_months
        first = date(max(1, months // 12), months % 12 + 1, 1)
        return min(first + timedelta(days=today.day - 1), _last_of_month(first))


def _last_of_month(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)
