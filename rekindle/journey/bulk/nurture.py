"""Who gets the quarterly update, with which items, and why the others do not. Plans rows; sends nothing.

Planning is re-entrant: the edition's row comes first, then the candidates page by page, each in its own transaction;
whoever plans the same period again goes on where the rows end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.bulk import editions
from rekindle.journey.bulk.choosing import Choice, Item, Reader, choose, too_little
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.bulk.periods import is_period
from rekindle.journey.bulk.planning import (
    already_planned,
    begin,
    close_planning,
    hold_planning,
    leave_out,
    write_drafts,
)
from rekindle.store.applications import applications_of
from rekindle.store.bulk import insert_all
from rekindle.store.candidates import Candidate, labels_of, language_of
from rekindle.store.content import Content, items_valid_on
from rekindle.store.editions import Edition, EditionState, LeftOut
from rekindle.store.engine import Store
from rekindle.store.facts import Limits, facts_of
from rekindle.store.messages import Message, MessageItem
from states.candidate import CandidateState
from states.facts import Facts
from states.guards import Refusal, may_be_updated
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
    items = [item.id for item in items_valid_on(session, now.date())]
    return begin(session, Programme.QUARTERLY_UPDATE, period, now, items)


def exists(session: Session, period: str) -> bool:
    """Say whether the update of `period` has been begun."""
    known = (Edition.programme == Programme.QUARTERLY_UPDATE, Edition.period == period)
    return session.scalar(select(Edition.id).where(*known)) is not None


def plan_page(session: Session, edition: Edition, after: int, now: datetime, rule: Rule) -> int | None:
    """Plan the next page of candidates with an id above `after`; return the last id.

    None: that was the last page, or somebody else has closed the planning.
    """
    if not hold_planning(session, edition.id):
        return None
    nurturing = (Candidate.state == CandidateState.NURTURING, Candidate.id > after)
    people = list(session.scalars(select(Candidate).where(*nurturing).order_by(Candidate.id).limit(PAGE)))
    if not people:
        return None
    ids = [person.id for person in people]
    done = already_planned(session, edition.id, ids)
    facts = facts_of(session, ids, now, rule.limits)
    reading = readers(session, people)
    items = as_items(session.scalars(select(Content).where(Content.id.in_(edition.items))))
    drafts: dict[int, tuple[Choice, ...]] = {}
    left_out: dict[int, Refusal] = {}
    for person_id in (i for i in ids if i not in done):
        chosen, refusal = judge(facts[person_id], reading[person_id], items, rule)
        if refusal:
            left_out[person_id] = refusal
        else:
            drafts[person_id] = chosen
    _write_drafts(session, edition, drafts, now)
    leave_out(session, edition.id, left_out)
    return ids[-1]


def judge(facts: Facts, reader: Reader, items: Sequence[Item], rule: Rule) -> tuple[tuple[Choice, ...], Refusal | None]:
    """Choose what one person gets, or say why they get nothing. Pure: a forecast asks the same."""
    refusals = may_be_updated(facts)
    if refusals:
        return (), refusals[0]
    chosen = choose(items, reader, rule.items_max)
    if len(chosen) < rule.items_min:
        return (), Refusal(*too_little(chosen, rule.items_min))
    return chosen, None


def as_items(rows: Iterable[Content]) -> list[Item]:
    """Return content rows as the choice sees them."""
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


def readers(session: Session, people: Sequence[Candidate]) -> dict[int, Reader]:
    """Return candidate id -> the person as the choice sees them."""
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
    made = write_drafts(session, edition, drafts, now)
    carried = [
        {"message_id": made[candidate_id], "content_id": choice.item_id, "position": position, "why": choice.why}
        for candidate_id, choices in drafts.items()
        for position, choice in enumerate(choices, start=1)
    ]
    insert_all(session, MessageItem, carried)
