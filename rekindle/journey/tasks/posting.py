"""Sends the weekly digests: each person's once in an ISO week, whatever is started twice; nothing to tell, no mail."""

import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from rekindle.journey.letters.standards import Standards
from rekindle.journey.outbox.delivery import NextRound, Outcomes
from rekindle.journey.outbox.footing import House
from rekindle.journey.outbox.sending import Outgoing
from rekindle.journey.tasks.gathering import gather, team_of
from rekindle.journey.tasks.readers import readers
from rekindle.mail.catalogue import WeeklyDigest
from rekindle.mail.compose import Composer, Letterhead
from rekindle.mail.correspondent import Correspondent, ascii_address
from rekindle.mail.outcome import Accepted, Unknown
from rekindle.mail.render import Renderer
from rekindle.store.dialect import insert_new
from rekindle.store.engine import Store
from rekindle.store.tasks import Digest

EMAIL = "weekly-digest"


@dataclass(frozen=True, slots=True)
class Post:
    """One digest on its way to one colleague."""

    to: str
    week: str
    digest: WeeklyDigest


@dataclass(slots=True)
class Prepared:
    """The digests of a week that are still to go, and why the others do not, with how many."""

    posts: list[Post] = field(default_factory=list)
    not_sent: Counter[str] = field(default_factory=Counter)


def week_of(day: date) -> str:
    """Name the week a day lies in as ISO 8601 does, such as 2026-W42."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def prepare(
    session: Session, roles: Mapping[str, frozenset[str]], standards: Standards, now: datetime, today: date
) -> Prepared:
    """Gather what each of the team's people is told; `roles` are those who are here, `today` the team's own day."""
    done, week = Prepared(), week_of(today)
    sent = set(session.scalars(select(Digest.person).where(Digest.week == week)))
    team, reading = team_of(session, roles, standards), readers(session, roles, today)
    done.not_sent["away: their delegate reads it"] = len(roles) - len(reading)
    for reader in reading:
        if reader.address in sent:
            done.not_sent["sent this week already"] += 1
        elif digest := gather(session, reader, team, now, today):
            done.posts.append(Post(reader.address, week, digest))
        else:
            done.not_sent["nothing to tell"] += 1
    return done


def rounds(
    store: Store, posts: Sequence[Post], write: Callable[[int, Post, datetime], Outgoing], now: datetime
) -> NextRound:
    """Return the step by which the delivery loop sends digests: each is written down first, then handed over.

    What no server took was not sent: the next run of the week tries it again.
    """
    numbered = dict(enumerate(posts))
    waiting = list(numbered.items())

    def step(done: Outcomes, room: int) -> list[Outgoing]:
        taken: list[tuple[int, Post]] = []
        with store.writing() as session:
            for number, outcome in done:
                # What may have arrived is not sent again.
                if not isinstance(outcome, Accepted | Unknown):
                    _give_back(session, numbered[number])
            while waiting and len(taken) < room:
                number, post = waiting.pop(0)
                # Another run of the same week may have been faster.
                if _claim(session, post, now):
                    taken.append((number, post))
        return [write(number, post, now) for number, post in taken]

    return step


def still_to_go(session: Session, posts: Sequence[Post]) -> int:
    """Count the digests that nobody has sent, whoever tried."""
    weeks = {post.week for post in posts}
    sent = set(session.execute(select(Digest.person, Digest.week).where(Digest.week.in_(weeks))).tuples())
    return sum((post.to, post.week) not in sent for post in posts)


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Writes digests in the house's name."""

    house: House
    renderer: Renderer
    domain: str

    def write(self, number: int, post: Post, now: datetime) -> Outgoing:
        """Write the bytes of one digest; `number` takes the place of a message's id."""
        sender = Correspondent(self.house.sender_name, self.house.sender_address)
        data = Composer(Letterhead(sender, approved=False)).compose(
            self.renderer.render(EMAIL, post.digest),
            to=Correspondent(post.digest.name, post.to),
            message_id=f"<{secrets.token_hex(12)}@{self.domain}>",
            now=now,
        )
        return Outgoing(number, self.house.sender_address, ascii_address("To", post.to), data)


def _claim(session: Session, post: Post, now: datetime) -> bool:
    row = {"person": post.to, "week": post.week, "sent_at": now}
    return session.scalar(insert_new(session, Digest).returning(Digest.id), row) is not None


def _give_back(session: Session, post: Post) -> None:
    session.execute(delete(Digest).where(Digest.person == post.to, Digest.week == post.week))
