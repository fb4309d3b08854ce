"""Sends the weekly digests: each person's once in an ISO week, whatever is started twice; nothing to tell, no mail."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from rekindle.journey.letters.standards import Standards
from rekindle.journey.outbox.colleagues import InHouse, in_rounds
from rekindle.journey.outbox.delivery import NextRound
from rekindle.journey.outbox.sending import Outgoing
from rekindle.journey.tasks.gathering import gather, team_of
from rekindle.journey.tasks.readers import readers
from rekindle.mail.catalogue import WeeklyDigest
from rekindle.mail.correspondent import Correspondent
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

    def claim(session: Session, post: Post) -> bool:
        # Another run of the same week may have been faster.
        return _claim(session, post, now)

    return in_rounds(store, posts, claim, _give_back, lambda number, post: write(number, post, now))


def still_to_go(session: Session, posts: Sequence[Post]) -> int:
    """Count the digests that nobody has sent, whoever tried."""
    weeks = {post.week for post in posts}
    sent = set(session.execute(select(Digest.person, Digest.week).where(Digest.week.in_(weeks))).tuples())
    return sum((post.to, post.week) not in sent for post in posts)


class Correspondence(InHouse):
    """Writes digests in the house's name."""

    __slots__ = ()

    def write(self, number: int, post: Post, now: datetime) -> Outgoing:
        return self.compose(number, EMAIL, post.digest, Correspondent(post.digest.name, post.to), now)


def _claim(session: Session, post: Post, now: datetime) -> bool:
    row = {"person": post.to, "week": post.week, "sent_at": now}
    return session.scalar(insert_new(session, Digest).returning(Digest.id), row) is not None


def _give_back(session: Session, post: Post) -> None:
    session.execute(delete(Digest).where(Digest.person == post.to, Digest.week == post.week))
