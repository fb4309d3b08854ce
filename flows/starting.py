"""Starts another flow: as a run of its own where its deployment is served, else inside this one."""

from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Scheduled

from states.programme import Programme

#: The flow that shows an edition of a bulk programme, and takes its period.
FLOWS_OF = {Programme.QUARTERLY_UPDATE: "quarterly-update", Programme.EVENT_INVITE: "event-invites"}
_ALIVE = {StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING, StateType.PAUSED, StateType.CANCELLING}


def start(name: str, parameters: dict[str, Any], key: str) -> str | None:
    """Start the flow `name`; a second start with the same `key` finds the first one's run.

    Returns the id of the new run, or None when it ran inside this one.
    """
    with get_client(sync_client=True) as client:
        try:
            deployment = client.read_deployment_by_name(f"{name}/{name}")
        except ObjectNotFound:
            _run_here(name, parameters)
            return None
        run = client.create_flow_run_from_deployment(
            deployment.id, parameters=parameters, idempotency_key=key, state=Scheduled()
        )
        return str(run.id)


def is_alive(run_id: str | None) -> bool:
    """Say whether a run is under way, parked, or still to come."""
    if run_id is None:
        return False
    with get_client(sync_client=True) as client:
        try:
            state = client.read_flow_run(UUID(run_id)).state
        except ObjectNotFound:
            return False
    return state is not None and state.type in _ALIVE


def _run_here(name: str, parameters: dict[str, Any]) -> None:
    from flows.every import run  # noqa: PLC0415 - the flows themselves use this module

    run(name, parameters)
