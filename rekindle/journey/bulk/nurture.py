"""Who gets the quarterly update, with which items, and why the others do not. Plans rows; sends nothing.

Planning is re-entrant: the edition's row comes first, then the candidates page by page, each in its own transaction;
whoever plans the same period again goes on where the rows end.
"""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.bulk import editions
from rekindle.journey.bulk.choosing import Choice, Item, Reader, choose
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.bulk.periods import is_period
from rekindle.store.applications import applications_of
from rekindle.store.bulk import insert_all
from rekindle.store.candidates import Candidate, labels_of, language_of
from rekindle.store.content import Content, items_valid_on
from rekindle.store.dialect import HOLD, insert_new
from rekindle.store.editions import Edition, EditionState, LeftOut
from rekindle.store.engine import Store, changed
from rekindle.store.facts import Limits, facts_of
from rekindle.store.messages import Message, MessageItem
from states.candidate import CandidateState
from states.facts import Facts
from states.guards import Refusal, may_be_mailed
from states.message import MessageState
from states.programme import Programme

PAGE = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """Who is due: nurturing, may be mailed, within the budget, and with enough items that concern them."""

    limits: Limits
    items_min: int
    items_max: int

    def __str__(self) -> str:
        return (
            f"everyone who is nurturing, may be mailed and had no mail for {self.limits.min_days} days "
            f"(at most {self.limits.max_per_year} a year), with {self.items_min} to {self.items_max} items that "
            "concern them and that they were never sent"
        )


