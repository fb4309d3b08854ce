"""A candidate's own days between two personal contacts: how often they want a word, and when silence is too long."""

from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.letters.writing import hold_person
from rekindle.journey.warming.readiness import Interval

#: As for the team, in [checkins]: more often is pushy, less often is no rhythm.
LEAST, MOST_DAYS, MOST_MOST = 30, 730, 1095


def keep_rhythm(
    session: Session, candidate_id: int, days: int | None, most_days: int | None, team: Interval
) -> Interval:
    """Keep somebody's own days, or none where both are None; return what holds for them from now on.

    Raises BadInput for days that are no rhythm.
    """
    if (days, most_days) != (None, None):
        _refuse_odd(team.with_own(days, most_days), days)
    person = hold_person(session, candidate_id)
    person.check_in_days, person.check_in_most_days = days, most_days
    session.flush()
    return team.with_own(days, most_days)


def _refuse_odd(own: Interval, days: int | None) -> None:
    if not (LEAST <= own.days <= MOST_DAYS and LEAST <= own.most_days <= MOST_MOST):
        raise BadInput(f"give {LEAST} to {MOST_DAYS} days, and at most {LEAST} to {MOST_MOST}")
    if days is not None and days > own.most_days:
        raise BadInput("the ideal days must not be more than those at most")
