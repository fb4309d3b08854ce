"""Shows what mail about an event looks like: a letter that waits, else of the next event, else a sample. Reads only."""

import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.bulk.waiting import letter_of
from rekindle.journey.events.kinds import EMAILS, Kind
from rekindle.journey.outbox.event_writing import EventWriter
from rekindle.mail.render import Rendered
from rekindle.store.candidates import Candidate, candidate
from rekindle.store.events import Answer, Event
from states.facts import Basis

_KINDS = {email: kind for kind, email in EMAILS.items()}


def is_about_events(email: str) -> bool:
    return email in _KINDS


def preview(
    session: Session, email: str, reference: str | None, writer: EventWriter, now: datetime
) -> tuple[Rendered, str]:
    """Return the mail, and where its data comes from. Raises NotFound for a candidate who is not stored."""
    kind = _KINDS[email]
    person = candidate(session, reference) if reference else None
    if waiting := letter_of(session, email, reference, None):
        return writer.letter(session, waiting), f"c-{waiting.candidate_id}, the letter that waits"
    coming = select(Event).where(Event.cancelled_at.is_(None), Event.starts_at > now).order_by(Event.starts_at)
    known = session.scalar(coming.limit(1)) if kind in {Kind.INVITE, Kind.REMIND, Kind.PLACE} else None
    event, reader = known or _sample_event(now), person or _sample_person()
    whose = f"c-{person.id}" if person else "a sample"
    about = f"the event {known.slug}" if known else "an invented event"
    return writer.render(session, reader, event, kind, Answer.YES), f"{whose}, {about}"


def _sample_event(now: datetime) -> Event:
    day = (now + timedelta(days=21)).astimezone(ZoneInfo("Europe/Berlin"))
    starts = day.replace(hour=18, minute=30, second=0, microsecond=0)
    return Event(
        slug="pricing-night",
        title="An evening about pricing",
        summary="Three short talks by people who got it wrong first, then soup.",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2, minutes=30),
        timezone="Europe/Berlin",
        place="Beispielweg 1, 10115 Berlin",
        link="https://events.acme.example/pricing-night",
        language="en",
        topics=["pricing"],
        families=[],
        cities=[],
        interests=[],
        capacity=40,
        answer_by=(starts - timedelta(days=6)).date(),
        host="",
        sequence=1,
        before={"place": "Musterplatz 2, 10117 Berlin"},
        cancelled_because="The speaker is ill, and nobody can stand in.",
    )


def _sample_person() -> Candidate:
    return Candidate(
        key=secrets.token_hex(12),
        given_name="Sam",
        family_name="Sample",
        email="sam@example.org",
        locale="en",
        basis=Basis.CONSENT,
    )
