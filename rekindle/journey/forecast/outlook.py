"""What a forecast found: who would receive what and when, and of everybody else why not. Values only."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rekindle.journey.forecast.standing import Receipt
from states.guards import Refusal


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate: what they would receive, in order; or, with nothing to receive, every reason why not."""

    candidate_id: int
    receives: tuple[Receipt, ...]
    why_not: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everybody, in order of id, over the days from `since` to `until`."""

    since: datetime
    until: datetime
    zone: ZoneInfo
    lines: tuple[Line, ...]

    @property
    def by_programme(self) -> Counter[str]:
        return Counter(str(receipt.programme) for _, receipt in self.receipts())

    @property
    def by_day(self) -> Mapping[date, Counter[str]]:
        """Return day, on the team's calendar -> how many mails of each programme."""
        found: dict[date, Counter[str]] = {}
        for _, receipt in self.receipts():
            found.setdefault(receipt.at.astimezone(self.zone).date(), Counter())[str(receipt.programme)] += 1
        return dict(sorted(found.items()))

    @property
    def reasons(self) -> Counter[str]:
        """Count those who receive nothing by the sentences that say why; whoever has two reasons counts twice."""
        return Counter(why.reason for line in self.lines for why in line.why_not)

    @property
    def silent(self) -> int:
        """How many receive nothing."""
        return sum(not line.receives for line in self.lines)

    def receipts(self) -> Iterator[tuple[Line, Receipt]]:
        return ((line, receipt) for line in self.lines for receipt in line.receives)
