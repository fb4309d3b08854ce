"""The ledger's side of delivery: takes what may go, writes `sending` down first, and records what became of it.

Everything is checked again in the transaction that takes a message; what must not go any more is cancelled with the
reason. A message that was taken and never recorded was on its way when something died: it becomes `unconfirmed`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, insert, or_, select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey import editions
from rekindle.journey.editions import Frozen
from rekindle.mail.outcome import Accepted, Deferred, Failed, NotSent, Outcome, Unknown
from rekindle.store.candidates import Candidate
from rekindle.store.dialect import skip_locked
from rekindle.store.editions import Edition, EditionState
from rekindle.store.engine import changed
from rekindle.store.facts import Limits, facts_of
from rekindle.store.messages import Message, become
from rekindle.store.suppressions import suppressed
from rekindle.store.touches import Touch
from states.candidate import CandidateState, named
from states.guards import may_be_mailed
from states.message import MessageState

#: How long to wait after the first, second, ... "later" of a mail server; after the last one the message has failed.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 360, 720, 1440))
#: When the route is at fault, not the message.
ROUTE_PAUSE = timedelta(minutes=5)
#: Longer than any conversation with a mail server can take: whoever took a message before this is dead.
LOST_AFTER = timedelta(minutes=15)
#: What an answer settles; late, when the sender was only thought dead, it settles what was handed to a person.
_UNDECIDED = (MessageState.SENDING, MessageState.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way: the bytes are final, the row says `sending`."""

    message_id: int
    sender: str
    recipient: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Desk:
    """What the sender needs to know and cannot look up: the limits, the keyed hash, how a message is written."""

    limits: Limits
    stale_after: timedelta
    address_hash: Callable[[str], str]
    write: Callable[[Session, Sequence[Message], datetime], Mapping[int, Outgoing | BadInput]]
    frozen: Frozen


def take(session: Session, at_most: int, now: datetime, desk: Desk, edition_id: int | None = None) -> list[Outgoing]:
    """Take up to `at_most` messages that may go now; they are `sending` once this transaction is committed.

    Returns an empty list only when nothing is left. Letters of an edition that is not any more what was approved are
    passed over; `editions.recheck` takes them back.
    """
    changed_since: set[int] = set()
    while rows := _due(session, at_most, now, edition_id, changed_since):
        fit = _still_fit(session, rows, now, desk)
        written = desk.write(session, fit, now)
        # Asked after the writing: whatever was edited until then stands in the letters.
        changed_since |= _changed_editions(session, fit, desk)
        approved = [row for row in fit if row.edition_id not in changed_since]
        taken = _without_failures(session, approved, written)
        if taken:
            _mark_sending(session, [out.message_id for out in taken], now)
            return taken
    return []


def record(session: Session, outcomes: Sequence[tuple[int, Outcome]], now: datetime) -> None:
    """Write down what became of messages that were `sending`, with a touch for each that was accepted."""
    accepted = [message_id for message_id, outcome in outcomes if isinstance(outcome, Accepted)]
    if accepted:
        _record_sent(session, accepted, now)
    for message_id, outcome in outcomes:
        match outcome:
            case Accepted():
                pass
            case Deferred(reason=reason, code=code):
                _defer(session, message_id, f"{code} {reason}", now)
            case NotSent(reason=reason):
                _put_back(session, message_id, reason, now)
            case Failed(reason=reason, code=code):
                for undecided in _UNDECIDED:
                    become(session, [message_id], undecided, MessageState.FAILED, reason=f"{code} {reason}"[:500])
            case Unknown(reason=reason):
                _from_sending(session, message_id, MessageState.UNCONFIRMED, reason)


def confirm_lost(session: Session, now: datetime) -> int:
    """Hand messages whose sender died to a person: nobody knows whether they arrived. Return how many."""
    lost = (Message.state == MessageState.SENDING, Message.sending_at < now - LOST_AFTER)
    reason = "the sender stopped between handing it over and writing down the answer"
    return changed(session, update(Message).where(*lost).values(state=MessageState.UNCONFIRMED, reason=reason))


def _due(
    session: Session, at_most: int, now: datetime, edition_id: int | None, changed_since: Collection[int]
) -> list[Message]:
    """Hold the oldest messages that are due, and their candidates: nobody is written to by two rounds at once."""
    query = (
        select(Message)
        .join(Candidate, Candidate.id == Message.candidate_id)
        .outerjoin(Edition, Edition.id == Message.edition_id)
        .where(
            Message.state.in_((MessageState.APPROVED, MessageState.DEFERRED)),
            Message.due_at <= now,
            or_(Message.edition_id.is_(None), Edition.state == EditionState.APPROVED),
        )
        .order_by(Message.due_at, Message.id)
        .limit(at_most)
        .execution_options(populate_existing=True)
    )
    if edition_id is not None:
        query = query.where(Message.edition_id == edition_id)
    if changed_since:
        query = query.where(or_(Message.edition_id.is_(None), Message.edition_id.not_in(changed_since)))
    return list(session.scalars(skip_locked(query, Message, Candidate)))


