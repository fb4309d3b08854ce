"""Sorts out who may not be on a list: how many for each reason, and the first few of each with the records."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from rekindle.journey.openings.barring import barred, known
from rekindle.journey.openings.rules import Rules
from rekindle.journey.openings.sifting import Class, Sifted
from rekindle.journey.openings.standing import OPTED_OUT, LeftOut
from rekindle.journey.openings.topic import Topic


@dataclass(slots=True)
class Tally:
    """Who was left out so far. `examples` of each reason are kept, in the order they come."""

    examples: int
    counts: Counter[str] = field(default_factory=Counter)
    _first: dict[str, dict[int, LeftOut | None]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, candidate_id: int, code: str, why: LeftOut | None = None) -> None:
        """Count somebody; without `why` it is looked up later, for those who are kept."""
        self.counts[code] += 1
        if len(self._first[code]) < self.examples:
            self._first[code][candidate_id] = why

    def commonest(self) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(self.counts.items(), key=lambda each: (-each[1], each[0])))

    def explained(self, session: Session, topic: Topic, rules: Rules, now: datetime) -> tuple[LeftOut, ...]:
        """Return the examples of each reason, the commonest reason first."""
        kept = [self._first[code] for code, _ in self.commonest()]
        unsaid = [candidate_id for each in kept for candidate_id, why in each.items() if why is None]
        found = barred(session, unsaid, topic, rules, now)
        reasons = (why or found.get(candidate_id) for each in kept for candidate_id, why in each.items())
        return tuple(filter(None, reasons))


def sort_out(
    session: Session,
    sifted: Sequence[Sifted],
    approached: Mapping[int, LeftOut],
    tally: Tally,
    rules: Rules,
    now: datetime,
) -> list[Sifted]:
    """Return who may be on the list as far as the database can tell at once; count the others."""
    codes = _codes(session, sifted, rules, now)
    eligible = []
    for one in sifted:
        code, before = codes[one.class_], approached.get(one.candidate_id)
        if before and code != OPTED_OUT:
            tally.add(one.candidate_id, before.code, before)
        elif code or one.is_same_again:
            tally.add(one.candidate_id, code or "recycled_role")
        else:
            eligible.append(one)
    return eligible


def _codes(session: Session, sifted: Sequence[Sifted], rules: Rules, now: datetime) -> dict[Class, str | None]:
    """Ask the guards once for each class, about one of its people: what they ask about is the same for all."""
    first = {one.class_: one.candidate_id for one in reversed(sifted)}
    of_person = {one.person.id: one.refusals for one in known(session, list(first.values()), rules, now)}
    return {
        class_: next((refusal.code for refusal in of_person[candidate_id]), None)
        for class_, candidate_id in first.items()
    }
