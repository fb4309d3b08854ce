"""Dresses the finished words of a personal letter: frame, footer, headers. Not a word of them is changed."""

from datetime import datetime
from functools import lru_cache

from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.outbox.enveloping import enveloped
from rekindle.journey.outbox.footing import House, footer
from rekindle.journey.outbox.sending import Outgoing
from rekindle.mail.catalogue import PersonalLetter
from rekindle.mail.compose import Composer
from rekindle.mail.correspondent import Correspondent
from rekindle.mail.links import Links
from rekindle.mail.render import Rendered, Renderer
from rekindle.store.applications import Application, applications_of
from rekindle.store.candidates import Candidate
from rekindle.store.letters import Letter, letters_of
from rekindle.store.messages import Message
from states.message import Occasion

#: The email that dresses the letters of each occasion.
EMAILS = {
    Occasion.RE_ENGAGEMENT: "re-engagement",
    Occasion.FOLLOW_UP: "re-engagement",
    Occasion.CHECK_IN: "check-in",
    Occasion.REJECTION: "rejection-letter",
}


class Dresser:
    """Makes mails of personal letters. They come from the person who signs, and answers go there."""

    def __init__(self, house: House, renderer: Renderer, links: Links, domain: str) -> None:
        self._house = house
        self._renderer = renderer
        self._links = links
        self._domain = domain
        self._composer = lru_cache(maxsize=64)(self._make_composer)

    def write(self, session: Session, row: Message, now: datetime) -> Outgoing:
        """Write the bytes of one letter."""
        person, words = _found(session, row)
        # Whoever took over signs, and its words say so: see `rekindle.journey.letters.introducing`.
        took_over = words.signer in self._house.line(person.recruiter)[1:]
        return enveloped(
            self._house,
            self._composer(words.signer),
            row,
            person,
            self._rendered(session, row, person, words),
            now,
            domain=self._domain,
            stop_url=self._links.stop(person.key),
            introduces=words.signer if took_over else None,
        )

    def letter(self, session: Session, row: Message) -> Rendered:
        """Render a letter exactly as it will go."""
        return self._rendered(session, row, *_found(session, row))

    def dress(
        self, occasion: Occasion, person: Candidate, newest: Application | None, subject: str, body: str
    ) -> Rendered:
        """Put frame and footer around the words; `newest` is the application they remember us by."""
        around = footer(self._house, self._links, person, newest, person.language)
        context = PersonalLetter(subject=subject, body=body, footer=around, language=person.language)
        return self._renderer.render(EMAILS[occasion], context)

    def _rendered(self, session: Session, row: Message, person: Candidate, words: Letter) -> Rendered:
        assert row.occasion is not None
        newest = next(iter(applications_of(session, [person.id]).get(person.id, ())), None)
        return self.dress(row.occasion, person, newest, words.subject, words.body)

    def _make_composer(self, signer: str) -> Composer:
        if signer not in self._house.people:
            house = Correspondent(self._house.sender_name, self._house.sender_address)
            return Composer(self._house.letterhead(house, house))
        name, _ = self._house.people[signer]
        sender = Correspondent(f"{name}, {self._house.company}", signer)
        return Composer(self._house.letterhead(sender, Correspondent(name, signer)))


def _found(session: Session, row: Message) -> tuple[Candidate, Letter]:
    words = letters_of(session, [row.id]).get(row.id)
    if words is None:
        raise BadInput(f"message {row.id} has no words")
    return session.get_one(Candidate, row.candidate_id), words
