"""Hands over what somebody who has left leaves behind: what they are asked, what they have to do, letters they signed.

It finds its work in the rows, so it can be done again at any time; whoever the settings call gone is handed over too.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, CourtesyRefused, LostRace, MissingFacts, TemplateError
from rekindle.journey.letters import editing
from rekindle.journey.letters.asking import ask
from rekindle.journey.letters.gathering import dossier
from rekindle.journey.letters.holding import hold
from rekindle.journey.letters.judging import role_of
from rekindle.journey.letters.proposing import Desk, drafted, words_of
from rekindle.journey.letters.standards import Standards
from rekindle.journey.letters.writing import add_version
from rekindle.journey.tasks.clearing import pass_on
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store, changed
from rekindle.store.letters import REKINDLE, Letter, letters_of
from rekindle.store.messages import QUEUED, Message

_WHY = "who signed it has left: whoever took over signs"


@dataclass(slots=True)
class HandedOver:
    """What was handed over. Ids only, but for the reasons, which are shown and not logged."""

    approvals: int = 0
    tasks: int = 0
    #: Letters drafted anew in the name of whoever took over; those of them somebody had been asked about wait again.
    letters: list[int] = field(default_factory=list)
    #: Letters on the desk for somebody to rewrite, and why.
    on_the_desk: dict[int, str] = field(default_factory=dict)


def hand_over(store: Store, desk: Desk, now: datetime) -> HandedOver:
    """Hand over what everybody who has left leaves behind; the letters each in a transaction of its own."""
    done = HandedOver()
    with store.writing() as session:
        letters = _letters_of_the_gone(session, desk.standards)
        done.approvals = _pass_on_approvals(session, desk.standards)
        done.tasks = pass_on(session, desk.standards)
    for message_id in letters:
        with store.writing() as session:
            _hand_over_letter(session, message_id, desk, now, done)
    return done


def _gone(standards: Standards) -> list[str]:
    return [address for address, who in standards.team.items() if who.successor]


def _pass_on_approvals(session: Session, standards: Standards) -> int:
    """Mean what waits for whoever took over, who is reminded of it anew."""
    moved = 0
    for gone in _gone(standards):
        theirs = (Approval.assignee == gone, Approval.state == ApprovalState.WAITING)
        heir = standards.signer_for(gone).address
        moved += changed(session, update(Approval).where(*theirs).values(assignee=heir, reminded_at=None))
    return moved


def _letters_of_the_gone(session: Session, standards: Standards) -> list[int]:
    """List the letters that have not left and whose newest version is signed by somebody who has."""
    newest = select(func.max(Letter.id)).where(Letter.message_id == Message.id).correlate(Message).scalar_subquery()
    query = (
        select(Message.id)
        .join(Letter, Letter.id == newest)
        .where(Message.state.in_(QUEUED), Letter.signer.in_(_gone(standards)))
    )
    return list(session.scalars(query.order_by(Message.candidate_id, Message.id)))


def _hand_over_letter(session: Session, message_id: int, desk: Desk, now: datetime, done: HandedOver) -> None:
    row = editing.find(session, message_id)
    words = letters_of(session, [row.id])[row.id]
    if row.state not in QUEUED or desk.standards.is_here(words.signer):
        return
    # A draft that nobody was asked about is not put to anybody for this.
    was_asked = session.scalar(select(Approval.id).where(Approval.message_id == row.id).limit(1)) is not None
    hold(session, row, _WHY, now)
    if words.author != REKINDLE:
        # Words that a person wrote are not thrown away: a colleague makes them their own.
        done.on_the_desk[row.id] = "a person wrote it: edit it, and a colleague signs"
        return
    why = _redraft(session, row, desk, now, was_asked=was_asked)
    if why:
        done.on_the_desk[row.id] = why
    else:
        done.letters.append(row.id)


def _redraft(session: Session, row: Message, desk: Desk, now: datetime, *, was_asked: bool) -> str:
    """Write a draft anew, from the records and in the name of whoever took over; return why that cannot go as it is."""
    assert row.occasion is not None
    person, today = session.get_one(Candidate, row.candidate_id), now.date()
    try:
        role = role_of(session, row)
        known = dossier(session, person, row.occasion, role, desk.standards, today, message_id=row.id)
        add_version(session, row, words_of(drafted(known, person, desk)), now)
        if was_asked:
            ask(session, row, desk.standards, by=REKINDLE, now=now)
    except TemplateError:
        raise
    except (BadInput, CourtesyRefused, LostRace, MissingFacts) as why_not:
        return str(why_not)
    return ""
