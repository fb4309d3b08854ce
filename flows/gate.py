"""Parks a run while people decide. The approval row decides; this only waits, shows where to look, and carries a code.

A resumed run starts again at its first line: whoever calls `wait` has looked at the rows before and looks again after.
"""

from typing import Literal

from prefect import suspend_flow_run
from prefect.client.orchestration import get_client
from prefect.input import RunInput
from prefect.runtime import deployment, flow_run
from pydantic import Field
from sqlalchemy.orm import Session

from flows.naming import AWAITING, TAG
from flows.starting import is_alive
from rekindle import clock
from rekindle.errors import NotYours
from rekindle.journey import approval, codes, deciding, editions
from rekindle.journey.approval import Decision
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.editions import Edition
from rekindle.wiring import Rekindle

#: So many guesses at a code, and the form is closed for this question.
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


def is_closed(question: Approval) -> bool:
    """Say whether the form has heard too many wrong codes; Rekindle itself stays open for the decision."""
    return question.wrong_codes >= MOST_WRONG_CODES


def is_shown_elsewhere(edition: Edition) -> bool:
    """Say whether another run shows this edition: two parked runs would answer each other's forms."""
    return edition.run_id not in {None, str(flow_run.id)} and is_alive(edition.run_id)


def wait(rekindle: Rekindle, edition: Edition, question: Approval) -> None:
    """Suspend this run until somebody decides; when Prefect's form was answered, take that decision."""
    _tag(TAG, AWAITING)
    waits = question.due_at - clock.now()
    answer = suspend_flow_run(
        wait_for_input=Answer.with_initial_data(description=_words(question)),
        # Ours expires first and fails closed; Prefect's own time-out would leave a failed run.
        timeout=int(waits.total_seconds()) + _A_DAY,
        # Prefect keeps what a form was answered with under its key: the next one needs another.
        key=f"approval-{question.id}-{edition.forms}",
    )
    _take(rekindle, edition.id, question, answer)


def leave() -> None:
    """Take the sign off a run that does not wait any more."""
    _tag(TAG)


def _take(rekindle: Rekindle, edition_id: int, question: Approval, answer: Answer) -> None:
    """Take what was typed. Without a code it is our own call to look at the rows again, and no answer."""
    now = clock.now()
    with rekindle.store.writing() as session:
        editions.find(session, edition_id).forms += 1
        if not answer.code:
            return
        person = codes.redeem(session, question.id, answer.code, secret=rekindle.secret, now=now)
        if person is None or not _decide(session, rekindle, question, person, Decision(answer.decision)):
            wrong = approval.find(session, question.id)
            wrong.wrong_codes += 1
            if is_closed(wrong):
                codes.withdraw(session, [question.id], now)


def _decide(session: Session, rekindle: Rekindle, question: Approval, person: str, decision: Decision) -> bool:
    """Decide in the name of whose code it was; False when they may not decide any more."""
    try:
        deciding.decide(
            session,
            question.id,
            decision,
            rekindle.decider(person),
            frozen=rekindle.frozen,
            policy=rekindle.policy,
            now=clock.now(),
            via="prefect",
        )
    except NotYours:
        return False
    return True


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
