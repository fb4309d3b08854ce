"""Whom an open role may truly fit, ranked and explained, and why others are left out. Reads only.

Everybody who has something in common with the role is looked at by the database; one by one only those who could
still reach the list. The same records always give the same list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rekindle.journey.openings.approaches import approached
from rekindle.journey.openings.barring import barred
from rekindle.journey.openings.leaving_out import Tally, sort_out
from rekindle.journey.openings.overlapping import overlap
from rekindle.journey.openings.ranking import Ranked
from rekindle.journey.openings.rules import Rules
from rekindle.journey.openings.sifting import sift
from rekindle.journey.openings.standing import LeftOut
from rekindle.journey.openings.topic import topic_of
from rekindle.journey.openings.weighing import Weighing
from rekindle.store.candidates import Candidate
from rekindle.store.facts import Limits
from rekindle.store.roles import Role

NOTHING_IN_COMMON = "nothing_in_common"


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The list of a role on one day."""

    ranked: tuple[Ranked, ...]
    #: The first few of each reason: those who would have stood highest.
    left_out: tuple[LeftOut, ...]
    #: Reason -> how many are left out for it first; the commonest first, and last who has nothing in common.
    counts: tuple[tuple[str, int], ...]
    #: How many have anything in common with the role.
    considered: int
    #: How many of these may be written to, and stand below the list.
    ranked_lower: int

    @property
    def left_out_counts(self) -> dict[str, int]:
        return dict(self.counts)


def shortlist(
    session: Session,
    role: Role,
    now: datetime,
    limits: Limits,
    ladder: Sequence[str],
    recently_days: int,
    recycle_months: int,
    most: int = 20,
    *,
    address_hash: Callable[[str], str],
    examples: int = 3,
) -> Shortlist:
    """Rank the people a role may fit, at most `most`; of those left out name `examples` for each reason."""
    rules, topic = Rules(limits, ladder, recently_days, recycle_months, address_hash), topic_of(role)
    tally = Tally(examples)
    sifted = sift(session, overlap(session, topic), topic, rules, now)
    eligible = sort_out(session, sifted, approached(session, role, topic, rules, now), tally, rules, now)
    chosen = _choose(Weighing(session, eligible, topic, ladder, now.date(), most), tally, rules, now)
    others = (session.scalar(select(func.count()).select_from(Candidate)) or 0) - len(sifted)
    return Shortlist(
        ranked=tuple(chosen),
        left_out=tally.explained(session, topic, rules, now),
        counts=(*tally.commonest(), *([(NOTHING_IN_COMMON, others)] if others else [])),
        considered=len(sifted),
        ranked_lower=len(sifted) - len(chosen) - tally.counts.total(),
    )


def _choose(weighing: Weighing, tally: Tally, rules: Rules, now: datetime) -> list[Ranked]:
    """Return the list once everybody on it has been looked at closely; who may not be on it makes room."""
    sure: set[int] = set()
    while True:
        top = weighing.top()
        unsure = [one.candidate_id for one in top if one.candidate_id not in sure]
        turned_away = barred(weighing.session, unsure, weighing.topic, rules, now)
        if not turned_away:
            return top
        sure.update(unsure)
        weighing.turn_away(turned_away)
        for each in turned_away.values():
            tally.add(each.candidate_id, each.code, each)
