"""Lets those whose rejection has cooled off into nurturing, or asks a person first where the policy says so."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from rekindle.errors import LostRace, MoveRefused
from rekindle.journey.approvals import approval
from rekindle.journey.bulk.freezing import people_digest
from rekindle.journey.moving import Cause, Policy, move
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.facts import facts_of
from states.candidate import Actor, CandidateState, Trigger
from states.machine import Allowed, NeedsApproval, Outcome, Refused, decide

PAGE = 500
_CAUSE = Cause(Actor.SCHEDULE, "cooled off")


@dataclass(slots=True)
class CoolOff:
    """What a pass did: whom it moved, for whom it asks, and why the others stay, by reason. Ids only."""

    moved: list[int] = field(default_factory=list)
    asked_for: list[int] = field(default_factory=list)
    approval_id: int | None = None
    staying: Counter[str] = field(default_factory=Counter)


def begin_nurturing(store: Store, now: datetime, policy: Policy, *, deciders: Sequence[str], due: timedelta) -> CoolOff:
    """Go through everybody who is rejected-warm, a page in a transaction. Running it again finds nobody twice."""
    pass_ = CoolOff()
    for page in _pages(store):
        with store.writing() as session:
            for candidate_id, outcome in _judge(session, page, now, policy).items():
                _follow(session, candidate_id, outcome, pass_, now, policy)
    if pass_.asked_for:
        with store.writing() as session:
            asked = _asked(session, now - timedelta(days=policy.limits.cool_off_days))
            pass_.staying.update(asked[candidate_id] for candidate_id in pass_.asked_for if candidate_id in asked)
            pass_.asked_for = [candidate_id for candidate_id in pass_.asked_for if candidate_id not in asked]
            if pass_.asked_for:
                pass_.approval_id = _ask(session, pass_.asked_for, deciders, now, due).id
    return pass_


def _judge(session: Session, page: Sequence[int], now: datetime, policy: Policy) -> dict[int, Outcome]:
    state = CandidateState.REJECTED_WARM
    return {
        candidate_id: decide(state, Trigger.NURTURE, Actor.SCHEDULE, facts, needs_approval=policy.needs_approval)
        for candidate_id, facts in facts_of(session, page, now, policy.limits).items()
    }


def _follow(
    session: Session, candidate_id: int, outcome: Outcome, pass_: CoolOff, now: datetime, policy: Policy
) -> None:
    match outcome:
        case Allowed():
            try:
                move(session, candidate_id, Trigger.NURTURE, _CAUSE, now=now, policy=policy)
            except (LostRace, MoveRefused):
                # Somebody moved them in this very moment: their new state stands.
                return
            pass_.moved.append(candidate_id)
        case NeedsApproval():
            pass_.asked_for.append(candidate_id)
        case Refused(reasons):
            pass_.staying[reasons[0].code] += 1


def _ask(session: Session, ids: list[int], deciders: Sequence[str], now: datetime, due: timedelta) -> Approval:
    what = approval.Ask(
        kind=ApprovalKind.NURTURE,
        question=f"Begin to keep {len(ids)} people warm whose rejection has cooled off?",
        digest=people_digest(Trigger.NURTURE, ids),
        evidence={"candidates": ids},
    )
    return approval.ask(session, what, by="rekindle", deciders=deciders, now=now, due=due)


def _asked(session: Session, since: datetime) -> dict[int, str]:
    """Return candidate id -> why nobody is asked about them now.

    Somebody is being asked already; or said no after `since`: a no, too, has to cool off before it is asked again.
    """
    said_no = and_(Approval.state == ApprovalState.DECLINED, Approval.decided_at > since)
    query = select(Approval.state, Approval.evidence).where(
        Approval.kind == ApprovalKind.NURTURE, or_(Approval.state == ApprovalState.WAITING, said_no)
    )
    why = {ApprovalState.WAITING: "awaits_approval", ApprovalState.DECLINED: "declined_lately"}
    found = session.execute(query).all()
    return {candidate_id: why[state] for state, told in found for candidate_id in told["candidates"]}


def _pages(store: Store) -> Iterator[list[int]]:
    last = 0
    while True:
        with store.reading() as session:
            warm = (Candidate.state == CandidateState.REJECTED_WARM, Candidate.id > last)
            page = list(session.scalars(select(Candidate.id).where(*warm).order_by(Candidate.id).limit(PAGE)))
        if not page:
            return
        yield page
        last = page[-1]
