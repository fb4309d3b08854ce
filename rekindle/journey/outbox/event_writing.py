"""Writes the mail about events: words from their template, facts from the event's row, and the calendar file."""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.events.kinds import EMAILS, Kind, kind_of
from rekindle.journey.events.wording import WHY, mail, shared
from rekindle.journey.outbox.enveloping import addressee, enveloped
from rekindle.journey.outbox.footing import House, footer
from rekindle.journey.outbox.sending import Outgoing
from rekindle.mail.calendar import CalendarFile, Entry, Method, Standing, calendar_file
from rekindle.mail.catalogue import Footer
from rekindle.mail.compose import Composer
from rekindle.mail.correspondent import Correspondent
from rekindle.mail.event_mails import EventMail
from rekindle.mail.links import Links
from rekindle.mail.render import Rendered, Renderer
from rekindle.store.applications import newest_first
from rekindle.store.candidates import Candidate, labels_of
from rekindle.store.editions import Edition
from rekindle.store.events import Answer, Event, Invitation
from rekindle.store.messages import Message

#: What a calendar is told of an answer; a kind of mail that is not here needs no calendar.
_METHODS = {
    Kind.INVITE: Method.REQUEST,
    Kind.CHANGE: Method.REQUEST,
    Kind.PLACE: Method.REQUEST,
    Kind.CANCEL: Method.CANCEL,
}
_STANDING = {Answer.YES: Standing.ACCEPTED, Answer.MAYBE: Standing.TENTATIVE}


class EventWriter:
    """Writes mail about events. It comes from the host; answers go where all answers go."""

    def __init__(self, house: House, renderer: Renderer, links: Links, list_domain: str) -> None:
        self._house = house
        self._renderer = renderer
        self._links = links
        self._domain = list_domain
        self._composer = lru_cache(maxsize=64)(self._make_composer)

    def write(self, session: Session, row: Message, now: datetime) -> Outgoing:
        """Write the bytes of one message."""
        person, edition, event = _about(session, row)
        kind, answer = kind_of(edition.period), _answer(session, event, person)
        context = self._context(session, person, event, kind, answer, edition.intro)
        return enveloped(
            self._house,
            self._composer(edition.period, context.sender_name),
            row,
            person,
            self._renderer.render(EMAILS[kind], context),
            now,
            domain=self._domain,
            stop_url=context.footer.stop_url,
            calendar=self.calendar(event, addressee(person), kind, answer, now),
        )

    def letter(self, session: Session, row: Message) -> Rendered:
        """Render what one message says, exactly as it will go."""
        person, edition, event = _about(session, row)
        kind = kind_of(edition.period)
        return self.render(session, person, event, kind, _answer(session, event, person), edition.intro)

    def render(
        self, session: Session, person: Candidate, event: Event, kind: Kind, answer: Answer, intro: str = ""
    ) -> Rendered:
        """Render one kind of mail about an event for one person, whether or not there is such a message."""
        context = self._context(session, person, event, kind, answer, intro)
        return self._renderer.render(EMAILS[kind], context)

    def calendar(
        self, event: Event, guest: Correspondent, kind: Kind, answer: Answer, now: datetime
    ) -> CalendarFile | None:
        """Write the calendar file that goes with a kind of mail; a reminder has none."""
        if kind not in _METHODS:
            return None
        address = self._host(event)
        host = self._house.people.get(address)
        entry = Entry(
            uid=f"{event.slug}@{self._domain}",
            sequence=event.sequence,
            title=event.title,
            description=event.summary,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            zone=event.timezone,
            place=event.place,
            link=event.link,
            organizer=Correspondent(host[0] if host else self._house.sender_name, address),
            sent_by=self._house.sender_address,
        )
        standing = _STANDING.get(answer, Standing.NEEDS_ACTION)
        return calendar_file(entry, guest, _METHODS[kind], standing, now)

    def _context(
        self, session: Session, person: Candidate, event: Event, kind: Kind, answer: Answer, intro: str
    ) -> EventMail:
        sender = self._house.people.get(self._host(event), (self._house.sender_name, ""))
        ends_with = self._footer(person, event, kind)
        told = shared(event, person, intro, sender, self._house.reply_to, ends_with)
        interests: tuple[str, ...] = ()
        if kind is Kind.INVITE and person.id:
            interests = tuple(labels_of(session, [person.id]).get(person.id, {}).get("interest", ()))
        return mail(kind, event, told, answer, interests)

    def _host(self, event: Event) -> str:
        """Return who invites: the host, or since they have left whoever took over."""
        return (self._house.line(event.host) or (event.host,))[-1]

    def _footer(self, person: Candidate, event: Event, kind: Kind) -> Footer:
        newest = next(iter(newest_first(person.applications)), None)
        usual = footer(self._house, self._links, person, newest)
        if kind is Kind.INVITE:
            return usual
        return Footer(WHY[kind].format(title=event.title), usual.postal_address, usual.stop_url, usual.company)

    def _make_composer(self, period: str, sender: str) -> Composer:
        house, programme = self._house, "event-invite"
        name = sender if sender == house.sender_name else f"{sender}, {house.company}"
        return Composer(
            house.letterhead(
                Correspondent(name, house.sender_address),
                Correspondent(name, house.reply_to),
                list_id=f"{programme}.{self._domain}",
                feedback=(period, programme, "rekindle", self._domain.replace(".", "-")),
            )
        )


def _about(session: Session, row: Message) -> tuple[Candidate, Edition, Event]:
    """Return whom a message is for, its edition and event. Whoever took the message has them in reach."""
    edition = session.get_one(Edition, row.edition_id)
    return session.get_one(Candidate, row.candidate_id), edition, session.get_one(Event, edition.event_id)


def _answer(session: Session, event: Event, person: Candidate) -> Answer:
    own = (Invitation.event_id == event.id, Invitation.candidate_id == person.id)
    return session.scalar(select(Invitation.answer).where(*own)) or Answer.NONE
