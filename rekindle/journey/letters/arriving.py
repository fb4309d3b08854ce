"""What follows from a letter the mail server has accepted, in the transaction that records it as sent.

The state says what happened: a letter that waits re-engages nobody, and a promise is what was really written.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.courtesy.languages import phrases_for
from rekindle.courtesy.letter import Letter as Text
from rekindle.courtesy.promises import promise_in
from rekindle.errors import LostRace, MoveRefused
from rekindle.journey.letters.asking import approved
from rekindle.journey.letters.interviews import ends_interviews
from rekindle.journey.letters.standards import Standards
from rekindle.journey.moving import Cause, move
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.letters import letters_of
from rekindle.store.messages import Message
from states.candidate import Actor, CandidateState, Trigger
from states.message import Occasion

#: True of every letter that was sent: they were asked in the transaction that took it.
_AS_TAKEN = {
    "role_open": True,
    "courtesy_clean": True,
    "budget_free": True,
    "other_outreach_live": False,
    "message_accepted": True,
}


def arrived(session: Session, message_ids: Sequence[int], standards: Standards, now: datetime) -> None:
    """Make the move of each letter, and record what a rejection letter said."""
    query = select(Message).where(Message.id.in_(message_ids), Message.occasion.is_not(None)).order_by(Message.id)
    for row in session.scalars(query.execution_options(populate_existing=True)).all():
        match row.occasion:
            case Occasion.RE_ENGAGEMENT:
                reason = f"the letter of message {row.id} was accepted by the mail server"
                _move(session, row, Trigger.RE_ENGAGE, Actor.DELIVERY, reason, standards, now)
            case Occasion.REJECTION:
                _told(session, row, standards, now)


def _told(session: Session, row: Message, standards: Standards, now: datetime) -> None:
    """The person has been told, personally: that is their grade now, and what was promised is owed."""
    letter = letters_of(session, [row.id])[row.id]
    application = session.get(Application, row.application_id) if row.application_id else None
    person = session.get_one(Candidate, row.candidate_id, populate_existing=True)
    if application is not None:
        application.rejection = "personal"
        text = Text(letter.body, letter.subject)
        # In the language it was written in: a German may have had an English letter.
        promise = promise_in(text, phrases_for(text, standards.manner, person.language))
        application.promise = promise[:2000] if promise else application.promise
    if person.state is CandidateState.INTERVIEWING and ends_interviews(session, row):
        reason = f"told with the letter of message {row.id}"
        _move(session, row, Trigger.ADMIT, Actor.RECRUITER, reason, standards, now)


def _move(
    session: Session, row: Message, trigger: Trigger, actor: Actor, reason: str, standards: Standards, now: datetime
) -> None:
    asked = approved(session, row.id)
    cause = Cause(actor, reason, by=asked.decided_by if asked else None, approval_id=asked.id if asked else None)
    try:
        move(session, row.candidate_id, trigger, cause, now=now, policy=standards.policy, **_AS_TAKEN)
    except (MoveRefused, LostRace) as refused:
        # They stopped, or were moved, while the letter was on the wire: it has arrived all the same.
        row.reason = f"sent, but {refused}"[:500]
        session.flush()
