"""Every day: what is due and not yet planned? So a late, missed or doubled schedule does no harm."""

from datetime import timedelta

from prefect import State, flow
from prefect.states import Completed

from flows import naming, showing, starting
from rekindle import clock
from rekindle.journey.bulk import nurture, periods
from rekindle.journey.letters import showing as standing
from rekindle.wiring import Rekindle, open_rekindle


@flow(name="plan", flow_run_name=naming.by_minute)
def plan() -> State[None]:
    """Start the letters of every role that was opened, and the quarterly update if its time has come."""
    rekindle = open_rekindle()
    opened = start_letters(rekindle)
    period, reason = due_period(rekindle)
    if period is None:
        showing.show_text("plan", f"Letters begun for {opened} roles. No update: {reason}.")
        return Completed(name="Started" if opened else "NothingDue", message=reason)
    # One start a day: should that run die before it has begun, tomorrow's plan starts another.
    starting.start("quarterly-update", {"period": period}, key=f"quarterly-update-{period}-{clock.now():%Y-%m-%d}")
    showing.show_text("plan", f"Letters begun for {opened} roles. Started quarterly-update {period}: {reason}.")
    return Completed(name="Started", message=f"quarterly-update {period}")


def start_letters(rekindle: Rekindle) -> int:
    """Start a run for each open role that has none yet; return how many."""
    with rekindle.store.reading() as session:
        roles = standing.roles_without_run(session)
    for role in roles:
        starting.start("re-engagement", {"role": role.slug}, key=f"re-engagement-{role.slug}-{clock.now():%Y-%m-%d}")
    return len(roles)


def due_period(rekindle: Rekindle) -> tuple[str | None, str]:
    """Return the period that is due and unplanned, and why; None with the reason when there is none."""
    when, now = rekindle.settings.quarterly, clock.now()
    instant = periods.latest(when, now)
    period = periods.name_of(instant.astimezone(when.zone).date())
    with rekindle.store.reading() as session:
        if nurture.is_planned(session, period):
            return None, f"{period} is planned"
    if now - instant > timedelta(days=when.catch_up_days):
        return None, f"{period} was missed by more than {when.catch_up_days} days and is left out"
    return period, f"due since {instant:%Y-%m-%d %H:%M} UTC"
