"""Names flow runs for a reader: ids, periods and days, never a person."""

from datetime import datetime, timedelta

from prefect.runtime import flow_run

from rekindle import clock, runs
from rekindle.journey.bulk.periods import name_of
from rekindle.settings import Settings

TAG = runs.TAG
AWAITING = "awaiting-approval"


def scheduled() -> datetime:
    """Return when this run was meant to start; a rehearsal's clock wins."""
    return clock.rehearsal() or flow_run.scheduled_start_time or clock.now()


def scheduled_period(settings: Settings) -> str:
    """Return the quarter this run was scheduled in, on the team's calendar."""
    return name_of(scheduled().astimezone(settings.quarterly.zone).date())


def is_stale(settings: Settings) -> bool:
    """Say whether this run was scheduled so long ago that what it would send is no news any more."""
    return clock.now() - scheduled() > timedelta(days=settings.quarterly.catch_up_days)


def by_period() -> str:
    """Name a run like `quarterly-update 2026-Q4`."""
    period = flow_run.parameters.get("period") or name_of(scheduled().date())
    return f"{flow_run.flow_name} {period}"


def by_week() -> str:
    """Name a run by its ISO week, like `digest 2026-W42`."""
    return f"{flow_run.flow_name} {scheduled():%G-W%V}"


def by_minute() -> str:
    """Name a run like `sweep 2026-10-13 08:05`."""
    return f"{flow_run.flow_name} {scheduled():%Y-%m-%d %H:%M}"


def by_role() -> str:
    """Name a run by its role, like `re-engagement director-product`."""
    return f"{flow_run.flow_name} {flow_run.parameters.get('role')}"


def by_event() -> str:
    """Name a run by its event, like `event-invites pricing-night`, or by the notice it shows."""
    return f"{flow_run.flow_name} {flow_run.parameters.get('event') or flow_run.parameters.get('period')}"


def by_approval() -> str:
    """Name a decision by what it is about, never by who made it."""
    return f"decide approval {flow_run.parameters.get('approval_id')}"


def by_edition() -> str:
    """Name a delivery by its edition, or by the minute when it takes whatever is due."""
    edition_id = flow_run.parameters.get("edition_id")
    return f"deliver edition {edition_id}" if edition_id else by_minute()
