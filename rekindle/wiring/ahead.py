"""Puts a forecast together from a Rekindle, and a second Rekindle with other settings for comparison."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.bulk.choosing import Item
from rekindle.journey.bulk.nurture import as_items
from rekindle.journey.forecast.agenda import Times
from rekindle.journey.forecast.foretelling import Calendar, foretell
from rekindle.journey.forecast.outlook import Outlook
from rekindle.journey.forecast.walking import Terms
from rekindle.journey.warming.check_ins import draftable
from rekindle.settings.explaining import variable
from rekindle.store.content import items_valid_on
from rekindle.wiring import Rekindle, open_rekindle
from states.guards import Refusal


def look_ahead(rekindle: Rekindle, session: Session, now: datetime, days: int) -> Outlook:
    """Say what everybody would receive within `days` from `now`."""
    return foretell(session, now, days, _terms(rekindle, session), _calendar(rekindle), rekindle.standards)


@contextmanager
def with_settings(rekindle: Rekindle, changes: Sequence[str]) -> Iterator[Rekindle]:
    """Open the same Rekindle with other settings: each `section.key=value`. Raises BadInput for what is none."""
    before, folder = dict(os.environ), rekindle.settings.folder
    try:
        os.environ.update(map(_assigned, changes))
        other = open_rekindle(folder if folder.is_dir() else None)
    finally:
        os.environ.clear()
        os.environ.update(before)
    try:
        yield other
    finally:
        other.store.close()


def _assigned(change: str) -> tuple[str, str]:
    place, equals, value = change.partition("=")
    section, dot, key = place.strip().partition(".")
    if not (equals and dot and section and key):
        raise BadInput(f"{change!r} sets nothing: write it like budget.min_days=30")
    return variable((section, key)), value.strip()


def _calendar(rekindle: Rekindle) -> Calendar:
    schedule, quarterly = rekindle.settings.schedule, rekindle.settings.quarterly
    zone = ZoneInfo(schedule.timezone)
    times = Times(zone, schedule.housekeeping, schedule.plan, schedule.check_ins, rekindle.pace.hours.days)
    return Calendar(times, quarterly, timedelta(days=quarterly.catch_up_days))


def _terms(rekindle: Rekindle, session: Session) -> Terms:
    return Terms(
        policy=rekindle.policy,
        rule=rekindle.rule,
        pace=rekindle.pace,
        notice=rekindle.event_notice,
        remind_before=timedelta(days=rekindle.settings.events.remind_days),
        a_day=rekindle.check_ins[0],
        stale_after=rekindle.stale_after,
        spread=rekindle.spread,
        items=_items(session),
        drafts=_drafts(rekindle, session),
    )


def _items(session: Session) -> Callable[[date], Sequence[Item]]:
    return lambda day: as_items(items_valid_on(session, day))


def _drafts(rekindle: Rekindle, session: Session) -> Callable[[int, datetime], Refusal | None]:
    desk = rekindle.drafting
    return lambda candidate_id, now: draftable(session, candidate_id, desk, now)
