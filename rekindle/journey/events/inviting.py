"""Plans the invitation to an event: a letter for each who is invited, a reason for each who is not. Sends nothing.

Re-entrant as the update is: the edition's row comes first, then the candidates page by page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.approvals import approval
from rekindle.journey.bulk import editions, planning
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.events import notices
from rekindle.journey.events.audience import Rule, judge
from rekindle.journey.events.kinds import Kind, period
from rekindle.store.approvals import ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.dialect import insert_new
from rekindle.store.editions import Edition, EditionState, LeftOut
from rekindle.store.engine import Store
from rekindle.store.events import Answer, Event, Invitation
from rekindle.store.messages import Message
from states.candidate import CandidateState
from states.guards import Refusal
from states.message import MessageState
from states.programme import Programme

PAGE = 500


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Whom an event would invite, and why not the others."""

    invited: list[int]
    left_out: list[tuple[int, str]]


def too_late(event: Event, now: datetime, notice: timedelta) -> str | None:
    """Say why nobody can be invited any more; None while it can be planned."""
    if event.cancelled_at:
        return "it is cancelled"
    if now.astimezone(ZoneInfo(event.timezone)).date() > event.answer_by:
        return f"the last day to answer was {event.answer_by}"
    if event.starts_at - now < notice:
        return f"it starts within {notice.days} days: too short a notice"
    return None


def plan_invitations(store: Store, event_id: int, now: datetime, rule: Rule, frozen: Frozen) -> int:
    """Plan the invitation from wherever its rows end, and ask for its approval; return the edition's id."""
    with store.writing() as session:
        edition = begin_invitations(session, session.get_one(Event, event_id), now)
    last: int | None = 0
    while last is not None and edition.state is EditionState.PLANNING:
        with store.writing() as session:
            last = plan_page(session, edition, last, now, rule)
    with store.writing() as session:
        edition = editions.find(session, edition.id)
        if planning.close_planning(session, edition) and edition.state is EditionState.AWAITING:
            editions.ask(session, edition, frozen, by="rekindle", now=now)
    return edition.id


def begin_invitations(session: Session, event: Event, now: datetime) -> Edition:
    """Return the edition of the invitation, making its row on the first call."""
    named = period(event.id, Kind.INVITE)
    return planning.begin(session, Programme.EVENT_INVITE, named, now, [], event.id)


def plan_page(session: Session, edition: Edition, after: int, now: datetime, rule: Rule) -> int | None:
    """Plan the next page of candidates with an id above `after`; return the last id.

    None: that was the last page, or somebody else has closed the planning.
    """
    if not planning.hold_planning(session, edition.id):
        return None
    nurturing = (Candidate.state == CandidateState.NURTURING, Candidate.id > after)
    people = list(session.scalars(select(Candidate).where(*nurturing).order_by(Candidate.id).limit(PAGE)))
    if not people:
        return None
    ids = [person.id for person in people]
    event = session.get_one(Event, edition.event_id, populate_existing=True)
    done = planning.already_planned(session, edition.id, ids)
    judged = {**judge(session, event, people, now, rule), **_who_answered(session, event.id, ids)}
    new = {each: refusal for each, refusal in judged.items() if each not in done}
    planning.leave_out(session, edition.id, {each: refusal for each, refusal in new.items() if refusal})
    _invite(session, edition, [each for each, refusal in new.items() if not refusal], now)
    return ids[-1]


def rehearse(session: Session, event: Event, now: datetime, rule: Rule) -> Rehearsal:
    """Plan the invitation with the very same code, in a session whose transaction is thrown away."""
    edition = begin_invitations(session, event, now)
    last: int | None = 0
    while last is not None:
        last = plan_page(session, edition, last, now, rule)
    invited = select(Message.candidate_id).where(Message.edition_id == edition.id).order_by(Message.candidate_id)
    refused = select(LeftOut.candidate_id, LeftOut.reason).where(LeftOut.edition_id == edition.id)
    return Rehearsal(
        list(session.scalars(invited)),
        [(who, why) for who, why in session.execute(refused.order_by(LeftOut.candidate_id))],
    )


def choose_again(session: Session, event: Event, now: datetime) -> None:
    """Let the invitation be planned anew: whom the event is for has changed. Raises BadInput once it is approved."""
    for edition in notices.of_event(session, event.id, Kind.INVITE):
        if edition.state in {EditionState.APPROVED, EditionState.PAUSED, EditionState.DONE}:
            raise BadInput(f"the invitations to {event.slug} are approved: whom it is for cannot change any more")
        if edition.state not in {EditionState.AWAITING, EditionState.PLANNING}:
            continue
        if asked := approval.of_edition(session, edition.id):
            approval.close(session, asked, ApprovalState.VOIDED, now, "whom the event is for has changed")
        _forget_drafts(session, edition)
        planning.begin_anew(session, edition, edition.state, now, [])


def _forget_drafts(session: Session, edition: Edition) -> None:
    """Take away letters that nobody approved and nobody has had: the choice is made from the beginning."""
    unseen = (Message.edition_id == edition.id, Message.state.in_((MessageState.DRAFTED, MessageState.AWAITING)))
    chosen = select(Message.candidate_id).where(*unseen)
    silent = (Invitation.event_id == edition.event_id, Invitation.answer == Answer.NONE)
    session.execute(delete(Invitation).where(*silent, Invitation.candidate_id.in_(chosen)))
    session.execute(delete(Message).where(*unseen))


def _who_answered(session: Session, event_id: int, ids: list[int]) -> dict[int, Refusal]:
    """Find who has answered before they were asked, by a call for instance."""
    answered = (Invitation.event_id == event_id, Invitation.candidate_id.in_(ids), Invitation.answer != Answer.NONE)
    known = session.scalars(select(Invitation.candidate_id).where(*answered))
    return {each: Refusal("has_answered", "they have answered already") for each in known}


def _invite(session: Session, edition: Edition, ids: list[int], now: datetime) -> None:
    if not ids:
        return
    planning.write_drafts(session, edition, ids, now)
    rows = [
        {"event_id": edition.event_id, "candidate_id": each, "answer": Answer.NONE, "created_at": now} for each in ids
    ]
    session.execute(insert_new(session, Invitation), rows)
