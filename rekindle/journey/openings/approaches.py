"""Who was written to before, about this role or another, and so is not written to about this one."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from rekindle.journey.openings.rules import Rules
from rekindle.journey.openings.standing import LeftOut
from rekindle.journey.openings.topic import Topic
from rekindle.store.messages import MAILED, Message
from rekindle.store.outreaches import Outreach, OutreachOutcome
from rekindle.store.roles import Role


def approached(session: Session, role: Role, topic: Topic, rules: Rules, now: datetime) -> dict[int, LeftOut]:
    """Return candidate id -> why an earlier approach speaks against another one; the gravest reason of each."""
    rows = list(_outreaches(session, role, rules, now))
    # A later one overwrites: what concerns this very role comes last.
    reasons = [
        *(_again(row) for row in rows if row.role_id != role.id and _was_same(row, topic)),
        *_lately(session, rules, now),
        *(_elsewhere(row) for row in rows if row.role_id != role.id and row.closed_at is None),
        *(_about_this(row) for row in rows if row.role_id == role.id),
    ]
    return {reason.candidate_id: reason for reason in reasons}


def _outreaches(session: Session, role: Role, rules: Rules, now: datetime) -> Iterator[Row[Any]]:
    since = datetime.combine(rules.recycled_since(now.date()), now.timetz())
    concerns = or_(Outreach.role_id == role.id, Outreach.closed_at.is_(None), Outreach.created_at >= since)
    columns = (Outreach.id, Outreach.candidate_id, Outreach.role_id, Outreach.closed_at, Outreach.outcome)
    query = select(*columns, Role.title, Role.family, Role.level, Role.team).join(Role, Role.id == Outreach.role_id)
    for row in session.execute(query.where(concerns).order_by(Outreach.id)):
        # The role was closed before the letter left: they never heard of it.
        if row.outcome is not OutreachOutcome.ROLE_CLOSED:
            yield row


def _was_same(row: Row[Any], topic: Topic) -> bool:
    heard_of_it = row.outcome is not None and row.outcome.reached_them
    return heard_of_it and topic.is_same_again(row.title, row.family, row.level, row.team)


def _again(row: Row[Any]) -> LeftOut:
    sentence = "they were written to about the same role before"
    return LeftOut(row.candidate_id, "recycled_role", sentence, (f"o-{row.id}",))


def _elsewhere(row: Row[Any]) -> LeftOut:
    sentence = "a letter about another role is already out or on its way"
    return LeftOut(row.candidate_id, "other_outreach", sentence, (f"o-{row.id}",))


def _about_this(row: Row[Any]) -> LeftOut:
    match row.outcome:
        case None:
            sentence = "a letter about this role is already out or on its way"
        case OutreachOutcome.NOT_SENT:
            sentence = "we did not send the letter about this role that was drafted"
        case _:
            sentence = f"they were written to about this role: {row.outcome}"
    return LeftOut(row.candidate_id, "has_outreach", sentence, (f"o-{row.id}",))


def _lately(session: Session, rules: Rules, now: datetime) -> Iterator[LeftOut]:
    """Yield who had a personal letter about any role not long ago."""
    # Only those who ever had one are asked about, and by nothing but their index: the ledger of all mails is long.
    written_to = Message.candidate_id.in_(select(Outreach.candidate_id))
    columns = (Message.candidate_id, Message.id, Message.sending_at, Message.outreach_id, Message.state)
    query = select(*columns).where(written_to, Message.sending_at > rules.recently_since(now)).order_by(Message.id)
    for candidate_id, message_id, at, outreach_id, state in session.execute(query):
        if outreach_id is not None and state in MAILED:
            sentence = f"they had a letter about a role on {at.date()}, less than {rules.recently_days} days ago"
            yield LeftOut(candidate_id, "recently_approached", sentence, (f"m-{message_id}",))
