"""Asks named people and takes their decisions. The row decides; whatever shows it only asks here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound, NotYours
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.engine import changed


class Decision(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"

    @property
    def state(self) -> ApprovalState:
        return ApprovalState.APPROVED if self is Decision.APPROVE else ApprovalState.DECLINED


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides: the address and roles of one of the team's people, with those of whom they stand in for."""

    address: str
    roles: frozenset[str]
    stands_in_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: a question without names, the SHA-256 of what is shown, the ids it rests on."""

    kind: ApprovalKind
    question: str
    digest: str
    evidence: Mapping[str, Any]
    edition_id: int | None = None
    candidate_id: int | None = None
    message_id: int | None = None
    #: Whom it is meant for; and who may not approve it, because they wrote it.
    assignee: str | None = None
    barred: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a decision. `won` is False when it had been decided, voided or had expired before."""

    approval: Approval
    won: bool
    sentence: str


def ask(session: Session, what: Ask, *, by: str, deciders: Sequence[str], now: datetime, due: timedelta) -> Approval:
    """Open an approval that people with one of the roles `deciders` may decide within `due`."""
    approval = Approval(
        kind=what.kind,
        edition_id=what.edition_id,
        candidate_id=what.candidate_id,
        message_id=what.message_id,
        assignee=what.assignee,
        barred=what.barred,
        question=what.question,
        digest=what.digest,
        evidence=dict(what.evidence),
        state=ApprovalState.WAITING,
        asked_by=by,
        asked_at=now,
        deciders=list(deciders),
        due_at=now + due,
    )
    session.add(approval)
    session.flush()
    return approval


def find(session: Session, approval_id: int) -> Approval:
    """Return one approval. Raises NotFound."""
    approval = session.get(Approval, approval_id, populate_existing=True)
    if approval is None:
        raise NotFound(f"there is no approval {approval_id}; `rekindle approvals list` shows those that wait")
    return approval


def decide(
    session: Session,
    approval_id: int,
    decision: Decision,
    person: Decider,
    *,
    digest: str,
    now: datetime,
    via: str,
    note: str = "",
    objection: str = "",
) -> Decided:
    """Take one person's decision.

    - who may not decide is refused (NotYours): who has no such role, or wrote it where four eyes are wanted
    - the first decision wins by compare-and-set; everybody later is told who decided what and when
    - `digest` is what the content amounts to now: when it is not what was asked about, the approval is voided, and so
      it is when there is an `objection`
    - after its due time nothing can be approved any more (fails closed)
    """
    approval = find(session, approval_id)
    _refuse_strangers(approval, person)
    if decision is Decision.APPROVE and approval.barred == person.address:
        raise NotYours(f"approval {approval_id} rests on what you wrote: somebody else has to approve it")
    if approval.state is ApprovalState.WAITING and now >= approval.due_at:
        close(session, approval, ApprovalState.EXPIRED, now, "nobody decided in time")
    elif approval.state is ApprovalState.WAITING and (objection or digest != approval.digest):
        why = objection or "what was shown has changed since it was asked"
        close(session, approval, ApprovalState.VOIDED, now, why)
    said = "; ".join(filter(None, (note, _in_whose_place(approval, person))))
    changes = {"decided_by": person.address, "decided_at": now, "via": via, "note": said or None}
    won = _compare_and_set(session, approval_id, decision.state, changes)
    approval = find(session, approval_id)
    return Decided(approval, won, _sentence(approval, won=won))


def defer(
    session: Session, approval_id: int, person: Decider, *, until: datetime, now: datetime, due: timedelta
) -> Approval:
    """Put a waiting approval aside until `until`; it then has its full time again."""
    approval = find(session, approval_id)
    _refuse_strangers(approval, person)
    if until <= now:
        raise BadInput("defer to a time that is still to come")
    values = {"not_before": until, "due_at": until + due, "reminded_at": None}
    waiting = (Approval.id == approval_id, Approval.state == ApprovalState.WAITING, Approval.due_at > now)
    if not changed(session, update(Approval).where(*waiting).values(values)):
        raise BadInput(
            f"approval {approval_id} does not wait any more: {_sentence(find(session, approval_id), won=False)}"
        )
    return find(session, approval_id)


def close(session: Session, approval: Approval, state: ApprovalState, now: datetime, reason: str) -> bool:
    """Void or expire a waiting approval; return whether it still waited."""
    won = _compare_and_set(session, approval.id, state, {"decided_at": now, "note": reason})
    session.refresh(approval)
    return won


def overdue(session: Session, now: datetime) -> list[Approval]:
    """List what nobody decided in time."""
    query = select(Approval).where(Approval.state == ApprovalState.WAITING, Approval.due_at <= now)
    return list(session.scalars(query.order_by(Approval.id)))


def waiting(session: Session, now: datetime) -> list[Approval]:
    """List what waits for somebody now, soonest due first; deferred ones come back when their time is there."""
    query = select(Approval).where(Approval.state == ApprovalState.WAITING)
    rows = session.scalars(query.order_by(Approval.due_at, Approval.id))
    return [row for row in rows if row.not_before is None or row.not_before <= now]


def of_edition(session: Session, edition_id: int) -> Approval | None:
    """Return the newest approval asked for an edition."""
    query = select(Approval).where(Approval.edition_id == edition_id).order_by(Approval.id.desc()).limit(1)
    return session.scalar(query)


def of_letter(session: Session, message_id: int) -> Approval:
    """Return the newest approval asked for a personal letter. Raises NotFound."""
    query = select(Approval).where(Approval.message_id == message_id).order_by(Approval.id.desc()).limit(1)
    found = session.scalar(query)
    if found is None:
        raise NotFound(f"nobody has been asked about message {message_id}")
    return found


def _refuse_strangers(approval: Approval, person: Decider) -> None:
    if not person.roles & set(approval.deciders):
        raise NotYours(f"approval {approval.id} is decided by: {', '.join(approval.deciders)}")


def _in_whose_place(approval: Approval, person: Decider) -> str:
    return f"in place of {approval.assignee}" if approval.assignee in person.stands_in_for else ""


def _compare_and_set(session: Session, approval_id: int, state: ApprovalState, changes: Mapping[str, Any]) -> bool:
    still_waiting = (Approval.id == approval_id, Approval.state == ApprovalState.WAITING)
    statement = update(Approval).where(*still_waiting).values(state=state, **changes)
    return bool(changed(session, statement))


def _sentence(approval: Approval, *, won: bool) -> str:
    at = f"{approval.decided_at:%Y-%m-%d %H:%M} UTC" if approval.decided_at else ""
    match approval.state:
        case ApprovalState.WAITING:
            return f"approval {approval.id} still waits"
        case ApprovalState.EXPIRED | ApprovalState.VOIDED:
            return f"approval {approval.id} is {approval.state} since {at}: {approval.note}"
        case _:
            been = "is" if won else "was already"
            return f"approval {approval.id} {been} {approval.state} by {approval.decided_by} on {at} via {approval.via}"
