"""Gathers what a weekly digest tells one colleague: what waits, what was answered, who goes cold. Reads only.

Candidates are ids and roles here, and nothing typed about them is quoted: it goes through mailboxes we know little of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from rekindle.journey.approvals.approval import waiting
from rekindle.journey.letters.standards import Standards
from rekindle.journey.tasks import estimates
from rekindle.journey.tasks.listing import due_by, turn_of
from rekindle.journey.tasks.readers import Reader
from rekindle.journey.warming.readiness import Readiness
from rekindle.journey.warming.standing import are, soonest_cold
from rekindle.mail.catalogue import WeeklyDigest
from rekindle.store.applications import applications_of
from rekindle.store.approvals import Approval, ApprovalKind
from rekindle.store.candidates import Candidate
from rekindle.store.messages import Message
from rekindle.store.tasks import Digest, TaskKind
from rekindle.store.touches import Touch, asks_nothing
from states.message import Occasion

#: So many lines a list has; the rest is counted.
LONGEST: Final = 10
WEEK: Final = timedelta(days=7)
_WHAT: Final = {
    TaskKind.CALL: "Call {}: a second no is told in person first",
    TaskKind.PROMISE: "Keep what was promised to {}",
    TaskKind.REPLY: "Answer {}",
    TaskKind.LINKEDIN_CONNECT: "Ask {} on LinkedIn to connect",
    TaskKind.LINKEDIN_ENGAGE: "See what {} writes on LinkedIn",
}


@dataclass(frozen=True, slots=True)
class Team:
    """Who is here with which roles, and what the letters are measured by; `owners`: whose candidates are whose."""

    roles: Mapping[str, frozenset[str]]
    standards: Standards
    owners: Mapping[str, Sequence[str | None]]


def team_of(session: Session, roles: Mapping[str, frozenset[str]], standards: Standards) -> Team:
    """Look up once under which recruiters the candidates of each colleague stand."""
    owners: dict[str, list[str | None]] = {}
    for recruiter in session.scalars(select(Candidate.recruiter).distinct()):
        owners.setdefault(standards.signer_for(recruiter).address, []).append(recruiter)
    return Team(roles, standards, owners)


def gather(session: Session, reader: Reader, team: Team, now: datetime, today: date) -> WeeklyDigest | None:
    """Return what there is to tell; None when that is nothing."""
    theirs, interval = _theirs(reader, team), team.standards.check_ins
    asked = _asked(session, reader, team, now)
    due = due_by(session, today + WEEK - timedelta(days=1), reader.whose)
    answered, more_answered = _answered(session, theirs, _last_digest(session, reader, today))
    awake = or_(Candidate.snoozed_until.is_(None), Candidate.snoozed_until <= today)
    lapsing, all_lapsing = soonest_cold(session, and_(theirs, awake), interval, today, LONGEST)
    if not (asked or due or answered or lapsing):
        return None
    cold = and_(theirs, are(session, Readiness.COLD, interval, today))
    who = _who(session, [task.candidate_id for task in due[:LONGEST]])
    return WeeklyDigest(
        address=reader.address,
        name=_name(reader.address, team),
        stands_in_for=tuple((_name(who, team) or who, str(until)) for who, until in reader.stands_in_for),
        minutes=estimates.minutes((task.kind for task in due), _kinds(session, asked)),
        approvals=tuple((row.id, row.question, f"{row.due_at:%Y-%m-%d %H:%M} UTC") for row in asked[:LONGEST]),
        more_approvals=max(0, len(asked) - LONGEST),
        tasks=tuple((t.id, _WHAT[t.kind].format(who[t.candidate_id]), _by(turn_of(t), today)) for t in due[:LONGEST]),
        more_tasks=max(0, len(due) - LONGEST),
        answered=answered,
        more_answered=more_answered,
        going_cold=tuple((_called(each.candidate_id, each.role), each.warmth.reason) for each in lapsing),
        more_going_cold=all_lapsing - len(lapsing),
        cold=session.scalar(select(func.count()).select_from(Candidate).where(cold)) or 0,
    )


def _theirs(reader: Reader, team: Team) -> ColumnElement[bool]:
    known = {recruiter for address in reader.whose for recruiter in team.owners.get(address, ())}
    named = Candidate.recruiter.in_(sorted(filter(None, known)))
    return or_(named, Candidate.recruiter.is_(None)) if None in known else named


def _asked(session: Session, reader: Reader, team: Team, now: datetime) -> list[Approval]:
    """List what waits for the decision of one of those a digest is for, and may be decided by its reader."""
    return [
        row
        for row in waiting(session, now)
        if row.due_at > now and row.barred != reader.address and not reader.whose.isdisjoint(_meant_for(row, team))
    ]


def _meant_for(row: Approval, team: Team) -> list[str]:
    may = [address for address, roles in team.roles.items() if roles & set(row.deciders)]
    return [row.assignee] if row.assignee in may else may


def _kinds(session: Session, asked: Sequence[Approval]) -> Iterable[tuple[ApprovalKind, Occasion | None]]:
    ids = [row.message_id for row in asked if row.message_id]
    rows = session.execute(select(Message.id, Message.occasion).where(Message.id.in_(ids)))
    occasions = dict(rows.tuples().all())
    return [(row.kind, occasions.get(row.message_id or 0)) for row in asked]


def _last_digest(session: Session, reader: Reader, today: date) -> date:
    """Return the day of the last one; what was answered on that day is told again rather than never."""
    sent_at = session.scalar(select(func.max(Digest.sent_at)).where(Digest.person == reader.address))
    return sent_at.date() if sent_at else today - WEEK


def _answered(session: Session, theirs: ColumnElement[bool], since: date) -> tuple[tuple[tuple[str, str], ...], int]:
    """Return who got in touch since then, each with the last time, and how many more there are."""
    query = (
        select(Touch)
        .join(Candidate, Candidate.id == Touch.candidate_id)
        # The day of the last contact has an index, and nobody who got in touch has an earlier one.
        .where(Candidate.state.is_not(None), Candidate.last_contact_on >= since, theirs)
        .where(Touch.direction == "in", Touch.on >= since, not_(asks_nothing()))
        .order_by(Touch.on.desc(), Touch.id.desc())
    )
    newest: dict[int, Touch] = {}
    for touch in session.scalars(query):
        newest.setdefault(touch.candidate_id, touch)
    shown = list(newest.values())[:LONGEST]
    who = _who(session, [touch.candidate_id for touch in shown])
    lines = tuple((who[touch.candidate_id], f"{touch.channel} on {touch.on}") for touch in shown)
    return lines, len(newest) - len(shown)


def _who(session: Session, ids: list[int]) -> dict[int, str]:
    applications = applications_of(session, ids)
    return {each: _called(each, next((row.role for row in applications.get(each, [])), None)) for each in ids}


def _called(candidate_id: int, role: str | None) -> str:
    return f"c-{candidate_id} ({role})" if role else f"c-{candidate_id}"


def _name(address: str, team: Team) -> str:
    colleague = team.standards.team.get(address)
    return colleague.name if colleague else ""


def _by(day: date, today: date) -> str:
    if day < today:
        return f"overdue since {day}"
    return "due today" if day == today else f"due {day}"
