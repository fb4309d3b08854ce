"""Finds the letter that waits, or what one person gets from one edition. Reads only."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound
from rekindle.journey.bulk import editions
from rekindle.journey.events.kinds import EMAILS as EVENT_EMAILS
from rekindle.journey.events.kinds import kind_of
from rekindle.journey.letters.dressing import EMAILS as LETTERS
from rekindle.store.candidates import candidate
from rekindle.store.editions import Edition, LeftOut
from rekindle.store.messages import QUEUED, Message
from states.programme import Programme

_UPDATE = "quarterly-update"


def letter_of(session: Session, email: str, reference: str | None, edition_id: int | None) -> Message | None:
    """Return the letter called `email` that an edition has for a candidate, or for its first.

    Without an edition the newest that has not left; None when there is none.

    Raises NotFound for who or what is not stored, BadInput for another email than the edition sends, and for somebody
    whom it leaves out, with the reason.
    """
    person_id = candidate(session, reference).id if reference else None
    if edition_id is not None:
        return _of_edition(session, email, editions.find(session, edition_id), person_id)
    query = select(Message, Edition.period).outerjoin(Edition, Edition.id == Message.edition_id)
    query = query.where(Message.state.in_(QUEUED), *([Message.candidate_id == person_id] if person_id else []))
    found = session.execute(query.where(*_may_be(email)).order_by(Message.id.desc()))
    return next((row for row, period in found if _email_of(row, period) == email), None)


def _of_edition(session: Session, email: str, edition: Edition, person_id: int | None) -> Message:
    sends = EVENT_EMAILS[kind_of(edition.period)] if edition.event_id else _UPDATE
    if sends != email:
        raise BadInput(f"edition {edition.id} sends {sends}, not {email}")
    query = select(Message).where(Message.edition_id == edition.id)
    query = query.where(Message.candidate_id == person_id) if person_id else query
    row = session.scalar(query.order_by(Message.candidate_id).limit(1))
    if row is not None:
        return row
    if person_id is None:
        raise NotFound(f"there is no letter in edition {edition.id}")
    out = select(LeftOut.reason).where(LeftOut.edition_id == edition.id, LeftOut.candidate_id == person_id)
    reason = session.scalar(out) or "it was planned without them"
    raise BadInput(f"c-{person_id} gets nothing from edition {edition.id}: {reason}")


def _may_be(email: str) -> list[ColumnElement[bool]]:
    """Narrow the search to the programme that sends such an email."""
    occasions = [occasion for occasion, name in LETTERS.items() if name == email]
    if occasions:
        return [Message.occasion.in_(occasions)]
    programme = Programme.EVENT_INVITE if email in EVENT_EMAILS.values() else Programme.QUARTERLY_UPDATE
    return [Message.programme == programme, Message.occasion.is_(None)]


def _email_of(row: Message, period: str | None) -> str:
    if row.occasion is not None:
        return LETTERS[row.occasion]
    return EVENT_EMAILS[kind_of(period)] if row.programme is Programme.EVENT_INVITE and period else _UPDATE
