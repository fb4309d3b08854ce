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
from rekindle import clock
from rekindle.journey import approval, codes, deciding, editions
from rekindle.journey.approval import Decision
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.editions import Edition
from rekindle.wiring import Rekindle

#: A form that was answered with this many wrong codes is closed; Rekindle itself stays open for the decision.
MOST_WRONG_CODES = 5
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


def wait(rekindle: Rekindle, edition: Edition, question: Approval) -> None:
    """Suspend this run until somebody decides; when Prefect's form was answered, take that decision."""
    if edition.gate > MOST_WRONG_CODES:
        return
    _tag(TAG, AWAITING)
    waits = question.due_at - clock.now()
    answer = suspend_flow_run(
        wait_for_input=Answer.with_initial_data(description=_words(question)),
        # Ours expires first and fails closed; Prefect's own time-out would leave a failed run.
        timeout=int(waits.total_seconds()) + _A_DAY,
        # A form can be answered once: after a wrong code the next one needs another key.
        key=f"approval-{question.id}-{edition.gate}",
    )
    _take(rekindle, edition.id, question, answer)


def leave() -> None:
    """Take the sign off a run that does not wait any more."""
    _tag(TAG)


def _take(rekindle: Rekindle, edition_id: int, question: Approval, answer: Answer) -> None:
    now = clock.now()
    with rekindle.store.writing() as session:
        person = codes.redeem(session, question.id, answer.code, secret=rekindle.secret, now=now)
        if person is None or not rekindle.is_known(person):
            editions.find(session, edition_id).gate += 1
            return
        deciding.decide(
            session,
            question.id,
            Decision(answer.decision),
            rekindle.decider(person),
            frozen=rekindle.frozen,
            policy=rekindle.policy,
            now=now,
            via="prefect",
        )


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
