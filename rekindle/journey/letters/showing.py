"""Which Prefect run shows what waits for a decision; and how the letters of a role stand. Reads only."""

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.editions import Edition
from rekindle.store.messages import Message
from rekindle.store.outreaches import Outreach
from rekindle.store.roles import Role


def showing_run(session: Session, row: Approval) -> str | None:
    """Return the id of the run that shows an approval to people, if one does."""
    if row.edition_id:
        return session.scalar(select(Edition.run_id).where(Edition.id == row.edition_id))
    query = (
        select(Role.run_id)
        .join(Outreach, Outreach.role_id == Role.id)
        .join(Message, Message.outreach_id == Outreach.id)
        .where(Message.id == row.message_id)
    )
    return session.scalar(query)


def shown_by(session: Session, run_id: str) -> Role | None:
    """Find the role whose letters a Prefect run shows."""
    return session.scalar(select(Role).where(Role.run_id == run_id))


def roles_that_wait(session: Session) -> list[Role]:
    """List the open roles that a run was started for and whose letters wait for somebody."""
    query = (
        select(Role)
        .join(Outreach, Outreach.role_id == Role.id)
        .join(Message, Message.outreach_id == Outreach.id)
        .join(Approval, Approval.message_id == Message.id)
        .where(Approval.state == ApprovalState.WAITING, Role.run_id.is_not(None), Role.closed_at.is_(None))
    )
    return list(session.scalars(query.distinct().order_by(Role.id)))


def roles_without_run(session: Session) -> list[Role]:
    """List the open roles nobody has begun to write letters for."""
    return list(session.scalars(select(Role).where(Role.closed_at.is_(None), Role.run_id.is_(None)).order_by(Role.id)))


def waiting_letters(session: Session, role_id: int) -> list[Approval]:
    """List what waits for a decision about the letters of a role, soonest due first."""
    query = (
        select(Approval)
        .join(Message, Message.id == Approval.message_id)
        .join(Outreach, Outreach.id == Message.outreach_id)
        .where(Outreach.role_id == role_id, Approval.state == ApprovalState.WAITING)
    )
    return list(session.scalars(query.order_by(Approval.due_at, Approval.id)))


def tally(session: Session, role_id: int) -> dict[str, int]:
    """Count the letters about a role by what became of them."""
    query = (
        select(Message.state)
        .join(Outreach, Outreach.id == Message.outreach_id)
        .where(Outreach.role_id == role_id, Message.occasion.is_not(None))
    )
    return dict(Counter(map(str, session.scalars(query))))