def plan_update(store: Store, period: str, now: datetime, rule: Rule, frozen: Frozen) -> int:
    """Plan the update of `period` from wherever its rows end, and ask for its approval; return the edition's id."""
    with store.writing() as session:
        edition = begin_update(session, period, now)
    last: int | None = 0
    while last is not None and edition.state is EditionState.PLANNING:
        with store.writing() as session:
            last = plan_page(session, edition, last, now, rule)
    with store.writing() as session:
        edition = editions.find(session, edition.id)
        if close_planning(session, edition) and edition.state is EditionState.AWAITING:
            editions.ask(session, edition, frozen, by="rekindle", now=now)
    return edition.id


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What an edition would be: (candidate, item title, why) for each item, (candidate, why not) for the others."""

    letters: list[tuple[int, str, str]]
    left_out: list[tuple[int, str]]


def rehearse(session: Session, period: str, now: datetime, rule: Rule) -> Rehearsal:
    """Plan the update with the very same code, in a session whose transaction is thrown away."""
    edition = begin_update(session, period, now)
    last: int | None = 0
    while last is not None:
        last = plan_page(session, edition, last, now, rule)
    letters = (
        select(Message.candidate_id, Content.title, MessageItem.why)
        .join(MessageItem, MessageItem.message_id == Message.id)
        .join(Content, Content.id == MessageItem.content_id)
        .where(Message.edition_id == edition.id)
        .order_by(Message.candidate_id, MessageItem.position)
    )
    refused = select(LeftOut.candidate_id, LeftOut.reason).where(LeftOut.edition_id == edition.id)
    return Rehearsal(
        [(who, title, why) for who, title, why in session.execute(letters)],
        [(who, why) for who, why in session.execute(refused.order_by(LeftOut.candidate_id))],
    )


def is_planned(session: Session, period: str) -> bool:
    """Say whether the update of `period` has been planned to the end."""
    planned = (Edition.programme == Programme.QUARTERLY_UPDATE, Edition.period == period)
    query = select(Edition.id).where(*planned, Edition.state != EditionState.PLANNING)
    return session.scalar(query) is not None


def begin_update(session: Session, period: str, now: datetime) -> Edition:
    """Return the edition of `period` (2026-Q4), making its row on the first call; an empty one is begun anew.

    Raises BadInput for what is no period.
    """
    if not is_period(period):
        raise BadInput(f"{period!r} is not a quarter: write it like 2026-Q4")
    session.execute(
        insert_new(session, Edition),
        {
            "programme": Programme.QUARTERLY_UPDATE,
            "period": period,
            "state": EditionState.PLANNING,
            "items": [item.id for item in items_valid_on(session, now.date())],
            "left_out": {},
            "intro": "",
            "planned_at": now,
            "forms": 0,
        },
    )
    found = session.scalar(
        select(Edition).where(Edition.programme == Programme.QUARTERLY_UPDATE, Edition.period == period)
    )
    assert found is not None
    if found.state is EditionState.EMPTY:
        _begin_anew(session, found, now)
    return found


def _begin_anew(session: Session, edition: Edition, now: datetime) -> None:
    """Nobody was asked and nothing was sent, so a quarter without news is not over once there is some."""
    items = [item.id for item in items_valid_on(session, now.date())]
    still_empty = (Edition.id == edition.id, Edition.state == EditionState.EMPTY)
    anew = {"state": EditionState.PLANNING, "items": items, "left_out": {}, "planned_at": now}
    # Compared and set: another planner may have begun, and even ended, meanwhile.
    if changed(session, update(Edition).where(*still_empty).values(anew)):
        session.execute(delete(LeftOut).where(LeftOut.edition_id == edition.id))
    session.refresh(edition)


def exists(session: Session, period: str) -> bool:
    """Say whether the update of `period` has been begun."""
    known = (Edition.programme == Programme.QUARTERLY_UPDATE, Edition.period == period)
    return session.scalar(select(Edition.id).where(*known)) is not None


def plan_page(session: Session, edition: Edition, after: int, now: datetime, rule: Rule) -> int | None:
    """Plan the next page of candidates with an id above `after`; return the last id.

    None: that was the last page, or somebody else has closed the planning.
    """
    if not _hold_planning(session, edition.id):
        return None
    nurturing = (Candidate.state == CandidateState.NURTURING, Candidate.id > after)
    people = list(session.scalars(select(Candidate).where(*nurturing).order_by(Candidate.id).limit(PAGE)))
    if not people:
        return None
    ids = [person.id for person in people]
    done = _already_planned(session, edition.id, ids)
    facts = facts_of(session, ids, now, rule.limits)
    readers = _readers(session, people)
    items = _items(session, edition)
    drafts: dict[int, tuple[Choice, ...]] = {}
    left_out: list[Mapping[str, object]] = []
    for person_id in (i for i in ids if i not in done):
        chosen, refusal = _judge(facts[person_id], readers[person_id], items, rule)
        if refusal:
            left_out.append(
                {
                    "edition_id": edition.id,
                    "candidate_id": person_id,
                    "code": refusal.code,
                    "reason": refusal.reason,
                }
            )
        else:
            drafts[person_id] = chosen
    _write_drafts(session, edition, drafts, now)
    if left_out:
        session.execute(insert(LeftOut), left_out)
    return ids[-1]


def close_planning(session: Session, edition: Edition) -> bool:
    """Count what was planned; return whether this call was the one that closed it.

    The edition then waits for a person, or is empty when nobody is to get anything.
    """
    if not _hold_planning(session, edition.id):
        return False
    reasons = session.scalars(select(LeftOut.code).where(LeftOut.edition_id == edition.id))
    state = EditionState.AWAITING if planned_messages(session, edition.id) else EditionState.EMPTY
    closed = update(Edition).where(Edition.id == edition.id).values(state=state, left_out=dict(Counter(reasons)))
    drafted = (Message.edition_id == edition.id, Message.state == MessageState.DRAFTED)
    changed(session, closed)
    changed(session, update(Message).where(*drafted).values(state=MessageState.AWAITING))
    session.refresh(edition)
    return True


def planned_messages(session: Session, edition_id: int) -> int:
    """Count the letters of an edition, whatever became of them."""
    return session.scalar(select(func.count()).select_from(Message).where(Message.edition_id == edition_id)) or 0


def _hold_planning(session: Session, edition_id: int) -> bool:
    """Say whether an edition is still being planned, and keep other planners out until the transaction ends.

    One at a time, each sees what the one before has written; two pages at once would plan the same people twice.
    """
    edition = session.get_one(Edition, edition_id, populate_existing=True, with_for_update=HOLD)
    return edition.state is EditionState.PLANNING


def _judge(
    facts: Facts, reader: Reader, items: Sequence[Item], rule: Rule
) -> tuple[tuple[Choice, ...], Refusal | None]:
    refusals = may_be_mailed(facts)
    if refusals:
        return (), refusals[0]
    chosen = choose(items, reader, rule.items_max)
    if len(chosen) < rule.items_min:
        return (), Refusal("nothing_relevant", "nothing in this edition concerns this person and is new to them")
    return chosen, None


def _already_planned(session: Session, edition_id: int, ids: Sequence[int]) -> set[int]:
    written = session.scalars(
        select(Message.candidate_id).where(Message.edition_id == edition_id, Message.candidate_id.in_(ids))
    )
    refused = session.scalars(
        select(LeftOut.candidate_id).where(LeftOut.edition_id == edition_id, LeftOut.candidate_id.in_(ids))
    )
    return {*written, *refused}


def _items(session: Session, edition: Edition) -> list[Item]:
    rows = session.scalars(select(Content).where(Content.id.in_(edition.items)))
    return [
        Item(
            row.id,
            tuple(row.topics),
            frozenset(f.casefold() for f in row.families),
            language_of(row.language),
            row.published_on,
        )
        for row in rows
    ]


def _readers(session: Session, people: Sequence[Candidate]) -> dict[int, Reader]:
    ids = [person.id for person in people]
    labels = labels_of(session, ids)
    applications = applications_of(session, ids)
    seen = _seen(session, ids)
    return {
        person.id: Reader(
            families=frozenset(a.family.casefold() for a in applications.get(person.id, ()) if a.family),
            interests=tuple(labels.get(person.id, {}).get("interest", ())),
            skills=tuple(labels.get(person.id, {}).get("skill", ())),
            language=person.language,
            seen=frozenset(seen.get(person.id, ())),
        )
        for person in people
    }


def _seen(session: Session, ids: Sequence[int]) -> dict[int, set[int]]:
    """Items that reached or may have reached each person: everything not surely unsent."""
    unsent = (MessageState.CANCELLED, MessageState.EXPIRED, MessageState.FAILED)
    query = (
        select(Message.candidate_id, MessageItem.content_id)
        .join(MessageItem, MessageItem.message_id == Message.id)
        .where(Message.candidate_id.in_(ids), Message.state.not_in(unsent))
    )
    seen: dict[int, set[int]] = {}
    for candidate_id, content_id in session.execute(query):
        seen.setdefault(candidate_id, set()).add(content_id)
    return seen


def _write_drafts(session: Session, edition: Edition, drafts: Mapping[int, tuple[Choice, ...]], now: datetime) -> None:
    if not drafts:
        return
    rows = [
        {
            "candidate_id": candidate_id,
            "programme": edition.programme,
            "edition_id": edition.id,
            "state": MessageState.DRAFTED,
            "key": secrets.token_hex(12),
            "due_at": now,
            "attempts": 0,
            "created_at": now,
        }
        for candidate_id in drafts
    ]
    made = session.execute(insert(Message).returning(Message.id, Message.candidate_id), rows)
    carried = [
        {"message_id": message_id, "content_id": choice.item_id, "position": position, "why": choice.why}
        for message_id, candidate_id in made
        for position, choice in enumerate(drafts[candidate_id], start=1)
    ]
    insert_all(session, MessageItem, carried)
