"""One candidate as the forecast carries them through the days: what is on record, and what came to them since.

Knows no programme and asks no database.
"""

from bisect import bisect_right, insort
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from rekindle.journey.bulk.choosing import Reader
from rekindle.journey.warming.due import Quiet
from rekindle.journey.warming.readiness import Interval
from rekindle.store.facts import Limits, Mails, budget
from states.candidate import CandidateState
from states.facts import Facts
from states.guards import Refusal
from states.programme import Programme

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One mail somebody would get: when, of which programme, and why."""

    at: datetime
    programme: Programme
    why: str


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives and reads mail, as far as it is known."""

    timezone: str | None
    country: str | None
    city: str | None
    domain: str | None


@dataclass(slots=True)
class Standing:
    """What is known of one candidate at the moment the forecast has come to."""

    candidate_id: int
    #: Random and opaque, as in the row.
    key: str
    #: In which state they are by then.
    stands: CandidateState | None
    #: As of the beginning; `facts_at` brings them up to date.
    known: Facts
    home: Home
    reader: Reader
    #: When mail went to them within the last year, oldest first.
    mails: list[datetime]
    most_per_year: int | None
    last_contact_on: date | None
    interval: Interval
    #: The address of whoever writes to them.
    writer: str
    outreach_open: bool
    #: Personal letters that wait or are on their way.
    letters: int
    got: list[Receipt] = field(default_factory=list)
    #: Why something did not come to them, by the code of the reason; of each its last sentence.
    why_not: dict[str, Refusal] = field(default_factory=dict)

    def facts_at(self, now: datetime, limits: Limits) -> Facts:
        """Return what guards would be told at `now`."""
        free, free_on = budget(self.most_per_year, self._mails(now), now, limits)
        return replace(self.known, now=now, budget_free=free, budget_free_on=free_on, letter_waits=self.letters > 0)

    def miss(self, refusal: Refusal) -> None:
        """Take note of why something does not come to them."""
        self.why_not[refusal.code] = refusal

    def receive(self, receipt: Receipt, *, personal: bool) -> None:
        """Take a mail: it counts against the budget, and a personal one is a contact."""
        self.got.append(receipt)
        insort(self.mails, receipt.at)
        if personal:
            self.letters -= 1
            self.last_contact_on = max(self.last_contact_on or receipt.at.date(), receipt.at.date())

    def quiet(self) -> Quiet | None:
        """Return since when nobody has been in touch with them; None where no contact is on record."""
        on = self.last_contact_on
        return Quiet(self.candidate_id, on, self.interval) if on else None

    def _mails(self, now: datetime) -> Mails | None:
        year = self.mails[bisect_right(self.mails, now - _YEAR) :]
        return Mails(year[0], year[-1], len(year)) if year else None
