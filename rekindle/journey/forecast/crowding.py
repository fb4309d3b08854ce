"""How much of our mail each company had within a day, as the forecast counts it. Pure."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rekindle.journey.outbox.pace import Pace

_DAY = timedelta(days=1)


@dataclass(slots=True)
class Crowding:
    """The last day's mails by domain."""

    pace: Pace
    went: defaultdict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def full_until(self, domain: str | None, now: datetime) -> datetime | None:
        """Return when a mail to this domain may go; None when it may go now."""
        if not self._counts(domain):
            return None
        today = self.went[domain or ""]
        while today and today[0] <= now - _DAY:
            today.popleft()
        return today[0] + _DAY if len(today) >= self.pace.per_domain else None

    def count(self, domain: str | None, instants: Iterable[datetime]) -> None:
        """Count mails that went; in order of time."""
        if self._counts(domain):
            self.went[domain or ""].extend(instants)

    def _counts(self, domain: str | None) -> bool:
        return bool(self.pace.per_domain and domain) and domain not in self.pace.open_domains
