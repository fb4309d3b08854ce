"""Every day: what is due and not yet planned? So a late, missed or doubled schedule does no harm."""

from datetime import timedelta

from prefect import State, flow
from prefect.states import Completed

from flows import naming, showing, starting
from rekindle import clock
from rekindle.journey.bulk import nurture, periods
from rekindle.journey.events import due, reminding
from rekindle.journey.letters import showing as standing
from rekindle.wiring import Rekindle, open_rekindle


@flow(name="plan", flow_run_name=naming.by_minute)
def plan() -> State[None]:
    """Start the letters of every role that was opened, mail about events, and the update if its time has come."""
    rekindle = open_rekindle()
    opened = start_letters(rekindle)
    events = start_invitations(rekindle) + start_reminders(rekindle)
    period, reason = due_period(rekindle)
    if period is None:
        showing.show_text("plan", f"{_begun(opened, events)} No update: {reason}.")
        return Completed(name="Started" if opened or events else "NothingDue", message=reason)
    # One start a day: should that run die before it has begun, tomorrow's plan starts another.
    starting.start("quarterly-update", {"period": period}, key=f"quarterly-update-{period}-{clock.now():%Y-%m-%d}")
    showing.show_text("plan", f"{_begun(opened, events)} Started quarterly-update {period}: {reason}.")
    return Completed(name="Started", message=f"quarterly-update {period}")


def start_letters(rekindle: Rekindle) -> int:
    """Start a run for each open role that has none yet; return how many."""
    with rekindle.store.reading() as session:
        roles = standing.roles_without_run(session)
    for role in roles:
        starting.start("re-engagement", {"role": role.slug}, key=f"re-engagement-{role.slug}-{clock.now():%Y-%m-%d}")
    return len(roles)


def start_invitations(rekindle: Rekindle) -> int:
    """Start a run for each event that nobody has been invited to yet; return how many."""
    now = clock.now()
    with rekindle.store.reading() as session:
        events = due.due_invitations(session, now, rekindle.event_notice)
    for event in events:
        starting.start("event-invites", {"event": event.slug}, key=f"event-invites-{event.slug}-{now:%Y-%m-%d}")
    return len(events)


def start_reminders(rekindle: Rekindle) -> int:
    """Prepare the reminder of each event that is near, and start a run that shows it; return how many."""
    now, before = clock.now(), timedelta(days=rekindle.settings.events.remind_days)
    with rekindle.store.writing() as session:
        reminders = reminding.prepare_reminders(session, now, before, rekindle.frozen)
    for edition in reminders:
        starting.start("event-invites", {"period": edition.period}, key=f"event-invites-{edition.period}")
    return len(reminders)


def _begun(roles: int, events: int) -> str:
    return f"Letters begun for {roles} roles; {events} invitations and reminders of events begun."


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
