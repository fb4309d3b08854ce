"""The quarterly update: plan the edition, wait for a person, deliver. Called again with the same period it goes on."""

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed

from flows import edition_run, naming
from rekindle import clock
from rekindle.journey.bulk import nurture
from rekindle.wiring import Rekindle, open_rekindle


@flow(name="quarterly-update", flow_run_name=naming.by_period)
def quarterly_update(period: str | None = None) -> State[None]:
    """Bring the edition of `period` (2026-Q4) one step further; without a period, that of the scheduled time."""
    rekindle = open_rekindle()
    named = period or naming.scheduled_period(rekindle.settings)
    if period is None and naming.is_stale(rekindle.settings) and not _is_begun(rekindle, named):
        return Completed(name="Skipped", message="its time is too long past: late news is left out, not sent")
    return edition_run.bring_on(rekindle, choose_recipients(named))


@task(name="choose recipients", cache_policy=NO_CACHE)
def choose_recipients(period: str) -> int:
    """Decide for everybody who is nurturing what they get or why not; return the edition's id."""
    rekindle = open_rekindle()
    now = clock.now()
    with rekindle.store.writing() as session:
        edition_run.link(session, nurture.begin_update(session, period, now))
    return nurture.plan_update(rekindle.store, period, now, rekindle.rule, rekindle.frozen)


def _is_begun(rekindle: Rekindle, period: str) -> bool:
    with rekindle.store.reading() as session:
        return nurture.exists(session, period)
