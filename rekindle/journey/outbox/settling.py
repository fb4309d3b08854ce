"""Takes a person's word on a message nobody knows the outcome of: it arrived, or it did not. Never sends it again."""

from datetime import datetime

from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound
from rekindle.journey.letters.arriving import arrived as letter_arrived
from rekindle.journey.letters.standards import Standards
from rekindle.store.messages import Message, become
from rekindle.store.touches import Touch, remember
from states.message import MessageState


def settle(
    session: Session, message_id: int, *, arrived: bool, by: str, now: datetime, standards: Standards
) -> MessageState:
    """Settle an unconfirmed message as sent, with its touch, or as failed. Raises BadInput when it is another."""
    row = session.get(Message, message_id, populate_existing=True)
    if row is None:
        raise NotFound(f"there is no message {message_id}")
    state = MessageState.SENT if arrived else MessageState.FAILED
    reason = f"{by} found out on {now:%Y-%m-%d} that it {'arrived' if arrived else 'did not arrive'}"
    changes = {"reason": reason, "sent_at": row.sending_at if arrived else None}
    if row.state is not MessageState.UNCONFIRMED or not become(session, [row.id], row.state, state, **changes):
        raise BadInput(f"message {message_id} is {row.state}: only an unconfirmed one is settled by a person")
    if arrived:
        session.add(_touch(row, now))
        if row.occasion is not None:
            remember(session, [(row.candidate_id, (row.sending_at or now).date())])
        letter_arrived(session, [row.id], standards, now)
    return state


def _touch(row: Message, now: datetime) -> Touch:
    return Touch(
        candidate_id=row.candidate_id,
        message_id=row.id,
        on=(row.sending_at or now).date(),
        channel="email",
        direction="out",
        summary=str(row.programme),
    )
