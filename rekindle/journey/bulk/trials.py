"""Writes a mail as it would go, to one of the team instead: real words and headers, links that lead nowhere.

Belongs in a rehearsing session, whose transaction is thrown away: no message, no touch and no count is left of it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.bulk.previewing import preview
from rekindle.journey.bulk.waiting import letter_of
from rekindle.journey.outbox.delivery import NextRound, Outcomes
from rekindle.journey.outbox.footing import House
from rekindle.journey.outbox.sending import Outgoing
from rekindle.journey.outbox.writing import Writer
from rekindle.mail.catalogue import Audience, Email, email
from rekindle.mail.compose import Composer, Letterhead
from rekindle.mail.correspondent import Correspondent, ascii_address
from rekindle.mail.links import Links
from rekindle.store.candidates import Candidate
from rekindle.store.messages import Message

#: Before every subject.
MARK = "[Test] "


@dataclass(frozen=True, slots=True)
class Trials:
    """What test mails are written with: links and addresses are signed with a key of their own, and lead nowhere."""

    house: House
    writer: Writer
    links: Links
    domain: str
    #: At most so many items, where an update is put together only for this.
    items: int

    def write(
        self, session: Session, name: str, to: str, reference: str | None, edition_id: int | None, now: datetime
    ) -> Outgoing:
        """Write the email called `name` to a colleague: the letter that waits, else what a preview would show.

        Raises NotFound and BadInput as `letter_of` does, and BadInput for a letter that cannot be written.
        """
        found = email(name)
        row = letter_of(session, name, reference, edition_id) if found.audience is Audience.CANDIDATE else None
        if row is not None:
            return self._letter(session, row, to, now)
        shown, key = preview(session, name, reference, self.writer, now, self.items), secrets.token_hex(12)
        post, is_to_candidate = self.house.post, found.audience is Audience.CANDIDATE
        data = Composer(self._letterhead(found)).compose(
            shown.mail,
            to=Correspondent(self._name(to), to),
            message_id=f"<{key}@{self.domain}>",
            now=now,
            stop_url=self.links.stop("test") if is_to_candidate else None,
            stop_mailto=post.stop_mailto("test") if is_to_candidate else None,
        )
        sender = post.return_path(key, personal=not found.bulk) if is_to_candidate else None
        return Outgoing(0, sender or self.house.sender_address, ascii_address("To", to), data)

    def _letter(self, session: Session, row: Message, to: str, now: datetime) -> Outgoing:
        """Write a real letter, in a transaction that is thrown away, to an address that is not its reader's."""
        session.get_one(Candidate, row.candidate_id).email = to
        # Of its own: a mail program that has seen it would take the real one for a repeat.
        row.key = secrets.token_hex(12)
        session.flush()
        written = self.writer.write(session, [row], now)[row.id]
        if isinstance(written, BadInput):
            raise written
        return written

    def _letterhead(self, found: Email) -> Letterhead:
        """Return the letterhead of a sample: the house writes it."""
        house = Correspondent(self.house.sender_name, self.house.sender_address)
        if found.audience is Audience.RECRUITER:
            return self.house.letterhead(house, approved=False)
        answers = Correspondent(self.house.sender_name, self.house.reply_to)
        return self.house.letterhead(house, answers, list_id=f"{found.name}.{self.domain}" if found.bulk else None)

    def _name(self, address: str) -> str:
        return self.house.people.get(address, ("", ""))[0]


def once(mail: Outgoing) -> NextRound:
    """Return the step by which the delivery loop sends one mail that stands in no ledger."""
    waiting = [mail]

    def step(_done: Outcomes, room: int) -> list[Outgoing]:
        return [waiting.pop()] if waiting and room else []

    return step
