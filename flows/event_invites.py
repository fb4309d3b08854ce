"""The mail about an event: plan the invitation, wait for a person, deliver; and the same for each notice about it.

One run an edition. Called again with the same event, or period, it goes on.
"""

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed

from flows import edition_run, naming
from rekindle import clock
from rekindle.errors import BadInput
from rekindle.journey.events import due, inviting
from rekindle.journey.events.keeping import find_event
from rekindle.wiring import Rekindle, open_rekindle


@flow(name="event-invites", flow_run_name=naming.by_event)
def event_invites(event: str | None = None, period: str | None = None) -> State[None]:
    """Bring the invitation to `event` (its slug) one step further; or the notice of `period`, such as 7-change-2."""
    rekindle = open_rekindle()
    if period is not None:
        return edition_run.bring_on(rekindle, take_up(period))
    if event is None:
        raise BadInput("name the event by its slug: `rekindle events list` shows those there are")
    if reason := _too_late(rekindle, event):
        return Completed(name="TooLate", message=f"nobody is invited to {event}: {reason}")
    return edition_run.bring_on(rekindle, choose_guests(event))


@task(name="choose guests", cache_policy=NO_CACHE)
def choose_guests(slug: str) -> int:
    """Decide for everybody who is nurturing whether they are invited, or why not; return the edition's id."""
    rekindle, now = open_rekindle(), clock.now()
    with rekindle.store.writing() as session:
        event = find_event(session, slug)
        edition_run.link(session, inviting.begin_invitations(session, event, now))
    return inviting.plan_invitations(rekindle.store, event.id, now, rekindle.guests, rekindle.frozen)


@task(name="take up notice", cache_policy=NO_CACHE)
def take_up(period: str) -> int:
    """Let this run show a notice that was prepared; return the edition's id. An invitation is planned on."""
    rekindle, now = open_rekindle(), clock.now()
    with rekindle.store.writing() as session:
        edition = due.edition_of(session, period)
        edition_run.link(session, edition)
    if due.is_unplanned_invitation(edition):
        return inviting.plan_invitations(rekindle.store, edition.event_id or 0, now, rekindle.guests, rekindle.frozen)
    return edition.id


def _too_late(rekindle: Rekindle, slug: str) -> str | None:
    """Say why an invitation that was not planned never will be."""
    with rekindle.store.reading() as session:
        event = find_event(session, slug)
        if due.is_planned(session, event.id):
            return None
        return inviting.too_late(event, clock.now(), rekindle.event_notice)
