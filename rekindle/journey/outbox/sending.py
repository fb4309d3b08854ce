"""The ledger's side of delivery: takes what may go, writes `sending` down first, and records what became of it.

Everything is checked again in the transaction that takes a message; what must not go any more is cancelled with the
reason. A message that was taken and never recorded was on its way when something died: it becomes `unconfirmed`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import BindParameter, Integer, Table, bindparam, case, or_, select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.bulk import editions
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.events import standing as events
from rekindle.journey.letters import sending as sending_letters
from rekindle.journey.letters.arriving import arrived
from rekindle.journey.letters.standards import Standards
from rekindle.journey.outbox.pace import Pace, hold_for_the_morning, hold_from_flooding
from rekindle.mail.outcome import Accepted, Deferred, Failed, NotSent, Outcome, Unknown
from rekindle.store.bulk import insert_all
from rekindle.store.candidates import Candidate
from rekindle.store.departures import note_introductions
from rekindle.store.dialect import skip_locked
from rekindle.store.editions import Edition, EditionState
from rekindle.store.engine import changed
from rekindle.store.facts import Limits, facts_about
from rekindle.store.messages import Message, become
from rekindle.store.suppressions import suppressed
from rekindle.store.touches import Touch, remember
from states.candidate import CandidateState, named
from states.facts import Facts
from states.guards import Refusal, may_be_invited, may_be_mailed, may_be_served, may_be_updated
from states.message import MessageState
from states.programme import Programme

#: How long to wait after the first, second, ... "later" of a mail server; after the last one the message has failed.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 360, 720, 1440))
#: When the route is at fault, not the message.
ROUTE_PAUSE = timedelta(minutes=5)
#: Longer than any conversation with a mail server can take: whoever took a message before this is dead.
LOST_AFTER = timedelta(minutes=15)
#: What an answer settles; late, when the sender was only thought dead, it settles what was handed to a person.
_UNDECIDED = (MessageState.SENDING, MessageState.UNCONFIRMED)

#: What speaks against the mail of a programme, asked at the last moment. Personal letters ask more: see `may_go`.
AGAINST: Mapping[Programme, Callable[[Facts], tuple[Refusal, ...]]] = {
    Programme.QUARTERLY_UPDATE: may_be_updated,
    Programme.EVENT_INVITE: may_be_invited,
}
#: A message, whom it is for, and its edition: as they are in this transaction.
Due = tuple[Message, Candidate, Edition | None]

# The table, not the class: the ORM's bookkeeping of what a statement changes is of no use here.
_MESSAGES: Table = cast("Table", Message.__table__)
# Written once: building a statement costs as much as running it, and there are some for every few letters.
_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_DUE = (
    select(Message, Candidate, Edition)
    .join(Candidate, Candidate.id == Message.candidate_id)
    .outerjoin(Edition, Edition.id == Message.edition_id)
    .where(
        Message.state == bindparam("state"),
        Message.due_at <= bindparam("now"),
        or_(Message.edition_id.is_(None), Edition.state == EditionState.APPROVED),
    )
    .order_by(Message.due_at, Message.id)
    # As a number in the statement: not knowing it, PostgreSQL would prepare for a tenth of the table.
    .limit(bindparam("room", type_=Integer, literal_execute=True))
    .execution_options(populate_existing=True)
)
_MARK = (
    update(_MESSAGES)
    .where(_MESSAGES.c.id.in_(_IDS))
    .values(state=MessageState.SENDING, sending_at=bindparam("now"), attempts=_MESSAGES.c.attempts + 1, reason=None)
)
_SENT = (
    update(_MESSAGES)
    .where(_MESSAGES.c.id.in_(_IDS), _MESSAGES.c.state.in_(_UNDECIDED))
    .values(state=MessageState.SENT, sent_at=bindparam("now"), reason=None)
    .returning(_MESSAGES.c.id, _MESSAGES.c.candidate_id, _MESSAGES.c.programme, _MESSAGES.c.occasion)
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way: the bytes are final, the row says `sending`."""

    message_id: int
    sender: str
    recipient: str
    data: bytes
    #: The colleague it introduces, by address, to whoever knew somebody that has left.
    introduces: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What the sender needs to know and cannot look up: the limits, the keyed hash, how a message is written."""

    limits: Limits
    stale_after: timedelta
    address_hash: Callable[[str], str]
    pace: Pace
    write: Callable[[Session, Sequence[Message], datetime], Mapping[int, Outgoing | BadInput]]
    frozen: Frozen
    letters: Standards


def take(session: Session, at_most: int, now: datetime, desk: Desk, edition_id: int | None = None) -> list[Outgoing]:
    """Take up to `at_most` messages that may go now; they are `sending` once this transaction is committed.

    Returns an empty list only when nothing is left. Letters of an edition that is not any more what was approved are
    passed over; `editions.recheck` takes them back.
    """
    changed_since: set[int] = set()
    # What is due stays in reach until the letters are written: who writes them need not read it again.
    while due := _due(session, at_most, now, edition_id, changed_since):
        fit = _still_fit(session, due, now, desk)
        written = desk.write(session, fit, now)
        # Asked after the writing: whatever was edited until then stands in the letters.
        changed_since |= _changed_editions(session, fit, desk)
        approved = [row for row in fit if row.edition_id not in changed_since]
        taken = _without_failures(session, approved, written)
        if taken:
            _mark_sending(session, [out.message_id for out in taken], now)
            _note_introductions(session, approved, taken)
            return taken
    return []


def record(session: Session, outcomes: Sequence[tuple[int, Outcome]], now: datetime, desk: Desk) -> None:
    """Write down what became of messages that were `sending`: a touch for each that was accepted, and what follows."""
    accepted = [message_id for message_id, outcome in outcomes if isinstance(outcome, Accepted)]
    if accepted and (personal := _record_sent(session, accepted, now)):
        arrived(session, personal, desk.letters, now)
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
) -> list[Due]:
    """Hold messages that are due, and their candidates: nobody is written to by two rounds at once.

    New ones before those that were put off, each oldest first: one state at a time is read in the order of the index,
    however many wait.
    """
    query = _DUE if edition_id is None else _DUE.where(Message.edition_id == edition_id)
    if changed_since:
        query = query.where(or_(Message.edition_id.is_(None), Message.edition_id.not_in(changed_since)))
    held = skip_locked(query, Message, Candidate)
    found: list[Due] = []
    for state in (MessageState.APPROVED, MessageState.DEFERRED):
        if room := at_most - len(found):
            rows = session.execute(held, {"now": now, "state": state, "room": room})
            found += [(message, person, edition) for message, person, edition in rows]
    return found


def _still_fit(session: Session, due: Sequence[Due], now: datetime, desk: Desk) -> list[Message]:
    look = events.look(session, due, now)
    patient = [(row, person) for row, person, _ in due if row.id not in look.urgent]
    held = hold_for_the_morning(session, patient, now, desk.pace, look.latest)
    due = [each for each in due if each[0].id not in held]
    facts = facts_about(session, [person for _, person, _ in due], now, desk.limits)
    hashes = {person.id: desk.address_hash(person.address) for _, person, _ in due if person.address}
    blocked = suppressed(session, hashes.values())
    fit: dict[int, Message] = {}
    for row, person, _ in due:
        if row.occasion is not None:
            if sending_letters.may_go(session, row, desk.letters, now):
                fit.setdefault(row.candidate_id, row)
            continue
        service = row.id in look.service
        refusals = (may_be_served if service else AGAINST.get(row.programme, may_be_mailed))(facts[person.id])
        if now - (row.released_at or row.created_at) > desk.stale_after:
            become(session, [row.id], row.state, MessageState.EXPIRED, reason="too late: it was due long ago")
        elif row.id in look.against:
            _give_up(session, row, look.against[row.id])
        elif row.edition_id is not None and not service and person.state is not CandidateState.NURTURING:
            _give_up(session, row, f"the candidate is {named(person.state)} by now, not nurturing")
        elif refusals:
            _give_up(session, row, refusals[0].reason)
        elif hashes[person.id] in blocked:
            _give_up(session, row, "the address is suppressed")
        else:
            # A second letter to one person waits for the next round, whose facts know of the first.
            fit.setdefault(row.candidate_id, row)
    held = hold_from_flooding(session, [each for each in patient if each[0] in fit.values()], now, desk.pace)
    return [row for row in fit.values() if row.id not in held]


def _changed_editions(session: Session, rows: Sequence[Message], desk: Desk) -> set[int]:
    concerned = {row.edition_id for row in rows if row.edition_id is not None}
    return concerned - editions.as_approved(session, concerned, desk.frozen, held=True) if concerned else concerned


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
    session.execute(_MARK, {"ids": ids, "now": now})


def _note_introductions(session: Session, rows: Sequence[Message], taken: Sequence[Outgoing]) -> None:
    """Keep with the taking which letters introduce a colleague: nobody is introduced by two letters at once."""
    whose = {row.id: row.candidate_id for row in rows}
    told = [(whose[each.message_id], each.message_id, each.introduces) for each in taken if each.introduces]
    note_introductions(session, told)


def _record_sent(session: Session, ids: Sequence[int], now: datetime) -> list[int]:
    """Write down what was sent; return which of it were personal letters."""
    sent = session.execute(_SENT, {"ids": ids, "now": now}).all()
    touches = [
        {
            "candidate_id": candidate_id,
            "message_id": message_id,
            "on": now.date(),
            "channel": "email",
            "direction": "out",
            "summary": str(programme),
        }
        for message_id, candidate_id, programme, _ in sent
    ]
    insert_all(session, Touch, touches)
    remember(session, [(candidate_id, now.date()) for _, candidate_id, _, occasion in sent if occasion is not None])
    return [message_id for message_id, _, _, occasion in sent if occasion is not None]


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
