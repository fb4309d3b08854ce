"""Serves every flow with its schedule from the settings, on one machine: `python -m flows.serve`.

A stop must neither pause the schedules nor leave runs that look alive: see docs/decisions/prefect.md.
"""

import sys

from prefect import serve
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.states import Crashed

from flows.every import FLOWS
from flows.naming import TAG
from rekindle.journey import periods
from rekindle.settings import Settings
from rekindle.wiring import open_rekindle

#: How many runs at once: SQLite has one writer, and a run is a process of 100 MB.
LIMIT = 4


def schedules(settings: Settings) -> dict[str, Schedule]:
    """Return the schedule of each flow, in the team's time zones."""
    when, quarterly = settings.schedule, settings.quarterly
    return {
        "plan": Cron(periods.daily(when.plan), timezone=when.timezone),
        "housekeeping": Cron(periods.daily(when.housekeeping), timezone=when.timezone),
        "quarterly-update": Cron(periods.cron(quarterly), timezone=quarterly.timezone),
        "deliver": Cron(f"*/{when.deliver_minutes} * * * *", timezone=when.timezone),
        "sweep": Cron(f"*/{when.sweep_minutes} * * * *", timezone=when.timezone),
    }


def deployments(settings: Settings) -> list[RunnerDeployment]:
    """Build a deployment for each flow, named like the flow."""
    own = schedules(settings)
    return [RunnerDeployment.from_flow(flow, name, schedules=[own[name]], tags=[TAG]) for name, flow in FLOWS.items()]


def reconcile() -> int:
    """Mark runs as crashed that a killed machine left `Running`: they hold their slots for ever. Return how many.

    For one machine only: it takes every run that looks alive for one of a process that is gone.
    """
    under_way = {"tags": {"all_": [TAG]}, "state": {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}}
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(flow_run_filter=FlowRunFilter.model_validate(under_way))
        for run in runs:
            client.set_flow_run_state(run.id, Crashed(message="interrupted: Rekindle was stopped"), force=True)
    return len(runs)


def main(*arguments: str) -> None:
    """Serve until told to stop; with --reconcile, only put right what a stop has left."""
    reconcile()
    if "--reconcile" in arguments:
        return
    serve(*deployments(open_rekindle().settings), limit=LIMIT, pause_on_shutdown=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
