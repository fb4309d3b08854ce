"""Finds what people want to see a list of: candidates, approvals, editions, letters. Reads only; lists have a limit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from rekindle.journey.warming.readiness import Interval, Readiness, Warmth
from rekindle.journey.warming.standing import are, warmth_of
from rekindle.store.applications import Application, applications_of
from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate, Label
from rekindle.store.content import Content
from rekindle.store.editions import Edition, LeftOut
from rekindle.store.messages import Message, MessageItem
from states.candidate import CandidateState, named
from states.message import MessageState

Line = TypeVar("Line")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Page(Generic[Line]):
    """The first lines of a list, and how many there are in all."""

    lines: list[Line]
    total: int


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One candidate in a list; role, level and day are those of the newest application."""

    id: str
    name: str
    state: str
    recruiter: str | None
    role: str | None
    level: str | None
    decided_on: date | None
    #: Of whoever is kept warm: how warm they still are, and the record that rests on.
    readiness: str | None
    last_contact: str | None
    cold_on: date | None


@dataclass(frozen=True, slots=True)
class Letter:
    """One message in a list; `items` are title and reason of what it carries."""

    id: int
    candidate: str
    programme: str
    edition_id: int | None
    state: str
    due_at: datetime
    #: When it was handed to the mail server, and the part of its Message-ID before the @: what its log knows it by.
    sending_at: datetime | None
    key: str
    sent_at: datetime | None
    reason: str | None
    items: list[tuple[str, str]]


def candidates(
    session: Session,
    *,
    state: CandidateState | None = None,
    tag: str | None = None,
    recruiter: str | None = None,
    readiness: Readiness | None = None,
    team: Interval,
    today: date,
    limit: int,
) -> Page[CandidateLine]:
    """List candidates in order of id; tag and recruiter are compared without regard to case.

    `readiness` narrows it to those who are kept warm, by the team's interval or their own.
    """
    wanted: list[ColumnElement[bool]] = []
    if state:
        wanted.append(Candidate.state == state)
    if recruiter:
        wanted.append(func.lower(Candidate.recruiter) == recruiter.lower())
    if tag:
        labelled = select(Label.candidate_id).where(Label.kind == "tag", Label.key == tag.strip().casefold())
        wanted.append(Candidate.id.in_(labelled))
    if readiness:
        wanted.append(are(session, readiness, team, today))
    page = _page(session, select(Candidate).where(*wanted).order_by(Candidate.id), limit)
    applications = applications_of(session, [person.id for person in page.lines])
    warmths = warmth_of(session, page.lines, team, today)
    lines = [
        _candidate(person, next(iter(applications.get(person.id, ())), None), warmths.get(person.id))
        for person in page.lines
    ]
    return Page(lines, page.total)


def approvals(session: Session, limit: int) -> Page[Approval]:
    """List every approval there ever was, newest first."""
    return _page(session, select(Approval).order_by(Approval.id.desc()), limit)


def editions(session: Session, limit: int) -> Page[Edition]:
    """List editions, newest first."""
    return _page(session, select(Edition).order_by(Edition.id.desc()), limit)


def content(session: Session, limit: int) -> Page[Content]:
    """List content items, newest first."""
    return _page(session, select(Content).order_by(Content.published_on.desc(), Content.id.desc()), limit)


def letters(
    session: Session, *, state: MessageState | None = None, edition_id: int | None = None, limit: int
) -> Page[Letter]:
    """List messages in order of id, with what each carries."""
    wanted: list[ColumnElement[bool]] = []
    if state:
        wanted.append(Message.state == state)
    if edition_id is not None:
        wanted.append(Message.edition_id == edition_id)
    page = _page(session, select(Message).where(*wanted).order_by(Message.id), limit)
    items = _items(session, [row.id for row in page.lines])
    return Page([_letter(row, items.get(row.id, [])) for row in page.lines], page.total)


def items_of(session: Session, edition_id: int) -> list[tuple[str, int]]:
    """List the titles an edition's letters carry, with how many letters carry each, the commonest first."""
    carried = func.count().label("carried")
    query = (
        select(Content.title, carried)
        .join(MessageItem, MessageItem.content_id == Content.id)
        .join(Message, Message.id == MessageItem.message_id)
        .where(Message.edition_id == edition_id)
        .group_by(Content.id, Content.title)
        .order_by(carried.desc(), Content.id)
    )
    return [(title, count) for title, count in session.execute(query)]


def offered(session: Session, edition: Edition) -> list[tuple[str, str, str]]:
    """List the items an edition's letters choose from: title, summary, link."""
    query = select(Content).where(Content.id.in_(edition.items)).order_by(Content.id)
    return [(item.title, item.summary, item.url) for item in session.scalars(query)]


def left_out(session: Session, edition_id: int) -> list[tuple[str, int]]:
    """List why people were left out of an edition, with how many, the commonest first; days are left open."""
    people = func.count().label("people")
    query = (
        select(func.min(LeftOut.reason), people)
        .where(LeftOut.edition_id == edition_id)
        .group_by(LeftOut.code)
        .order_by(people.desc(), LeftOut.code)
    )
    return [(_DAY.sub("…", reason), count) for reason, count in session.execute(query)]


def _candidate(person: Candidate, newest: Application | None, warmth: Warmth | None) -> CandidateLine:
    return CandidateLine(
        id=f"c-{person.id}",
        name=f"{person.given_name} {person.family_name}".strip(),
        state=named(person.state),
        recruiter=person.recruiter,
        role=newest.role if newest else None,
        level=newest.level if newest else None,
        decided_on=newest.decided_on if newest else None,
        readiness=warmth.readiness.value if warmth else None,
        last_contact=str(warmth.evidence) if warmth and warmth.evidence else None,
        cold_on=warmth.cold_on if warmth else None,
    )


def _letter(row: Message, items: list[tuple[str, str]]) -> Letter:
    return Letter(
        id=row.id,
        candidate=f"c-{row.candidate_id}",
        programme=row.programme,
        edition_id=row.edition_id,
        state=row.state,
        due_at=row.due_at,
        sending_at=row.sending_at,
        key=row.key,
        sent_at=row.sent_at,
        reason=row.reason,
        items=items,
    )


def _items(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    query = (
        select(MessageItem.message_id, Content.title, MessageItem.why)
        .join(Content, Content.id == MessageItem.content_id)
        .where(MessageItem.message_id.in_(ids))
        .order_by(MessageItem.message_id, MessageItem.position)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for message_id, title, why in session.execute(query):
        found.setdefault(message_id, []).append((title, why))
    return found


def _page(session: Session, query: Select[Any], limit: int) -> Page[Any]:
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return Page(list(session.scalars(query.limit(limit))), total)
