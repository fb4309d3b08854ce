"""What a run of any bulk programme does with its edition: show it, wait while people decide, deliver, say how it ended.

Called again it goes on where the rows end.
"""

from prefect import State, tags
from prefect.runtime import flow_run
from prefect.states import Completed
from sqlalchemy.orm import Session

from flows import gate, naming, showing
from flows.deliver import deliver
from rekindle.journey.approvals import redeeming
from rekindle.journey.bulk import editions
from rekindle.store.editions import Edition, EditionState
from rekindle.wiring import Rekindle

_NAMES = {
    EditionState.DONE: "Sent",
    EditionState.APPROVED: "Sending",
    # Not "Paused": so Prefect calls a run that is parked.
    EditionState.PAUSED: "StoppedInTheMiddle",
    EditionState.EMPTY: "NobodyDue",
}


def link(session: Session, edition: Edition) -> None:
    """Let this run show an edition, unless another one that is alive does.

    To be done before the work begins: sweep would take a planning edition without a run for abandoned.
    """
    if not gate.is_shown_elsewhere(edition.run_id):
        edition.run_id = str(flow_run.id)
        session.flush()


def bring_on(rekindle: Rekindle, edition_id: int) -> State[None]:
    """Bring a planned edition one step further: to people, parked until they have decided, then to the mail server."""
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
    return Completed(name=_NAMES.get(edition.state, edition.state.value.capitalize()), message=message)


def _edition(rekindle: Rekindle, edition_id: int) -> Edition:
    with rekindle.store.reading() as session:
        return editions.find(session, edition_id)
