"""Every few minutes: repairs what a crash, a lost call or a deleted run left behind. The rows say what should be."""

from uuid import UUID

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound
from prefect.states import Completed

from flows import gate, naming, showing, starting
from rekindle import clock
from rekindle.journey.approvals import deciding
from rekindle.journey.bulk import editions
from rekindle.journey.letters import rechecking
from rekindle.journey.letters import showing as standing
from rekindle.journey.outbox import sending
from rekindle.store.editions import Edition, EditionState
from rekindle.wiring import Rekindle, open_rekindle


@flow(name="sweep", flow_run_name=naming.by_minute)
def sweep() -> State[None]:
    """Expire what nobody decided, hand lost messages to a person, wake and replace runs."""
    repairs = {
        "approvals expired": expire_approvals(),
        "messages unconfirmed": confirm_lost(),
        "letters taken back": recheck_letters(),
        "deliveries started": deliver_letters(),
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


@task(name="recheck letters", cache_policy=NO_CACHE)
def recheck_letters() -> int:
    """Take back every letter that waits or was approved and does not stand any more, before somebody reads it."""
    rekindle = open_rekindle()
    return len(rechecking.recheck_all(rekindle.store, rekindle.standards, clock.now()))


@task(name="deliver letters", cache_policy=NO_CACHE)
def deliver_letters() -> int:
    """Start a delivery where an approved letter waits: whoever decided could not tell Prefect."""
    now = clock.now()
    with open_rekindle().store.reading() as session:
        waiting = rechecking.undelivered(session, now)
    if not waiting:
        return 0
    starting.start("deliver", {}, key=f"deliver-letters-{now:%Y-%m-%dT%H:%M}")
    return 1


@task(name="wake runs", cache_policy=NO_CACHE)
def wake_runs() -> int:
    """Resume every parked run whose edition or role does not wait for anybody any more."""
    rekindle = open_rekindle()
    return sum(rekindle.resume(str(run.id)) for run in _parked() if not _still_waits(rekindle, run))


@task(name="replace runs", cache_policy=NO_CACHE)
def replace_runs() -> int:
    """Start anew where an edition or a role's letters wait and the run has crashed, expired or been deleted."""
    rekindle = open_rekindle()
    roles = _replace_roles(rekindle)
    with rekindle.store.reading() as session:
        abandoned = [edition for edition in editions.unfinished(session) if _is_abandoned(edition)]
    for edition in abandoned:
        # One start an hour: should that run die before it has begun, a later sweep starts another.
        key = f"edition-{edition.id}-after-{edition.run_id}-{clock.now():%Y-%m-%dT%H}"
        starting.start(starting.FLOWS_OF[edition.programme], {"period": edition.period}, key)
    return len(abandoned) + roles


def _replace_roles(rekindle: Rekindle) -> int:
    with rekindle.store.reading() as session:
        roles = [role for role in standing.roles_that_wait(session) if _is_forgotten(role.run_id)]
    for role in roles:
        key = f"role-{role.id}-after-{role.run_id}-{clock.now():%Y-%m-%dT%H}"
        starting.start("re-engagement", {"role": role.slug}, key)
    return len(roles)


def _parked() -> list[FlowRun]:
    parked = FlowRunFilter.model_validate(
        {"tags": {"all_": [naming.AWAITING]}, "state": {"type": {"any_": ["PAUSED"]}}}
    )
    with get_client(sync_client=True) as client:
        return client.read_flow_runs(flow_run_filter=parked)


def _still_waits(rekindle: Rekindle, run: FlowRun) -> bool:
    with rekindle.store.reading() as session:
        edition = editions.shown_by(session, str(run.id))
        role = standing.shown_by(session, str(run.id))
        if role is not None:
            return bool(standing.waiting_letters(session, role.id))
    return edition is not None and gate.asked(rekindle, edition.id) is not None


def _is_abandoned(edition: Edition) -> bool:
    """Say whether nobody shows or plans it. An approved edition needs no run: `deliver` sends it and closes it.

    Nor does a paused one: it waits for a command.
    """
    if edition.state in {EditionState.APPROVED, EditionState.PAUSED}:
        return False
    if edition.state is EditionState.PLANNING:
        return not starting.is_alive(edition.run_id)
    return _is_forgotten(edition.run_id)


def _is_forgotten(run_id: str | None) -> bool:
    # A run that cannot park (without a deployment, or after too many wrong codes) ends, and has shown what it could.
    return not starting.is_alive(run_id) and _state_name(run_id) != "AwaitingApproval"


def _state_name(run_id: str | None) -> str | None:
    if run_id is None:
        return None
    with get_client(sync_client=True) as client:
        try:
            state = client.read_flow_run(UUID(run_id)).state
        except ObjectNotFound:
            return None
    return state.name if state else None
