"""The quarterly update: plan the edition, wait for a person, deliver. Called again with the same period it goes on."""

from prefect import State, flow, tags, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from prefect.states import Completed

from flows import gate, naming, showing
from flows.deliver import deliver
from rekindle import clock
from rekindle.journey.approvals import redeeming
from rekindle.journey.bulk import editions, nurture
from rekindle.store.editions import Edition, EditionState
from rekindle.wiring import Rekindle, open_rekindle


@flow(name="quarterly-update", flow_run_name=naming.by_period)
def quarterly_update(period: str | None = None) -> State[None]:
    """Bring the edition of `period` (2026-Q4) one step further; without a period, that of the scheduled time."""
    rekindle = open_rekindle()
    named = period or naming.scheduled_period(rekindle.settings)
    if period is None and naming.is_stale(rekindle.settings) and not _is_begun(rekindle, named):
        return Completed(name="Skipped", message="its time is too long past: late news is left out, not sent")
    edition_id = choose_recipients(named)
    edition = _show(rekindle, edition_id)
    while question := gate.asked(rekindle, edition_id):
        if gate.is_shown_elsewhere(edition.run_id):
            return Completed(name="ShownElsewhere", message=f"edition {edition_id} waits in another run")
        if not gate.can_park() or redeeming.is_closed(question):
            return Completed(name="AwaitingApproval", message=f"rekindle approvals show {question.id}")
        gate.wait(rekindle, edition, question)
        edition = _edition(rekindle, edition_id)
    gate.leave()
    if _edition(rekindle, edition_id).state is EditionState.APPROVED:
        with tags(naming.TAG):
            deliver(edition_id)
    return _ending(rekindle, edition_id)


@task(name="choose recipients", cache_policy=NO_CACHE)
def choose_recipients(period: str) -> int:
    """Decide for everybody who is nurturing what they get or why not; return the edition's id."""
    rekindle = open_rekindle()
    now = clock.now()
    with rekindle.store.writing() as session:
        edition = nurture.begin_update(session, period, now)
        # Linked before the work begins: sweep would take a planning edition without a run for abandoned.
        if not gate.is_shown_elsewhere(edition.run_id):
            edition.run_id = str(flow_run.id)
    return nurture.plan_update(rekindle.store, period, now, rekindle.rule, rekindle.frozen)


def _show(rekindle: Rekindle, edition_id: int) -> Edition:
    edition = _edition(rekindle, edition_id)
    with rekindle.store.reading() as session:
        letters = editions.tally(session, edition_id)
    name = f"edition-{edition_id}"
    showing.show_counts(f"{name}-letters", f"Letters of {edition.programme} {edition.period}", letters)
    showing.show_counts(f"{name}-left-out", "Who gets none, by reason", edition.left_out)
    return edition


def _ending(rekindle: Rekindle, edition_id: int) -> State[None]:
    """End the run under a name that says what became of the edition."""
    edition = _edition(rekindle, edition_id)
    with rekindle.store.reading() as session:
        letters = editions.tally(session, edition_id)
    message = ", ".join(f"{count} {state}" for state, count in sorted(letters.items())) or "nobody is due"
    names = {EditionState.DONE: "Sent", EditionState.APPROVED: "Sending", EditionState.EMPTY: "NobodyDue"}
    return Completed(name=names.get(edition.state, edition.state.value.capitalize()), message=message)


def _is_begun(rekindle: Rekindle, period: str) -> bool:
    with rekindle.store.reading() as session:
        return nurture.exists(session, period)


def _edition(rekindle: Rekindle, edition_id: int) -> Edition:
    with rekindle.store.reading() as session:
        return editions.find(session, edition_id)
