"""Which roles there are, and how far their letters have come. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.messages import Message
from rekindle.store.outreaches import Outreach
from rekindle.store.roles import Role

# By both columns: the index of messages begins with the candidate.
_LETTER = and_(Message.candidate_id == Outreach.candidate_id, Message.outreach_id == Outreach.id)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role in a list."""

    slug: str
    title: str
    family: str
    level: str
    team: str | None
    #: What the whole process takes a candidate.
    minutes: int
    opened_at: datetime
    closed_at: datetime | None
    closing: str | None
    #: How many people are or were written to about it.
    outreaches: int = 0
    #: State -> how many letters.
    letters: Mapping[str, int] = field(default_factory=dict)
    approvals_waiting: int = 0


def roles(session: Session, *, everything: bool = False) -> list[RoleLine]:
    """List the open roles, newest first; with `everything` the closed ones as well."""
    query = select(Role).order_by(Role.opened_at.desc(), Role.id.desc())
    found = session.scalars(query if everything else query.where(Role.closed_at.is_(None))).all()
    return _lines(session, found)


def line_of(session: Session, role: Role) -> RoleLine:
    return _lines(session, [role])[0]


def minutes_of(process: Mapping[str, Any]) -> int:
    """Return how long all steps of a process take together."""
    return sum(step["minutes"] for step in process["steps"])


def _lines(session: Session, found: Sequence[Role]) -> list[RoleLine]:
    ids = [role.id for role in found]
    outreaches, letters, waiting = _outreaches(session, ids), _letters(session, ids), _waiting(session, ids)
    return [
        RoleLine(
            slug=role.slug,
            title=role.title,
            family=role.family,
            level=role.level,
            team=role.team,
            minutes=minutes_of(role.process),
            opened_at=role.opened_at,
            closed_at=role.closed_at,
            closing=role.closing,
            outreaches=outreaches.get(role.id, 0),
            letters=letters.get(role.id, {}),
            approvals_waiting=waiting.get(role.id, 0),
        )
        for role in found
    ]


def _outreaches(session: Session, ids: list[int]) -> dict[int, int]:
    query = select(Outreach.role_id, func.count()).where(Outreach.role_id.in_(ids)).group_by(Outreach.role_id)
    return {row[0]: row[1] for row in session.execute(query)}


def _letters(session: Session, ids: list[int]) -> dict[int, dict[str, int]]:
    query = select(Outreach.role_id, Message.state, func.count()).join(Message, _LETTER)
    mine = query.where(Outreach.role_id.in_(ids)).group_by(Outreach.role_id, Message.state)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for role_id, state, count in session.execute(mine.order_by(Message.state)):
        found[role_id][str(state)] = count
    return found


def _waiting(session: Session, ids: list[int]) -> dict[int, int]:
    query = (
        select(Outreach.role_id, func.count())
        .join(Message, Message.outreach_id == Outreach.id)
        .join(Approval, Approval.message_id == Message.id)
        .where(Approval.state == ApprovalState.WAITING, Outreach.role_id.in_(ids))
        .group_by(Outreach.role_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
