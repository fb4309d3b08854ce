"""How well a person and a role go together: reasons with their points, and nothing hidden behind them.

Pure: no clock, no store. The score is the sum of the points; whoever has a reason more with points never stands lower.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rekindle.journey.openings.circumstances import circumstances
from rekindle.journey.openings.common import background, in_common
from rekindle.journey.openings.profile import Profile, Reason
from rekindle.journey.openings.topic import Topic

#: What a list is sorted by: see `order`.
Order = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person on the list."""

    candidate_id: int
    score: int
    last_contact: date | None
    reasons: tuple[Reason, ...]

    @property
    def order(self) -> Order:
        return order(self.score, self.last_contact, self.candidate_id)


def order(score: int, last_contact: date | None, candidate_id: int) -> Order:
    """Return what a list is sorted by: most points, then who was in touch last, then the lower id."""
    return -score, -(last_contact or date.min).toordinal(), candidate_id


def ranked(profile: Profile, topic: Topic, ladder: Sequence[str], today: date) -> Ranked | None:
    """Weigh one person; None for somebody who has nothing in common with the role."""
    common = tuple(in_common(profile, topic))
    if not common:
        return None
    reasons = (*common, *background(profile, topic), *circumstances(profile, topic, ladder, today))
    last_on = profile.last_contact.on if profile.last_contact else None
    return Ranked(profile.candidate_id, sum(each.points for each in reasons), last_on, reasons)
