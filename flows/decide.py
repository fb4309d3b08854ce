"""Decides one approval from Prefect's own form, for those who live there. It knows no users: a one-time code says who.

What is typed is kept by Prefect: so the code is worthless once used, and nothing else is asked for.
"""

from typing import Literal

from prefect import State, flow
from prefect.states import Completed, Failed

from flows import naming
from rekindle import clock
from rekindle.journey.approvals import approval, redeeming
from rekindle.journey.approvals.approval import Decision
from rekindle.wiring import open_rekindle


@flow(name="decide", flow_run_name=naming.by_approval)
def decide(approval_id: int, decision: Literal["approve", "decline"], code: str) -> State[None]:
    """Approve or decline one approval. The code is from `rekindle approvals code APPROVAL --as YOU`."""
    rekindle = open_rekindle()
    with rekindle.store.writing() as session:
        decided = redeeming.decide_with_code(
            session,
            approval_id,
            code,
            Decision(decision),
            decider=rekindle.decider,
            secret=rekindle.secret,
            terms=rekindle.terms,
            now=clock.now(),
        )
        asked = approval.find(session, approval_id)
    if decided is None:
        closed = redeeming.is_closed(asked)
        return Failed(name="FormClosed" if closed else "NotDecided", message=_why_not(approval_id, closed=closed))
    rekindle.tell_prefect(decided.approval)
    # Who it was stands in our database: Prefect is shown ids and states only.
    return Completed(name=decided.approval.state.value.capitalize() if decided.won else "DecidedBefore")


def _why_not(approval_id: int, *, closed: bool) -> str:
    if closed:
        return f"too many wrong codes: decide with `rekindle approvals approve {approval_id} --as YOU`"
    return f"the code is wrong, used, too old or not yours to use: rekindle approvals code {approval_id} --as YOU"
