"""Drafts a letter from the records and lays it on the desk: for one person, or for the top of a role's shortlist."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from rekindle.courtesy.dossier import Dossier
from rekindle.errors import BadInput, CourtesyRefused, LostRace, MissingFacts, TemplateError
from rekindle.journey.letters.asking import ask
from rekindle.journey.letters.drafting import Draft, draft
from rekindle.journey.letters.gathering import dossier
from rekindle.journey.letters.holding import make_way
from rekindle.journey.letters.standards import Standards
from rekindle.journey.letters.writing import Words, begin_outreach, hold_person, lay_down
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.dialect import HOLD
from rekindle.store.engine import Store
from rekindle.store.letters import REKINDLE
from rekindle.store.messages import MAILED, Message
from rekindle.store.outreaches import Outreach, OutreachOutcome
from rekindle.store.roles import Role
from states.message import Occasion


@dataclass(frozen=True, slots=True)
class Desk:
    """What drafting needs beside the records: what letters are measured by, and where the phrasings lie."""

    standards: Standards
    phrasings: Sequence[Path]


@dataclass(slots=True)
class Proposed:
    """What became of the people of a shortlist. Ids only, but for the reasons, which are shown and not logged."""

    #: Letters that were put to a person.
    asked: list[int] = field(default_factory=list)
    #: Letters on the desk that may not go as they are, and why.
    on_the_desk: dict[int, str] = field(default_factory=dict)
    #: Candidates for whom a fact is missing, and which.
    missing: dict[int, str] = field(default_factory=dict)


def propose(
    session: Session, person: Candidate, role: Role, desk: Desk, now: datetime, variation: int = 0
) -> tuple[Draft, Dossier]:
    """Draft the letter about a role, storing nothing. Raises MissingFacts naming every fact that is not on record."""
    known = dossier(session, person, Occasion.RE_ENGAGEMENT, role, desk.standards, now.date())
    return drafted(known, person, desk, variation), known


def lay_down_proposal(
    session: Session, person: Candidate, role: Role, desk: Desk, now: datetime, variation: int = 0
) -> Message:
    """Draft the letter about a role and lay it on the desk."""
    if role.closed_at is not None:
        raise BadInput(f"role {role.slug} is closed: nobody is written to about it")
    hold_person(session, person.id)
    made, _ = propose(session, person, role, desk, now, variation)
    make_way(session, person.id, f"a letter about role {role.slug} comes first", now)
    outreach_id = begin_outreach(session, person.id, role.id, made.proofs.as_record(), now)
    words = words_of(made)
    return lay_down(session, person.id, Occasion.RE_ENGAGEMENT, words, now, outreach_id=outreach_id)


def lay_down_rejection(
    session: Session, person: Candidate, application: Application, desk: Desk, now: datetime, variation: int = 0
) -> Message:
    """Draft the letter that turns somebody down, or tells them at last, and lay it on the desk."""
    hold_person(session, person.id)
    known = dossier(session, person, Occasion.REJECTION, None, desk.standards, now.date())
    words = words_of(drafted(known, person, desk, variation))
    make_way(session, person.id, "a letter that tells them of a decision comes first", now)
    return lay_down(session, person.id, Occasion.REJECTION, words, now, application_id=application.id)


def propose_check_in(
    session: Session, person: Candidate, desk: Desk, now: datetime, variation: int = 0
) -> tuple[Draft, Dossier]:
    """Draft a few words that ask for nothing, storing nothing; each has other words than those before it."""
    known = dossier(session, person, Occasion.CHECK_IN, None, desk.standards, now.date())
    mine = (Message.candidate_id == person.id, Message.occasion == Occasion.CHECK_IN)
    before = session.scalar(select(func.count(Message.id)).where(*mine, Message.state.in_(MAILED))) or 0
    return drafted(known, person, desk, before + variation), known


def lay_down_check_in(session: Session, person: Candidate, desk: Desk, now: datetime, variation: int = 0) -> Message:
    """Draft a check-in and lay it on the desk. Raises LostRace when one is on its way already."""
    hold_person(session, person.id)
    made, _ = propose_check_in(session, person, desk, now, variation)
    return lay_down(session, person.id, Occasion.CHECK_IN, words_of(made), now)


def drafted(known: Dossier, person: Candidate, desk: Desk, variation: int = 0) -> Draft:
    """Draft from a dossier, by the limits of the check that will read it."""
    limits = desk.standards.manner.limits
    return draft(known, desk.phrasings, variation, limits=limits, candidate=f"c-{person.id}")


def engage(store: Store, role_id: int, ranked: Sequence[int], most: int, desk: Desk, now: datetime) -> Proposed:
    """Draft for the first of `ranked` until `most` letters about the role have been written.

    Each in a transaction of its own; called again it goes on where the rows end. A letter somebody said no to counts:
    whoever wants another one in its place says so, by asking for more.
    """
    done = Proposed()
    for candidate_id in ranked:
        if not _engage_one(store, role_id, candidate_id, most, desk, now, done):
            break
    return done


def letters_written(session: Session, role_id: int) -> int:
    """Count the first letters about a role, whatever became of them; not those of before it was closed and reopened."""
    closed = Outreach.outcome == OutreachOutcome.ROLE_CLOSED
    query = (
        select(func.count(Message.id))
        .join(Outreach, Outreach.id == Message.outreach_id)
        .where(Outreach.role_id == role_id, Message.occasion == Occasion.RE_ENGAGEMENT)
        .where(or_(Outreach.outcome.is_(None), ~closed))
    )
    return session.scalar(query) or 0


def words_of(made: Draft) -> Words:
    """Return a draft as the first version of a letter."""
    return Words(made.subject, made.body, made.signer.address, REKINDLE, made.proofs.as_record())


def _engage_one(
    store: Store, role_id: int, candidate_id: int, most: int, desk: Desk, now: datetime, done: Proposed
) -> bool:
    """Write to one person in a transaction of its own. False: the role has as many letters as it wants."""
    try:
        with store.writing() as session:
            # Held before the person, as whoever closes it does: two runs at once count one after the other.
            role = session.get_one(Role, role_id, populate_existing=True, with_for_update=HOLD)
            if letters_written(session, role_id) >= most:
                return False
            row = lay_down_proposal(session, session.get_one(Candidate, candidate_id), role, desk, now)
            held = _ask_or_say_why_not(session, row, desk, now)
    except MissingFacts as missing:
        done.missing[candidate_id] = str(missing)
    except TemplateError:
        raise
    except (LostRace, BadInput):
        # Somebody drafted or closed it before: theirs stands.
        return True
    else:
        if held:
            done.on_the_desk[row.id] = held
        else:
            done.asked.append(row.id)
    return True


def _ask_or_say_why_not(session: Session, row: Message, desk: Desk, now: datetime) -> str:
    """Ask in the transaction that laid it down: a crash in between would leave a draft that nobody asks about."""
    try:
        ask(session, row, desk.standards, by=REKINDLE, now=now)
    except CourtesyRefused as refused:
        return str(refused)
    return ""