def _still_fit(session: Session, rows: Sequence[Message], now: datetime, desk: Desk) -> list[Message]:
    ids = [row.candidate_id for row in rows]
    facts = facts_of(session, ids, now, desk.limits)
    columns = (Candidate.id, Candidate.address, Candidate.state)
    people = session.execute(select(*columns).where(Candidate.id.in_(ids))).all()
    hashes = {candidate_id: desk.address_hash(address) for candidate_id, address, _ in people if address}
    states = {candidate_id: state for candidate_id, _, state in people}
    blocked = suppressed(session, hashes.values())
    fit: dict[int, Message] = {}
    for row in rows:
        refusals = may_be_mailed(facts[row.candidate_id])
        if now - (row.released_at or row.created_at) > desk.stale_after:
            become(session, [row.id], row.state, MessageState.EXPIRED, reason="too late: it was due long ago")
        elif row.edition_id is not None and states[row.candidate_id] is not CandidateState.NURTURING:
            _give_up(session, row, f"the candidate is {named(states[row.candidate_id])} by now, not nurturing")
        elif refusals:
            _give_up(session, row, refusals[0].reason)
        elif hashes[row.candidate_id] in blocked:
            _give_up(session, row, "the address is suppressed")
        else:
            # A second letter to one person waits for the next round, whose facts know of the first.
            fit.setdefault(row.candidate_id, row)
    return list(fit.values())


def _changed_editions(session: Session, rows: Sequence[Message], desk: Desk) -> set[int]:
    concerned = {row.edition_id for row in rows if row.edition_id is not None}
    return concerned - editions.as_approved(session, concerned, desk.frozen) if concerned else concerned


def _without_failures(
    session: Session, rows: Sequence[Message], written: Mapping[int, Outgoing | BadInput]
) -> list[Outgoing]:
    """Give up what could not be written, with the reason; return what was."""
    taken = []
    for row in rows:
        match written[row.id]:
            case BadInput() as problem:
                _give_up(session, row, f"cannot be written: {problem}")
            case Outgoing() as out:
                taken.append(out)
    return taken


def _give_up(session: Session, row: Message, reason: str) -> None:
    become(session, [row.id], row.state, MessageState.CANCELLED, reason=reason[:500])


def _mark_sending(session: Session, ids: Sequence[int], now: datetime) -> None:
    values = {"state": MessageState.SENDING, "sending_at": now, "attempts": Message.attempts + 1, "reason": None}
    changed(session, update(Message).where(Message.id.in_(ids)).values(values))


def _record_sent(session: Session, ids: Sequence[int], now: datetime) -> None:
    sent = (
        update(Message)
        .where(Message.id.in_(ids), Message.state.in_(_UNDECIDED))
        .values(state=MessageState.SENT, sent_at=now, reason=None)
        .returning(Message.id, Message.candidate_id, Message.programme)
        .execution_options(synchronize_session=False)
    )
    touches = [
        {
            "candidate_id": candidate_id,
            "message_id": message_id,
            "on": now.date(),
            "channel": "email",
            "direction": "out",
            "summary": str(programme),
        }
        for message_id, candidate_id, programme in session.execute(sent)
    ]
    if touches:
        session.execute(insert(Touch), touches)


def _defer(session: Session, message_id: int, reason: str, now: datetime) -> None:
    attempts = session.scalar(select(Message.attempts).where(Message.id == message_id)) or 1
    if attempts > len(BACK_OFF):
        _from_sending(session, message_id, MessageState.FAILED, f"put off {attempts} times, last with {reason}")
    else:
        due_at = now + BACK_OFF[attempts - 1]
        become(session, [message_id], MessageState.SENDING, MessageState.DEFERRED, reason=reason[:500], due_at=due_at)


def _put_back(session: Session, message_id: int, reason: str, now: datetime) -> None:
    """The server never got the message, so this was no attempt at it."""
    again = {"due_at": now + ROUTE_PAUSE, "attempts": case((Message.attempts > 0, Message.attempts - 1), else_=0)}
    become(session, [message_id], MessageState.SENDING, MessageState.DEFERRED, reason=reason[:500], **again)


def _from_sending(session: Session, message_id: int, state: MessageState, reason: str) -> None:
    become(session, [message_id], MessageState.SENDING, state, reason=reason[:500])
