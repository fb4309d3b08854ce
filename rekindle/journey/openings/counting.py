"""The statement by which the database counts the points of many people at once, a row each. Nothing is read here.

It counts as many points as `rekindle.journey.openings.circumstances` or more: it cannot read words.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CTE, Select, String, Subquery, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement

from rekindle.journey.openings import weights
from rekindle.journey.openings.overlapping import Overlap
from rekindle.journey.openings.paging import IDS
from rekindle.journey.openings.rules import Rules
from rekindle.journey.openings.topic import Topic
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.messages import MAILED, Message
from rekindle.store.touches import Touch

_YEAR = timedelta(days=weights.YEAR_DAYS)
_WHEN = func.coalesce(Application.decided_on, Application.applied_on, date.min)

#: They withdrew from their newest application; or from one of two that ended on the same day.
WITHDREW, PERHAPS_WITHDREW = 1, 2


def counted(overlap: Overlap, topic: Topic, rules: Rules, now: datetime) -> Select[Any]:
    """Return the statement for a page of ids: id; points, last contact, heard from, same again; what guards ask about.

    Whoever has no application, contact or mail has None in its places.
    """
    page = select(Candidate.id).where(Candidate.id.in_(IDS)).cte("page")
    past = _pasts(overlap, topic, rules, now, page)
    contact, mail = _contacts(now, page), _mails(rules, now, page)
    return (
        select(
            Candidate.id,
            past.c.points,
            contact.c.last,
            contact.c.heard,
            past.c.again,
            *_standing(now.date()),
            past.c.with_us,
            past.c.withdrew,
            past.c.cooling,
            mail.c.fresh,
            mail.c.enough,
        )
        .join(page, page.c.id == Candidate.id)
        .outerjoin(past, past.c.id == Candidate.id)
        .outerjoin(contact, contact.c.id == Candidate.id)
        .outerjoin(mail, mail.c.id == Candidate.id)
    )


def _standing(today: date) -> list[ColumnElement[Any]]:
    return [
        cast(Candidate.state, String),
        _flag(Candidate.address.is_(None)),
        _flag(Candidate.opted_out_at.is_not(None)),
        _flag(Candidate.unreachable_since.is_not(None)),
        cast(Candidate.basis, String),
        _flag(Candidate.consent_until < today),
        _flag(Candidate.snoozed_until > today),
    ]


def _pasts(overlap: Overlap, topic: Topic, rules: Rules, now: datetime, page: CTE) -> Subquery:
    withdrew = or_(Application.outcome == "withdrew", Application.rejected_by == "candidate")
    cooling = Application.decided_on > now.date() - timedelta(days=rules.limits.cool_off_days)
    left = func.coalesce(func.max(case((withdrew, _WHEN))), date.min)
    stayed = func.coalesce(func.max(case((withdrew, None), else_=_WHEN)), date.min)
    points = func.max(_level(topic, rules) + _team(topic) + _how_it_went()) + func.max(_promised())
    return _each(
        Application.candidate_id,
        page,
        points=points,
        again=func.max(_same_again(overlap, topic, rules, now.date())),
        with_us=func.max(_flag(Application.outcome.in_(("hired", "open")))),
        withdrew=case((left > stayed, WITHDREW), (left == stayed, PERHAPS_WITHDREW), else_=0),
        cooling=func.max(_flag(cooling)),
    )


def _contacts(now: datetime, page: CTE) -> Subquery:
    heard = and_(Touch.direction == "in", Touch.on >= now.date() - _YEAR)
    return _each(Touch.candidate_id, page, last=func.max(Touch.on), heard=func.max(_flag(heard)))


def _mails(rules: Rules, now: datetime, page: CTE) -> Subquery:
    went = (Message.state.in_(MAILED), Message.sending_at > now - _YEAR)
    fresh = Message.sending_at > now - timedelta(days=rules.limits.min_days)
    enough = _flag(func.count() >= rules.limits.max_per_year)
    return _each(Message.candidate_id, page, *went, fresh=func.max(_flag(fresh)), enough=enough)


def _each(
    person: InstrumentedAttribute[int], page: CTE, *wanted: ColumnElement[bool], **columns: ColumnElement[Any]
) -> Subquery:
    """Count for each person of the page."""
    labelled = [column.label(name) for name, column in columns.items()]
    mine = person.in_(select(page.c.id))
    return select(person.label("id"), *labelled).where(mine, *wanted).group_by(person).subquery()


def _level(topic: Topic, rules: Rules) -> ColumnElement[int]:
    ladder = [level.casefold() for level in rules.ladder]
    if topic.level.casefold() not in ladder:
        return literal(0)
    at = ladder.index(topic.level.casefold())
    level = func.lower(Application.level)
    return case(
        (level.in_(ladder[:at]), weights.LEVEL_UP),
        (level.in_(ladder[at + 1 :]), weights.LEVEL_DOWN),
        (and_(level == ladder[at], ~_other_team(topic)), weights.LEVEL_SAME),
        else_=0,
    )


def _team(topic: Topic) -> ColumnElement[int]:
    return case((_other_team(topic), weights.OTHER_TEAM), else_=0)


def _other_team(topic: Topic) -> ColumnElement[bool]:
    """Say whether the teams differ, were it in a space only."""
    mine = func.coalesce(func.nullif(func.lower(Application.team), ""), (topic.team or "").lower())
    return mine != (topic.team or "").lower() if topic.team else Application.id.is_(None)


def _how_it_went() -> ColumnElement[int]:
    stage = case(
        (Application.finalist, weights.FINALIST), (Application.last_stage.is_not(None), weights.STAGE), else_=0
    )
    told = {"personal": weights.TOLD_PERSONALLY, "none": weights.NEVER_TOLD}
    return (
        stage
        + case(told, value=Application.rejection, else_=0)
        + case((Application.reason.is_not(None), weights.TIPPED_NO_MORE), else_=0)
    )


def _promised() -> ColumnElement[int]:
    holds = and_(Application.promise.is_not(None), Application.outcome == "rejected")
    return case((holds, weights.PROMISE), else_=0)


def _same_again(overlap: Overlap, topic: Topic, rules: Rules, today: date) -> ColumnElement[int]:
    when = func.coalesce(Application.decided_on, Application.applied_on)
    lately = and_(Application.outcome == "rejected", or_(when.is_(None), when >= rules.recycled_since(today)))
    same_level = func.lower(Application.level) == topic.level.lower()
    titled = and_(func.lower(Application.role) == topic.title.lower(), or_(Application.level.is_(None), same_level))
    alike = and_(
        Application.family.in_(overlap.families),
        same_level,
        func.lower(func.coalesce(Application.team, "")) == (topic.team or "").lower(),
    )
    return _flag(and_(lately, or_(alike, and_(titled, ~_other_team(topic)))))


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return 1 or 0, also where nothing is known: then 0."""
    return case((condition, 1), else_=0)
