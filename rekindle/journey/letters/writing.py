"""Puts letters on the desk: the first version, and every version after it. Asks nobody and sends nothing."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, LostRace
from rekindle.store.candidates import Candidate
from rekindle.store.dialect import HOLD, insert_new
from rekindle.store.letters import Letter
from rekindle.store.messages import Message
from rekindle.store.outreaches import Outreach
from states.message import MessageState, Occasion
from states.programme import Programme

LONGEST_SUBJECT = 300
LONGEST_BODY = 20_000
_PROGRAMMES = {
    Occasion.RE_ENGAGEMENT: Programme.RE_ENGAGEMENT,
    Occasion.FOLLOW_UP: Programme.RE_ENGAGEMENT,
    Occasion.CHECK_IN: Programme.CHECK_IN,
    Occasion.REJECTION: Programme.REJECTION_LETTER,
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one version, who signs them, who wrote them, and what they rest on."""

    subject: str
    body: str
    signer: str
    author: str
    proofs: Mapping[str, Any]


def lay_down(
    session: Session,
    candidate_id: int,
    occasion: Occasion,
    words: Words,
    now: datetime,
    *,
    outreach_id: int | None = None,
    application_id: int | None = None,
) -> Message:
    """Put a new letter on the desk. Raises LostRace when there is one already that may still reach the person."""
    row = Message(
        candidate_id=candidate_id,
        programme=_PROGRAMMES[occasion],
        occasion=occasion,
        outreach_id=outreach_id,
        application_id=application_id,
        state=MessageState.DRAFTED,
        key=secrets.token_hex(12),
        due_at=now,
        attempts=0,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        raise LostRace(f"c-{candidate_id} has a {occasion} letter already: `rekindle letters list`") from None
    add_version(session, row, words, now)
    return row


def add_version(session: Session, row: Message, words: Words, now: datetime) -> Letter:
    """Add a version of the words; it is the one that goes from now on. Raises BadInput for what is too long."""
    if not words.subject.strip() or len(words.subject) > LONGEST_SUBJECT or not words.subject.isprintable():
        raise BadInput(f"a letter needs a subject: one line of at most {LONGEST_SUBJECT} characters")
    if len(words.body) > LONGEST_BODY:
        raise BadInput(f"a letter has at most {LONGEST_BODY} characters, not {len(words.body)}")
    letter = Letter(
        message_id=row.id,
        author=words.author,
        signer=words.signer,
        subject=words.subject.strip(),
        body=words.body.strip(),
        proofs=dict(words.proofs),
        written_at=now,
    )
    session.add(letter)
    session.flush()
    return letter


def begin_outreach(session: Session, candidate_id: int, role_id: int, proofs: Mapping[str, Any], now: datetime) -> int:
    """Return the id of the outreach of a candidate and a role, beginning it on the first call.

    One whose letter never went is begun anew. Raises BadInput for one that has run its course.
    """
    values = {"candidate_id": candidate_id, "role_id": role_id, "proofs": dict(proofs), "created_at": now}
    session.execute(insert_new(session, Outreach), values)
    mine = (Outreach.candidate_id == candidate_id, Outreach.role_id == role_id)
    row = session.scalars(select(Outreach).where(*mine).with_for_update(key_share=True)).one()
    if row.closed_at is not None:
        if row.outcome is not None and row.outcome.reached_them:
            raise BadInput(f"c-{candidate_id} has been written to about this role: it ended with {row.outcome}")
        row.closed_at, row.outcome, row.proofs = None, None, dict(proofs)
        session.flush()
    return row.id


def hold_person(session: Session, candidate_id: int) -> Candidate:
    """Hold a candidate's row for this transaction, before anything of theirs: whoever decides or stops does so too."""
    return session.get_one(Candidate, candidate_id, populate_existing=True, with_for_update=HOLD)
