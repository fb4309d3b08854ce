"""Looks at everybody who is due a check-in, in turn, with all that speaks against one. Reads only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from rekindle.journey.letters.standards import Standards
from rekindle.journey.warming.choosing import against
from rekindle.journey.warming.due import PAGE, Quiet, quiet
from rekindle.store.candidates import Candidate
from rekindle.store.facts import facts_about
from rekindle.store.letters import Letter
from rekindle.store.messages import Message
from rekindle.store.outreaches import outreach_open
from rekindle.store.suppressions import suppressed
from states.guards import Refusal
from states.message import MessageState, Occasion

_SUPPRESSED = Refusal("suppressed", "the address is suppressed")
_ON_THE_DESK = Refusal("no_letter_comes_first", "a personal letter to the candidate lies on the desk")


@dataclass(frozen=True, slots=True)
class Considered:
    """Somebody who is due, who would write to them, and what speaks against it."""

    candidate_id: int
    last_contact_on: date
    due_on: date
    #: The longest time that may pass has passed.
    is_late: bool
    writer: str
    refusals: tuple[Refusal, ...]


def considered(session: Session, standards: Standards, now: datetime) -> Iterator[Considered]:
    """Give everybody who is due, those first who get their turn first; read no further than is asked for."""
    waiting = quiet(session, now.date(), standards.check_ins)
    while page := list(islice(waiting, PAGE)):
        yield from _judged(session, page, standards, now)


def given_since(session: Session, since: datetime) -> dict[str, int]:
    """Count the check-ins drafted since then for each person who signs, whatever became of them."""
    # A message is never due before it was written, and that is what there is an index for.
    drafted = (Message.state.in_(MessageState), Message.due_at >= since)
    query = (
        select(Letter.signer, func.count(Message.id.distinct()))
        .join(Message, Message.id == Letter.message_id)
        .where(*drafted, Message.occasion == Occasion.CHECK_IN, Message.created_at >= since)
        .where(Letter.id == _first_version())
        .group_by(Letter.signer)
    )
    return dict(session.execute(query).tuples().all())


def _judged(session: Session, page: Sequence[Quiet], standards: Standards, now: datetime) -> Iterator[Considered]:
    ids = [each.candidate_id for each in page]
    people = {row.id: row for row in session.scalars(select(Candidate).where(Candidate.id.in_(ids)))}
    facts = facts_about(session, list(people.values()), now, standards.policy.limits)
    open_to, on_the_desk = outreach_open(session, ids), _on_the_desk(session, ids)
    hashes = {row.id: standards.address_hash(row.address) for row in people.values() if row.address}
    blocked = suppressed(session, hashes.values())
    for each in page:
        number = each.candidate_id
        refusals = [
            *against(facts[number], each.last_contact_on, each.interval, outreach_open=number in open_to),
            *([_ON_THE_DESK] if number in on_the_desk else []),
            *([_SUPPRESSED] if hashes.get(number) in blocked else []),
        ]
        writer = standards.signer_for(people[number].recruiter).address
        is_late = each.is_late(now.date())
        yield Considered(number, each.last_contact_on, each.due_on, is_late, writer, tuple(refusals))


def _on_the_desk(session: Session, candidate_ids: Sequence[int]) -> set[int]:
    drafted = (Message.occasion.is_not(None), Message.state == MessageState.DRAFTED)
    return set(session.scalars(select(Message.candidate_id).where(Message.candidate_id.in_(candidate_ids), *drafted)))


def _first_version() -> ColumnElement[int]:
    first = select(func.min(Letter.id)).where(Letter.message_id == Message.id)
    return first.correlate(Message).scalar_subquery()
