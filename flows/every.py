"""Every flow by its name, and how one is run in this very process."""

from typing import Any, cast

from prefect import Flow, State, tags

from flows.check_ins import check_ins
from flows.decide import decide
from flows.deliver import deliver
from flows.digest import digest
from flows.event_invites import event_invites
from flows.housekeeping import housekeeping
from flows.naming import TAG
from flows.plan import plan
from flows.pull import pull
from flows.quarterly_update import quarterly_update
from flows.re_engagement import re_engagement
from flows.sweep import sweep

_ALL = (
    *(pull, plan, quarterly_update, event_invites, re_engagement, check_ins),
    *(decide, deliver, sweep, digest, housekeeping),
)
FLOWS: dict[str, Flow[..., Any]] = {flow.name: flow for flow in _ALL}


def run(name: str, parameters: dict[str, Any]) -> State[Any]:
    """Run a flow here and now; return the state it ends in. It is tagged as a served one would be."""
    with tags(TAG):
        return cast("State[Any]", FLOWS[name](**parameters, return_state=True))
