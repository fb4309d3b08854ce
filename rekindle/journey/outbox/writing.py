"""Turns a message row into the exact bytes to send: facts from records, words from templates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple, Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, SettingsError, TemplateError
from rekindle.journey.bulk.periods import label_of
from rekindle.journey.letters.dressing import Dresser
from rekindle.journey.outbox.enveloping import enveloped
from rekindle.journey.outbox.event_writing import EventWriter
from rekindle.journey.outbox.footing import House, footer
from rekindle.journey.outbox.sending import Outgoing
from rekindle.mail.catalogue import ApprovalReminder, EditionPaused, Item, QuarterlyUpdate, WeeklyDigest, paragraphs
from rekindle.mail.compose import Composer
from rekindle.mail.correspondent import Correspondent
from rekindle.mail.links import Links
from rekindle.mail.render import Rendered, Renderer
from rekindle.store.applications import Application, newest_first
from rekindle.store.candidates import Candidate
from rekindle.store.content import Content
from rekindle.store.departures import introduced
from rekindle.store.editions import Edition
from rekindle.store.messages import Message, MessageItem
from states.programme import Programme


class Told(Protocol):
    """An item of news, wherever it was read from."""

    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def summary(self) -> str: ...


class News(NamedTuple):
    """What a letter says of an item."""

    title: str
    url: str
    summary: str


#: An item and why this person gets it.
Chosen = tuple[Told, str]

# Written once: building a statement costs as much as running it, and the sender asks for every few letters.
_CHOSEN = (
    select(MessageItem.message_id, Content.title, Content.url, Content.summary, MessageItem.why)
    .join(Content, Content.id == MessageItem.content_id)
    .where(MessageItem.message_id.in_(bindparam("ids", expanding=True)))
    .order_by(MessageItem.message_id, MessageItem.position)
)


class Writer:
    """Writes the emails of the catalogue for people of the store."""

    def __init__(self, house: House, renderer: Renderer, links: Links, list_domain: str) -> None:
        self._house = house
        self._renderer = renderer
        self._links = links
        self._domain = list_domain
        self.personal = Dresser(house, renderer, links, list_domain)
        self.events = EventWriter(house, renderer, links, list_domain)
        self._composer = lru_cache(maxsize=256)(self._make_composer)

    def write(self, session: Session, rows: Sequence[Message], now: datetime) -> dict[int, Outgoing | BadInput]:
        """Write a round of messages; one that cannot be written is answered with the reason, the others go on."""
        bulk = [row.id for row in rows if row.programme is Programme.QUARTERLY_UPDATE]
        chosen = _chosen(session, bulk) if bulk else {}
        known = self._introduced(session, [row for row in rows if row.id in chosen])
        written: dict[int, Outgoing | BadInput] = {}
        for row in rows:
            try:
                if row.occasion is not None:
                    written[row.id] = self.personal.write(session, row, now)
                elif row.programme is Programme.EVENT_INVITE:
                    written[row.id] = self.events.write(session, row, now)
                else:
                    whom = known.get(row.candidate_id, frozenset())
                    written[row.id] = self._write_one(session, row, chosen.get(row.id, ()), whom, now)
            except (TemplateError, SettingsError):
                # Not this person's fault but the team's: the letters wait until it is mended.
                raise
            except BadInput as problem:
                written[row.id] = problem
        return written

    def update_for(
        self,
        person: Candidate,
        application: Application | None,
        chosen: Sequence[Chosen],
        period: str,
        intro: str = "",
        known: Collection[str] = (),
    ) -> QuarterlyUpdate:
        """Put together what the quarterly update says to one person; every sentence rests on a record.

        `known` are the colleagues of whom this person has been told that they took over.
        """
        name, title = self._sender_of(person)
        return QuarterlyUpdate(
            quarter=label_of(period),
            items=tuple(Item(item.title, item.url, item.summary, _sentence(why)) for item, why in chosen),
            sender_name=name,
            sender_title=title,
            reply_address=self._house.reply_to,
            footer=footer(self._house, self._links, person, application),
            given_name=person.given_name,
            how_we_met=_how_we_met(application),
            taken_over_from=self._house.handed_over_by(person.recruiter, known),
            intro=paragraphs(intro),
        )

    def letter(self, session: Session, row: Message) -> Rendered:
        """Render what one message says, exactly as it will go."""
        if row.occasion is not None:
            return self.personal.letter(session, row)
        if row.programme is Programme.EVENT_INVITE:
            return self.events.letter(session, row)
        chosen = _chosen(session, [row.id]).get(row.id, ())
        known = self._introduced(session, [row]).get(row.candidate_id, frozenset())
        return self.render_update(self._context(*_people_of(session, row), chosen, known))

    def reminder(self, context: ApprovalReminder) -> Rendered:
        return self._renderer.render("approval-reminder", context)

    def pause(self, context: EditionPaused) -> Rendered:
        return self._renderer.render("edition-paused", context)

    def digest(self, context: WeeklyDigest) -> Rendered:
        return self._renderer.render("weekly-digest", context)

    def render_update(self, context: QuarterlyUpdate) -> Rendered:
        return self._renderer.render("quarterly-update", context)

    def _introduced(self, session: Session, rows: Sequence[Message]) -> Mapping[int, Collection[str]]:
        """Return whom each candidate was told of; asks the database only where a colleague has left."""
        people = [session.get_one(Candidate, row.candidate_id) for row in rows] if self._house.successors else []
        after = [person.id for person in people if len(self._house.line(person.recruiter)) > 1]
        return introduced(session, after) if after else {}

    def _context(
        self, person: Candidate, edition: Edition, chosen: Sequence[Chosen], known: Collection[str]
    ) -> QuarterlyUpdate:
        application = next(iter(newest_first(person.applications)), None)
        return self.update_for(person, application, chosen, edition.period, edition.intro, known)

    def _write_one(
        self, session: Session, row: Message, chosen: Sequence[Chosen], known: Collection[str], now: datetime
    ) -> Outgoing:
        person, edition = _people_of(session, row)
        context = self._context(person, edition, chosen, known)
        return enveloped(
            self._house,
            self._composer(row.programme, edition.period, context.sender_name),
            row,
            person,
            self.render_update(context),
            now,
            domain=self._domain,
            stop_url=context.footer.stop_url,
            introduces=self._house.line(person.recruiter)[-1] if context.taken_over_from else None,
        )

    def _make_composer(self, programme: str, period: str, sender: str) -> Composer:
        house = self._house
        name = sender if sender == house.sender_name else f"{sender}, {house.company}"
        return Composer(
            house.letterhead(
                Correspondent(name, house.sender_address),
                Correspondent(name, house.reply_to),
                list_id=f"{programme}.{self._domain}",
                feedback=(period, programme, "rekindle", self._domain.replace(".", "-")),
            )
        )

    def _sender_of(self, person: Candidate) -> tuple[str, str]:
        """The recruiter who knows them, else whoever took over, while there is one with us."""
        line = self._house.line(person.recruiter)
        return self._house.people[line[-1]] if line else (self._house.sender_name, "")


def _people_of(session: Session, row: Message) -> tuple[Candidate, Edition]:
    """Return whom a message is for, and its edition. Whoever took the message has them in reach: nothing is read."""
    return session.get_one(Candidate, row.candidate_id), session.get_one(Edition, row.edition_id)


def _chosen(session: Session, message_ids: Sequence[int]) -> dict[int, list[Chosen]]:
    found: dict[int, list[Chosen]] = {}
    for message_id, title, url, summary, why in session.execute(_CHOSEN, {"ids": message_ids}):
        found.setdefault(message_id, []).append((News(title, url, summary), why))
    return found


def _how_we_met(application: Application | None) -> str | None:
    """Only what is on record: an interview if one is dated, else the application, else nothing."""
    if application is None:
        return None
    if application.last_interview_on:
        return f"You interviewed with us for {application.role} in {_month(application.last_interview_on)}."
    if application.applied_on:
        return f"You applied to us for {application.role} in {_month(application.applied_on)}."
    return None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _month(day: date) -> str:
    return f"{day:%B %Y}"
