"""Every few minutes: repairs what a crash, a lost call or a deleted run left behind. The rows say what should be."""

from uuid import UUID

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Completed

from flows import gate, naming, showing, starting
from rekindle import clock
from rekindle.journey import deciding, editions, sending
from rekindle.store.editions import Edition
from rekindle.wiring import Rekindle, open_rekindle

#: A run in one of these is under way, or will be.
_ALIVE = {StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING, StateType.PAUSED, StateType.CANCELLING}


@flow(name="sweep", flow_run_name=naming.by_minute)
def sweep() -> State[None]:
    """Expire what nobody decided, hand lost messages to a person, wake and replace runs."""
    repairs = {
        "approvals expired": expire_approvals(),
        "messages unconfirmed": confirm_lost(),
        "runs woken": wake_runs(),
        "runs replaced": replace_runs(),
    }
    showing.show_counts("sweep", "What was repaired", repairs)
    return Completed(name="Swept", message=", ".join(f"{count} {what}" for what, count in repairs.items()))


@task(name="expire approvals", cache_policy=NO_CACHE)
def expire_approvals() -> int:
    with open_rekindle().store.writing() as session:
        return len(deciding.expire(session, clock.now()))


@task(name="confirm lost messages", cache_policy=NO_CACHE)
def confirm_lost() -> int:
    with open_rekindle().store.writing() as session:
        return sending.confirm_lost(session, clock.now())


@task(name="wake runs", cache_policy=NO_CACHE)
def wake_runs() -> int:
    """Resume every parked run whose edition does not wait for anybody any more."""
    rekindle = open_rekindle()
    return sum(rekindle.resume(str(run.id)) for run in _parked() if not _still_waits(rekindle, run))


@task(name="replace runs", cache_policy=NO_CACHE)
def replace_runs() -> int:
    """Start anew where an edition has work left and its run has crashed, expired or been deleted."""
    rekindle = open_rekindle()
    with rekindle.store.reading() as session:
        open_editions = editions.unfinished(session)
    abandoned = [edition for edition in open_editions if _is_abandoned(rekindle, edition)]
    for edition in abandoned:
        key = f"edition-{edition.id}-after-{edition.run_id}"
        starting.start(str(edition.programme), {"period": edition.period}, key)
    return len(abandoned)


def _parked() -> list[FlowRun]:
    parked = FlowRunFilter.model_validate(
        {"tags": {"all_": [naming.AWAITING]}, "state": {"type": {"any_": ["PAUSED"]}}}
    )
    with get_client(sync_client=True) as client:
        return client.read_flow_runs(flow_run_filter=parked)


def _still_waits(rekindle: Rekindle, run: FlowRun) -> bool:
    with rekindle.store.reading() as session:
        edition = editions.shown_by(session, str(run.id))
    return edition is not None and gate.asked(rekindle, edition.id) is not None


def _is_abandoned(rekindle: Rekindle, edition: Edition) -> bool:
    run = _run_of(edition)
    if run is None or run.state is None:
        return True
    # A run without a deployment cannot park: it ends, and is replaced once somebody has decided.
    waits_elsewhere = run.state.name == "AwaitingApproval" and gate.asked(rekindle, edition.id) is not None
    return run.state.type not in _ALIVE and not waits_elsewhere


def _run_of(edition: Edition) -> FlowRun | None:
    if edition.run_id is None:
        return None
    with get_client(sync_client=True) as client:
        try:
            return client.read_flow_run(UUID(edition.run_id))
        except ObjectNotFound:
            return None
