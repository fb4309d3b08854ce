"""The time after a letter: one gentle follow-up at most, then peace. Silence is never a no."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, CourtesyRefused, LostRace, MissingFacts, MoveRefused, TemplateError
from rekindle.journey.letters.asking import ask
from rekindle.journey.letters.gathering import dossier
from rekindle.journey.letters.proposing import Desk, drafted, words_of
from rekindle.journey.letters.standards import Standards
from rekindle.journey.letters.writing import hold_person, lay_down
from rekindle.journey.moving import Cause, move
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.letters import REKINDLE
from rekindle.store.messages import Message
from rekindle.store.outreaches import Outreach
from rekindle.store.roles import Role
from rekindle.store.touches import Touch, asks_nothing
from states.candidate import Actor, CandidateState, Trigger
from states.message import MessageState, Occasion


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An outreach whose letter arrived: when the last one went, whether they got in touch, whether we asked twice."""

    candidate_id: int
    outreach_id: int
    role_id: int
    last_sent_at: datetime
    heard: bool
    followed_up: bool


def rest_overdue(store: Store, standards: Standards, now: datetime) -> list[int]:
    """Let everybody rest whose time to answer is over without a word; return their ids."""
    with store.reading() as session:
        overdue = _overdue(session, standards, now)
    return [candidate_id for candidate_id in overdue if _rest(store, candidate_id, standards, now)]


def draft_follow_ups(store: Store, desk: Desk, now: datetime) -> list[int]:
    """Draft the one follow-up for each letter that has gone unanswered for a while; return the messages asked about."""
    if desk.standards.follow_up_after is None:
        return []
    latest = now - desk.standards.follow_up_after
    with store.reading() as session:
        due = [each for each in _open(session) if not (each.heard or each.followed_up) and each.last_sent_at <= latest]
    asked = []
    for each in due:
        try:
            with store.writing() as session:
                asked.append(_follow_up(session, each, desk, now))
        except TemplateError:
            raise
        except (BadInput, LostRace, MissingFacts, CourtesyRefused):
            # Not worth a person's time: the letter itself stands, and silence is peace.
            continue
    return asked


def answered(session: Session) -> list[int]:
    """List the candidates who got in touch after a letter and still stand as re-engaged: a person is due to answer."""
    return list(dict.fromkeys(each.candidate_id for each in _open(session) if each.heard))


def _follow_up(session: Session, after: Unanswered, desk: Desk, now: datetime) -> int:
    person, role = hold_person(session, after.candidate_id), session.get_one(Role, after.role_id)
    known = dossier(session, person, Occasion.FOLLOW_UP, role, desk.standards, now.date())
    words = words_of(drafted(known, person, desk))
    row = lay_down(session, person.id, Occasion.FOLLOW_UP, words, now, outreach_id=after.outreach_id)
    ask(session, row, desk.standards, by=REKINDLE, now=now)
    return row.id


def _overdue(session: Session, standards: Standards, now: datetime, *only: int) -> list[int]:
    """List the candidates all of whose letters had their time, without a word from them."""
    latest = now - standards.reply_window
    waiting = _open(session, *only)
    in_time = {each.candidate_id for each in waiting if each.heard or each.last_sent_at > latest}
    return [each for each in dict.fromkeys(one.candidate_id for one in waiting) if each not in in_time]


def _rest(store: Store, candidate_id: int, standards: Standards, now: datetime) -> bool:
    cause = Cause(Actor.SCHEDULE, f"no answer within {standards.reply_window.days} days")
    told = {"reply_window_over": True}
    try:
        with store.writing() as session:
            hold_person(session, candidate_id)
            # Asked again now that nobody else moves them: a word that came in this very moment stands.
            if not _overdue(session, standards, now, candidate_id):
                return False
            move(session, candidate_id, Trigger.REST, cause, now=now, policy=standards.policy, **told)
    except (MoveRefused, LostRace):
        return False
    return True


def _open(session: Session, *only: int) -> list[Unanswered]:
    """List the letters whose answer is open. They are few: those of whoever is re-engaged right now."""
    query = (
        select(Outreach, func.min(Message.sent_at), func.max(Message.sent_at), func.count(Message.id))
        .join(Message, Message.outreach_id == Outreach.id)
        .join(Candidate, Candidate.id == Outreach.candidate_id)
        .where(Outreach.closed_at.is_(None), Candidate.state == CandidateState.RE_ENGAGED)
        # What came back is not answered either: nobody stays re-engaged for ever because of it.
        .where(Message.state.in_((MessageState.SENT, MessageState.BOUNCED)))
        .group_by(Outreach.id)
        .order_by(Outreach.candidate_id, Outreach.id)
    )
    if only:
        query = query.where(Outreach.candidate_id.in_(only))
    rows = session.execute(query).all()
    heard = _last_heard(session, [row.candidate_id for row, *_ in rows])
    reminded = _with_follow_up(session, [row.id for row, *_ in rows])
    return [
        Unanswered(
            candidate_id=row.candidate_id,
            outreach_id=row.id,
            role_id=row.role_id,
            last_sent_at=last,
            heard=(day := heard.get(row.candidate_id)) is not None and day >= first.date(),
            followed_up=row.id in reminded,
        )
        for row, first, last, _ in rows
    ]


def _last_heard(session: Session, candidate_ids: Sequence[int]) -> dict[int, date]:
    inbound = (Touch.candidate_id.in_(candidate_ids), Touch.direction == "in", not_(asks_nothing()))
    query = select(Touch.candidate_id, func.max(Touch.on)).where(*inbound).group_by(Touch.candidate_id)
    return dict(session.execute(query).tuples().all())


def _with_follow_up(session: Session, outreach_ids: Sequence[int]) -> set[int]:
    """Return the outreaches for which a follow-up was ever drafted: whatever became of it, there is no second one."""
    drafted = (Message.outreach_id.in_(outreach_ids), Message.occasion == Occasion.FOLLOW_UP)
    return {found for found in session.scalars(select(Message.outreach_id).where(*drafted)) if found is not None}
