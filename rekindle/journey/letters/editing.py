"""A person changes the words of a letter: a new version, whose text is checked again and must be approved anew."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from rekindle.courtesy.finding import Finding
from rekindle.errors import BadInput, NotFound
from rekindle.journey.letters.asking import ask
from rekindle.journey.letters.holding import hold
from rekindle.journey.letters.judging import judge
from rekindle.journey.letters.standards import Standards
from rekindle.journey.letters.writing import Words, add_version, hold_person
from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate
from rekindle.store.letters import letters_of
from rekindle.store.messages import Message
from states.message import MessageState

_CAN_BE_EDITED = {MessageState.DRAFTED, MessageState.AWAITING, MessageState.APPROVED, MessageState.DEFERRED}


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of an edit: what the check says of it, and the approval that is asked now, if it may go."""

    findings: tuple[Finding, ...]
    asked: Approval | None
    #: Why it cannot be asked about as it is.
    held: str = ""


def find(session: Session, message_id: int) -> Message:
    """Return a personal letter, its candidate held. Raises NotFound for what is none."""
    row = session.get(Message, message_id, populate_existing=True)
    if row is None or row.occasion is None:
        raise NotFound(f"there is no personal letter {message_id}; `rekindle letters list` shows those there are")
    hold_person(session, row.candidate_id)
    session.refresh(row)
    return row


def edit(
    session: Session, message_id: int, subject: str, body: str, standards: Standards, *, by: str, now: datetime
) -> Edited:
    """Keep the words as `by` wants them, void what was asked about the old ones, and ask about these if they may go.

    Nothing typed is lost: words that may not go stay on the desk. Raises BadInput for a letter that has left.
    """
    row = find(session, message_id)
    before = letters_of(session, [row.id])[row.id]
    if row.state not in _CAN_BE_EDITED:
        raise BadInput(f"message {row.id} is {row.state}: it cannot be edited any more")
    if (before.subject, before.body) == (subject.strip(), body.strip()):
        raise BadInput(f"message {row.id}: nothing was changed")
    if row.state is not MessageState.DRAFTED:
        hold(session, row, f"the text was edited by {by}", now)
    signer = standards.still_here(before.signer, session.get_one(Candidate, row.candidate_id).recruiter)
    add_version(session, row, Words(subject, body, signer, by, before.proofs), now)
    found = judge(session, row, standards, now)
    if not found.may_go:
        return Edited(found.findings, None, found.reason)
    return Edited(found.findings, ask(session, row, standards, by=by, now=now))
