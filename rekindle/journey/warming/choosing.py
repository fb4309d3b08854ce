"""May somebody get a check-in today? Facts, days and settings in, reasons out. Pure: a forecast asks the same."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from rekindle.journey.warming.readiness import Interval
from states.facts import Facts
from states.guards import Refusal, may_be_checked_on


def with_rhythm(facts: Facts, last_contact_on: date | None, interval: Interval, *, outreach_open: bool) -> Facts:
    """Tell whether the ideal interval since the last contact is over, and whether a letter about a role is under way.

    Whom no contact with is on record is not due: nobody could say when we spoke.
    """
    quiet_days = (facts.now.date() - last_contact_on).days if last_contact_on else None
    due = quiet_days is not None and quiet_days >= interval.days
    return replace(facts, due_a_word=due, other_outreach_live=outreach_open)


def against(
    facts: Facts, last_contact_on: date | None, interval: Interval, *, outreach_open: bool
) -> tuple[Refusal, ...]:
    """Return what speaks against drafting one now, before there are any words to check."""
    told = with_rhythm(facts, last_contact_on, interval, outreach_open=outreach_open)
    return may_be_checked_on(replace(told, courtesy_clean=True))


@dataclass(slots=True)
class Shares:
    """How many check-ins each person who writes can still be given today."""

    a_day: int
    given: Counter[str] = field(default_factory=Counter)

    @classmethod
    def after(cls, a_day: int, given: Mapping[str, int]) -> "Shares":
        return cls(a_day, Counter(given))

    def has_room(self, writer: str) -> bool:
        return self.given[writer] < self.a_day

    def give(self, writer: str) -> None:
        self.given[writer] += 1
