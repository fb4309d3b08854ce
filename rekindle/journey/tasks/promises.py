"""Which promises fall due with the roles that are open. Each is kept by the letter about its role, or by hand."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.openings.promising import PromiseDue, promises_due
from rekindle.journey.tasks.wanted import Over, Rules, Wanted, ids_in, key
from rekindle.store.messages import Message
from rekindle.store.outreaches import Outreach
from rekindle.store.roles import Role
from rekindle.store.tasks import Task, TaskKind
from rekindle.store.touches import Touch
from states.message import MessageState, Occasion

#: So much of a promise stands in the reason of a task.
_QUOTED: Final = 300


def due_with(role: Role, promise: PromiseDue, rules: Rules, today: date) -> Wanted | None:
    """Say whether a promise falls due with a role: not one that was made when the role was open already."""
    opened_on = role.opened_at.date()
    if promise.decided_on and promise.decided_on >= opened_on:
        return None
    made = f"on {promise.decided_on}" if promise.decided_on else "on an unknown day"
    said = promise.promise if len(promise.promise) <= _QUOTED else f"{promise.promise[:_QUOTED]} …"
    return Wanted(
        candidate_id=promise.candidate_id,
        kind=TaskKind.PROMISE,
        key=key(TaskKind.PROMISE, f"a-{promise.application_id}", f"r-{role.id}"),
        reason=f"{role.slug} is open; promised {made}: {said} ({promise.why})"[:500],
        due_on=today + timedelta(days=rules.promise_within),
        recruiter=promise.recruiter,
    )


def promises_to_keep(session: Session, rules: Rules, today: date) -> Iterator[Wanted]:
    """Give the promises that the open roles make fall due, but for those that a letter has kept."""
    for role in session.scalars(select(Role).where(Role.closed_at.is_(None)).order_by(Role.id)).all():
        kept = _letters_about(session, [role.id])
        for promise in promises_due(session, role):
            wanted = due_with(role, promise, rules, today)
            if wanted and (promise.candidate_id, role.id) not in kept:
                yield wanted


def promises_over(session: Session, tasks: Sequence[Task], due: frozenset[str]) -> Iterator[tuple[Task, Over]]:
    """Give those that were kept, and those that cannot fall due any more; `due` are the keys of those that do."""
    roles = {row.id: row for row in session.scalars(select(Role).where(Role.id.in_(set(map(_role_of, tasks)))))}
    kept = _letters_about(session, list(roles))
    for task in tasks:
        role = roles.get(_role_of(task))
        if role and (letter := kept.get((task.candidate_id, role.id))):
            message, touch_id = letter
            yield task, Over(f"kept by the letter of message {message}", was_done=True, touch_id=touch_id)
        elif role is None or role.closed_at is not None:
            yield task, Over("the role was closed before anybody kept it")
        elif task.key not in due:
            yield task, Over("the promise is not on record any more, or the role is not what it waits for")


def _role_of(task: Task) -> int:
    return ids_in(task.key).get("r", 0)


def _letters_about(session: Session, role_ids: Sequence[int]) -> dict[tuple[int, int], tuple[int, int | None]]:
    """Return (candidate, role) -> the message that told them of the role, and its touch."""
    query = (
        select(Outreach.candidate_id, Outreach.role_id, Message.id, Touch.id)
        .join(Message, Message.outreach_id == Outreach.id)
        .outerjoin(Touch, Touch.message_id == Message.id)
        .where(Outreach.role_id.in_(role_ids), Message.occasion == Occasion.RE_ENGAGEMENT)
        .where(Message.state == MessageState.SENT)
        .order_by(Message.id)
    )
    return {(who, role): (message, touch) for who, role, message, touch in session.execute(query)}
