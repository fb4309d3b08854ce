"""Serves every flow with its schedule from the settings, on one machine: `python -m flows.serve`.

A stop must neither pause the schedules nor leave runs that look alive: see docs/decisions/prefect.md.
"""

import time

from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule

from flows.every import FLOWS
from flows.naming import TAG
from rekindle import runs
from rekindle.journey.bulk import periods
from rekindle.settings import Settings
from rekindle.wiring import open_rekindle

#: How many runs at once: SQLite has one writer, and a run is a process of 100 MB.
LIMIT = 4
_POLL = 0.2


def schedules(settings: Settings) -> dict[str, Schedule]:
    """Return the schedule of each flow, in the team's time zones."""
    when, quarterly = settings.schedule, settings.quarterly
    return {
        "pull": Cron(periods.daily(when.pull), timezone=when.timezone),
        "plan": Cron(periods.daily(when.plan), timezone=when.timezone),
        "housekeeping": Cron(periods.daily(when.housekeeping), timezone=when.timezone),
        "quarterly-update": Cron(periods.cron(quarterly), timezone=quarterly.timezone),
        # Drafts are for people to read: none on days on which nobody does.
        "check-ins": Cron(periods.on_days(when.check_ins, settings.sending.days), timezone=when.timezone),
        "deliver": Cron(f"*/{when.deliver_minutes} * * * *", timezone=when.timezone),
        "digest": Cron(periods.weekly(when.digest, when.digest_on), timezone=when.timezone),
        "sweep": Cron(f"*/{when.sweep_minutes} * * * *", timezone=when.timezone),
    }


def deployments(settings: Settings) -> list[RunnerDeployment]:
    """Build a deployment for each flow, named like the flow; those without a schedule are started when needed."""
    own = {name: [schedule] for name, schedule in schedules(settings).items()}
    return [
        RunnerDeployment.from_flow(flow, name, schedules=own.get(name, []), tags=[TAG]) for name, flow in FLOWS.items()
    ]


def main() -> None:
    """Wait for the server, put right what the last stop has left, and serve until told to stop."""
    settings = open_rekindle().settings
    auth = settings.prefect.auth.get_secret_value()
    while not runs.is_up(settings.prefect_api):
        time.sleep(_POLL)
    if not settings.prefect.api_url:
        # On a server we share, a run that looks alive may be another machine's.
        runs.reconcile(settings.prefect_api, auth)
    serve(*deployments(settings), limit=LIMIT, pause_on_shutdown=False)


if __name__ == "__main__":
    main()
