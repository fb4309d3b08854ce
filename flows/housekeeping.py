"""Every morning: whoever has cooled off is kept warm from now on, where the policy allows it."""

from datetime import timedelta

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed

from flows import naming, showing
from rekindle import clock
from rekindle.journey import cooling
from rekindle.journey.cooling import CoolOff
from rekindle.wiring import open_rekindle


@flow(name="housekeeping", flow_run_name=naming.by_minute)
def housekeeping() -> State[None]:
    """Move those who may be moved, ask for those who need it, and say why the others stay."""
    done = begin_nurturing()
    counts = {"now nurturing": len(done.moved), "waiting for approval": len(done.asked_for)}
    showing.show_counts("housekeeping", "Who has cooled off", counts)
    showing.show_counts("housekeeping-staying", "Who stays rejected-warm, by reason", done.staying)
    return Completed(name="Tidy", message=f"{len(done.moved)} now nurturing, {len(done.asked_for)} asked about")


@task(name="begin nurturing", cache_policy=NO_CACHE)
def begin_nurturing() -> CoolOff:
    rekindle = open_rekindle()
    asked = rekindle.settings.approvals
    return cooling.begin_nurturing(
        rekindle.store,
        clock.now(),
        rekindle.policy,
        deciders=asked.decided_by,
        due=timedelta(days=asked.due_days),
    )
