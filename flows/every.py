"""Every flow by its name."""

from typing import Any

from prefect import Flow

from flows.deliver import deliver
from flows.housekeeping import housekeeping
from flows.plan import plan
from flows.quarterly_update import quarterly_update
from flows.sweep import sweep

FLOWS: dict[str, Flow[..., Any]] = {flow.name: flow for flow in (plan, quarterly_update, deliver, sweep, housekeeping)}
