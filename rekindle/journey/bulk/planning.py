"""What planning any edition takes: one planner at a time, nobody planned twice, a count at the end. Sends nothing."""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from rekindle.store.bulk import insert_all
from rekindle.store.dialect import HOLD, insert_new
from rekindle.store.editions import Edition, EditionState, LeftOut
from rekindle.store.engine import changed
from rekindle.store.messages import Message
from states.guards import Refusal
from states.message import MessageState
from states.programme import Programme


def begin(
    session: Session, programme: Programme, period: str, now: datetime, items: list[int], event_id: int | None = None
) -> Edition:
    """Return the edition of `period`, making its row on the first call; an empty one is begun anew."""
    session.execute(
        insert_new(session, Edition),
        {
            "programme": programme,
            "period": period,
            "state": EditionState.PLANNING,
            "event_id": event_id,
            "items": items,
            "left_out": {},
            "intro": "",
            "planned_at": now,
            "forms": 0,
        },
    )
    found = session.scalar(select(Edition).where(Edition.programme == programme, Edition.period == period))
    assert found is not None
    if found.state is EditionState.EMPTY:
        begin_anew(session, found, EditionState.EMPTY, now, items)
    return found


def begin_anew(session: Session, edition: Edition, state: EditionState, now: datetime, items: list[int]) -> None:
    """Plan an edition again of which nothing was sent: a quarter without news is not over once there is some."""
    still = (Edition.id == edition.id, Edition.state == state)
    anew = {"state": EditionState.PLANNING, "items": items, "left_out": {}, "planned_at": now}
    # Compared and set: another planner may have begun, and even ended, meanwhile.
    if changed(session, update(Edition).where(*still).values(anew)):
        session.execute(delete(LeftOut).where(LeftOut.edition_id == edition.id))
    session.refresh(edition)


def hold_planning(session: Session, edition_id: int) -> bool:
    """Say whether an edition is still being planned, and keep other planners out until the transaction ends.

    One at a time, each sees what the one before has written; two pages at once would plan the same people twice.
    """
    edition = session.get_one(Edition, edition_id, populate_existing=True, with_for_update=HOLD)
    return edition.state is EditionState.PLANNING


def already_planned(session: Session, edition_id: int, ids: Sequence[int]) -> set[int]:
    """Return those of the candidates `ids` who have a letter of the edition, or a reason why not."""
    written = session.scalars(
        select(Message.candidate_id).where(Message.edition_id == edition_id, Message.candidate_id.in_(ids))
    )
    refused = session.scalars(
        select(LeftOut.candidate_id).where(LeftOut.edition_id == edition_id, LeftOut.candidate_id.in_(ids))
    )
    return {*written, *refused}


def leave_out(session: Session, edition_id: int, refusals: Mapping[int, Refusal]) -> None:
    """Write down why these candidates get nothing."""
    rows = [
        {"edition_id": edition_id, "candidate_id": candidate_id, "code": refusal.code, "reason": refusal.reason}
        for candidate_id, refusal in refusals.items()
    ]
    insert_all(session, LeftOut, rows)


def write_drafts(session: Session, edition: Edition, candidate_ids: Iterable[int], now: datetime) -> dict[int, int]:
    """Draft a letter of the edition for each candidate; return candidate id -> message id."""
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
        for candidate_id in candidate_ids
    ]
    if not rows:
        return {}
    made = session.execute(insert(Message).returning(Message.id, Message.candidate_id), rows)
    return {candidate_id: message_id for message_id, candidate_id in made}


def close_planning(session: Session, edition: Edition) -> bool:
    """Count what was planned; return whether this call was the one that closed it.

    The edition then waits for a person, or is empty when nobody is to get anything.
    """
    if not hold_planning(session, edition.id):
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
