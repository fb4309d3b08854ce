"""Puts a mail to a candidate into its envelope: who it is for, where its bounce goes, how it can be stopped by mail."""

from datetime import datetime

from rekindle.journey.outbox.footing import House
from rekindle.journey.outbox.sending import Outgoing
from rekindle.mail.calendar import CalendarFile
from rekindle.mail.compose import Composer
from rekindle.mail.correspondent import Correspondent, mail_address
from rekindle.mail.render import Rendered
from rekindle.store.candidates import Candidate
from rekindle.store.messages import Message


def addressee(person: Candidate) -> Correspondent:
    return Correspondent(f"{person.given_name} {person.family_name}".strip(), person.email)


def enveloped(
    house: House,
    composer: Composer,
    row: Message,
    person: Candidate,
    letter: Rendered,
    now: datetime,
    *,
    domain: str,
    stop_url: str,
    calendar: CalendarFile | None = None,
    introduces: str | None = None,
) -> Outgoing:
    """Compose one message of the ledger; `domain` stands in its Message-ID. Raises BadInput where it cannot be sent."""
    data = composer.compose(
        letter,
        to=addressee(person),
        message_id=f"<{row.key}@{domain}>",
        now=now,
        stop_url=stop_url,
        stop_mailto=house.post.stop_mailto(person.key),
        calendar=calendar,
    )
    sender = house.post.return_path(row.key, personal=row.occasion is not None) or house.sender_address
    return Outgoing(row.id, sender, mail_address("To", person.email), data, introduces)
