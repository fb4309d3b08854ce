"""Parks a run while people decide. The approval row decides; this only waits, shows where to look, and carries a code.

A resumed run starts again at its first line: whoever calls `wait` has looked at the rows before and looks again after.
"""

from typing import Literal

from prefect import suspend_flow_run
from prefect.client.orchestration import get_client
from prefect.input import RunInput
from prefect.runtime import deployment, flow_run
from pydantic import Field

from flows.naming import AWAITING, TAG
from flows.starting import is_alive
from rekindle import clock
from rekindle.journey.approvals import approval, redeeming
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.bulk import editions
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.editions import Edition
from rekindle.wiring import Rekindle

_A_DAY = 86_400


class Answer(RunInput):
    """The form in Prefect's UI. Prefect knows no users and keeps what is typed: so a one-time code says who it is."""

    decision: Literal["approve", "decline"]
    code: str = Field(description="your one-time code: rekindle approvals code ID --as YOU", max_length=40)


def asked(rekindle: Rekindle, edition_id: int) -> Approval | None:
    """Return the approval an edition waits for; None once it is decided, voided or expired."""
    with rekindle.store.reading() as session:
        newest = approval.of_edition(session, edition_id)
    return newest if newest and newest.state is ApprovalState.WAITING else None


def can_park() -> bool:
    """Say whether this run may suspend: Prefect starts only runs of a deployment again."""
    return deployment.id is not None and flow_run.parent_flow_run_id is None


def is_shown_elsewhere(run_id: str | None) -> bool:
    """Say whether another run shows the same: two parked runs would answer each other's forms."""
    return run_id not in {None, str(flow_run.id)} and is_alive(run_id)


def wait(rekindle: Rekindle, edition: Edition, question: Approval) -> None:
    """Suspend this run until somebody decides; when Prefect's form was answered, take that decision."""
    _tag(TAG, AWAITING)
    answer = suspend_flow_run(
        wait_for_input=Answer.with_initial_data(description=_words(question)),
        timeout=_time_left(question),
        # Prefect keeps what a form was answered with under its key: the next one needs another.
        key=f"approval-{question.id}-{edition.forms}",
    )
    _take(rekindle, edition.id, question, answer)


def leave() -> None:
    """Take the sign off a run that does not wait any more."""
    _tag(TAG)


def park(question: Approval) -> None:
    """Suspend this run while letters wait for decisions. It has no form: each letter is decided on its own."""
    _tag(TAG, AWAITING)
    suspend_flow_run(timeout=_time_left(question))


def _take(rekindle: Rekindle, edition_id: int, question: Approval, answer: Answer) -> None:
    """Take what was typed. Without a code it is our own call to look at the rows again, and no answer."""
    with rekindle.store.writing() as session:
        editions.find(session, edition_id).forms += 1
    if answer.code:
        with rekindle.store.writing() as session:
            redeeming.decide_with_code(
                session,
                question.id,
                answer.code,
                Decision(answer.decision),
                decider=rekindle.decider,
                secret=rekindle.secret,
                terms=rekindle.terms,
                now=clock.now(),
            )


def _time_left(question: Approval) -> int:
    # Ours expires first and fails closed; Prefect's own time-out would leave a failed run.
    return int((question.due_at - clock.now()).total_seconds()) + _A_DAY


def _words(question: Approval) -> str:
    return (
        f"### {question.question}\n\n"
        f"Look at exactly what goes: `rekindle approvals show {question.id}`\n\n"
        f"Decide there with `rekindle approvals approve {question.id} --as YOU`, or here with a one-time code "
        f"from `rekindle approvals code {question.id} --as YOU`."
    )


def _tag(*tags: str) -> None:
    if flow_run.id:
        with get_client(sync_client=True) as client:
            client.update_flow_run(flow_run.id, tags=list(tags))
