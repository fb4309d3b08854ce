"""Whoever takes over is introduced in the next mail to each candidate, once, and writes from then on."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.letters.gathering import dossier
from rekindle.journey.letters.standards import Colleague
from rekindle.journey.outbox.sending import Outgoing, record, take
from rekindle.journey.outbox.writing import Writer
from rekindle.journey.people.team import as_it_is
from rekindle.mail.outcome import Accepted, Failed, Outcome, Step
from rekindle.mail.render import Renderer
from rekindle.resources import shipped
from rekindle.store.candidates import Candidate
from rekindle.store.departures import Gone, Introduction
from rekindle.store.engine import Store
from rekindle.store.facts import Limits
from rekindle.store.messages import Message
from states.message import MessageState, Occasion
from tests.cast import NOW
from tests.journey.letters.stage import STANDARDS
from tests.journey.outbox.test_writing import HOUSE, LINKS
from tests.journey.stage import DESK, approved, change, change_candidate, letters

ANN, BEN, CLEO = (f"{name}@acme.example" for name in ("ann", "ben", "cleo"))
TO_BEN: Gone = ((ANN, BEN),)
TO_CLEO: Gone = (*TO_BEN, (BEN, CLEO))
TEAM = {**STANDARDS.team, CLEO: Colleague("Cleo Martin", "Recruiter")}
PEOPLE = {address: (who.name, who.title) for address, who in TEAM.items()}
TEMPLATES = Renderer([shipped("templates") / "emails"])
OK, NO = Accepted(250, "queued"), Failed(550, "5.1.1", "no such user", Step.RCPT)
LINE = "I have taken over from {}, who was your contact here."


def written(store: Store, gone: Gone, outcome: Outcome = OK) -> list[tuple[str, str]]:
    """Deliver what may go, the team being without those who have `gone`; return from whom it came and what it said."""
    house = replace(HOUSE, people=PEOPLE, successors=dict(gone))
    writer = Writer(house, TEMPLATES, LINKS, "acme.example")
    desk = replace(DESK, write=writer.write, limits=Limits(30, 0, 0))
    with store.writing() as session:
        taken = take(session, 10, NOW + timedelta(minutes=1), desk)
    with store.writing() as session:
        record(session, [(out.message_id, outcome) for out in taken], NOW + timedelta(minutes=2), desk)
    return [read(out) for out in taken]


def read(out: Outgoing) -> tuple[str, str]:
    mail = message_from_bytes(out.data, policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    return str(mail["From"]), " ".join(body.get_content().split())


def again(store: Store) -> None:
    """Let the letter that went go once more, as if it were the next edition's."""
    values = {"state": MessageState.APPROVED, "due_at": NOW}
    with store.writing() as session:
        old = session.scalars(select(Message)).first()
        assert old is not None
        items = list(session.execute(select(_ITEMS.c.content_id, _ITEMS.c.why).where(_ITEMS.c.message_id == old.id)))
        assert items
        session.execute(Message.__table__.update().where(Message.id == old.id).values(**values))  # type: ignore[attr-defined]


def known(store: Store) -> list[tuple[int, str]]:
    with store.reading() as session:
        return [(row.candidate_id, row.successor) for row in session.scalars(select(Introduction))]
