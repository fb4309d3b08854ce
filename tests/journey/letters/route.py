"""The way of a letter, for tests that begin where it ends: asked about, approved by Ann, delivered, answered."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey import recording
from rekindle.journey.approvals import deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.letters import asking, rejecting
from rekindle.journey.letters.proposing import Desk, lay_down_rejection
from rekindle.journey.letters.rejecting import Told
from rekindle.journey.letters.standards import Standards
from rekindle.journey.moving import Cause, move
from rekindle.journey.outbox.sending import record, take
from rekindle.mail.outcome import Accepted
from rekindle.store.applications import Application
from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.notes import Note
from rekindle.store.outreaches import Outreach
from states.candidate import Actor, Trigger
from states.message import MessageState
from tests.cast import NOW, POLICY, stored
from tests.journey.letters.stage import BODY, ROOT, STANDARDS, drafted, role, sarah
from tests.journey.stage import ANN, DESK, TERMS

#: When somebody is turned down again; and the day of the interview the first time.
LATER = NOW + timedelta(days=7)
SPOKE_ON = date(2026, 4, 20)
NOT_HER = Told("someone who has led a product line before", sayable=True, stage="final")
#: Where letters are drafted in our own words.
DRAFTING = Desk(STANDARDS, (ROOT / "templates" / "letters",))


def ask(store: Store, message_id: int, now: datetime = NOW, standards: Standards = STANDARDS) -> int:
    """Put a letter on the desk to somebody; return the approval's id."""
    with store.writing() as session:
        return asking.ask(session, session.get_one(Message, message_id), standards, by="rekindle", now=now).id


def approve(store: Store, approval_id: int, now: datetime = NOW, decision: Decision = Decision.APPROVE) -> None:
    with store.writing() as session:
        assert deciding.decide(session, approval_id, decision, ANN, terms=TERMS, now=now, via="cli").won


def deliver(store: Store, now: datetime = NOW, standards: Standards = STANDARDS) -> list[int]:
    """Take what may go and record it as accepted; return which messages."""
    desk = replace(DESK, letters=standards)
    with store.writing() as session:
        ids = [out.message_id for out in take(session, 10, now, desk)]
    with store.writing() as session:
        record(session, [(message_id, Accepted(250, "OK")) for message_id in ids], now, desk)
    return ids


def go(store: Store, message_id: int, now: datetime = NOW) -> None:
    """Ask about a letter, approve it and deliver it."""
    approve(store, ask(store, message_id, now), now)
    assert deliver(store, now) == [message_id]


def re_engaged(store: Store, now: datetime = NOW, body: str = BODY, **changes: Any) -> None:
    """Send Sarah her letter: the message, the candidate, the role and the outreach are number 1."""
    with store.writing() as session:
        drafted(session, sarah(session, **changes), role(session), body)
    go(store, 1, now)


def interviewing(store: Store, now: datetime = NOW) -> None:
    """Sarah's letter has gone, and she said yes: her interviews begin."""
    re_engaged(store)
    with store.writing() as session:
        said_yes(session, 1, now)


def said_yes(session: Session, candidate_id: int, now: datetime) -> None:
    approval_id = session.scalars(select(Approval.id)).first()
    cause = Cause(Actor.RECRUITER, "she said yes", by="ann@acme.example", approval_id=approval_id)
    move(session, candidate_id, Trigger.INTERVIEW, cause, now=now, policy=POLICY, candidate_said_yes=True)


def spoken(store: Store, on: datetime, direction: str = "out", channel: str = "call", candidate_id: int = 1) -> None:
    """Put a contact on record."""
    told = {"on": f"{on:%Y-%m-%d}", "channel": channel, "direction": direction}
    with store.writing() as session:
        recording.touch(session, candidate_id, told, on)


def message(store: Store, number: int = 1) -> Message:
    with store.reading() as session:
        return session.get_one(Message, number)


def message_state(store: Store, number: int = 1) -> MessageState:
    return message(store, number).state


def outreach(store: Store, number: int = 1) -> Outreach:
    with store.reading() as session:
        return session.get_one(Outreach, number)


def approval_states(store: Store) -> list[str]:
    with store.reading() as session:
        return [str(row.state) for row in session.scalars(select(Approval).order_by(Approval.id))]


# Turned down, and told.


def not_told(session: Session, name: str = "Anne", *, rejection: str | None = "none", **changes: Any) -> Candidate:
    """Store somebody whose one application has this grade."""
    person = stored(session, name, **changes)
    session.scalars(select(Application).where(Application.candidate_id == person.id)).one().rejection = rejection
    text = "background in consumer tech and product strategy"
    session.add(Note(candidate_id=person.id, kind="strength", text=text, on=SPOKE_ON, sayable=True, created_at=NOW))
    session.flush()
    return person


def turn_down(store: Store, told: Told = NOT_HER) -> int:
    with store.writing() as session:
        return rejecting.turn_down(session, 1, told, LATER).id


def draft_rejection(store: Store, candidate_id: int = 1) -> int:
    """Draft the letter that tells somebody; return the message's id."""
    with store.writing() as session:
        about = rejecting.application_to_tell(session, candidate_id)
        person = session.get_one(Candidate, candidate_id)
        return lay_down_rejection(session, person, about, DRAFTING, LATER).id


def turned_down_again(store: Store, told: Told = NOT_HER) -> int:
    """Sarah came through a letter, was not chosen, was called and is to be told; return the letter's id."""
    interviewing(store)
    turn_down(store, told)
    spoken(store, LATER)
    return draft_rejection(store)
