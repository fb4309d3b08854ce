"""Prepares a notice about an event: an edition for those it concerns, which a person is asked about. Sends nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.bulk import editions, planning
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.events import serving
from rekindle.journey.events.kinds import CONCERNS, Kind, kind_of, period
from rekindle.store.candidates import Candidate
from rekindle.store.editions import Edition, EditionState
from rekindle.store.events import Event, Invitation
from states.programme import Programme


def prepare(
    session: Session,
    event: Event,
    kind: Kind,
    candidate_ids: Sequence[int],
    now: datetime,
    frozen: Frozen,
    number: int | None = None,
) -> Edition:
    """Plan a notice to these candidates and ask for its approval, once: whoever prepares it again finds the first.

    Who cannot be reached is left out with the reason; when that is everybody, nobody is asked.
    """
    edition = planning.begin(session, Programme.EVENT_INVITE, period(event.id, kind, number), now, [], event.id)
    if not planning.hold_planning(session, edition.id):
        return edition
    draft(session, edition, candidate_ids, now)
    if planning.close_planning(session, edition) and edition.state is EditionState.AWAITING:
        editions.ask(session, edition, frozen, by="rekindle", now=now)
    return edition


def draft(session: Session, edition: Edition, candidate_ids: Sequence[int], now: datetime) -> None:
    """Draft the edition's letter to each of these candidates, or write down why not."""
    query = select(Candidate).where(Candidate.id.in_(candidate_ids)).order_by(Candidate.id)
    refusals = {person.id: serving.why_not(person, now) for person in session.scalars(query)}
    planning.leave_out(session, edition.id, {each: refusal for each, refusal in refusals.items() if refusal})
    planning.write_drafts(session, edition, [each for each, refusal in refusals.items() if not refusal], now)


def of_event(session: Session, event_id: int, *kinds: Kind) -> list[Edition]:
    """List the editions about an event, of some kinds or of all, oldest first."""
    query = select(Edition).where(Edition.event_id == event_id).order_by(Edition.id)
    rows = session.scalars(query.execution_options(populate_existing=True))
    return [row for row in rows if not kinds or kind_of(row.period) in kinds]


def concerned(session: Session, event_id: int, kind: Kind) -> list[int]:
    """List whom a kind of notice is for, by what they answered."""
    query = select(Invitation.candidate_id).where(
        Invitation.event_id == event_id, Invitation.answer.in_(CONCERNS[kind])
    )
    return list(session.scalars(query.order_by(Invitation.candidate_id)))
