"""The weekly digest: once a person and week, to who has something to be told; what no server took was not sent."""

import asyncio
import email
import email.policy
from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from rekindle.journey.approvals.delegating import delegate
from rekindle.journey.outbox import delivery
from rekindle.journey.outbox.sending import Outgoing
from rekindle.journey.tasks import posting
from rekindle.journey.tasks.posting import Correspondence, Prepared, week_of
from rekindle.mail.outcome import NotSent
from rekindle.mail.render import Renderer
from rekindle.mail.route import Route
from rekindle.store.engine import Store
from rekindle.store.tasks import Digest
from tests.cast import NOW, stored
from tests.journey.approvals.test_reminding import HOUSE
from tests.journey.letters.stage import ROOT, STANDARDS
from tests.journey.sinks import sink
from tests.journey.tasks.stage import ANN, BEN, DAY, TODAY

CLEO = "cleo@acme.example"
ROLES = {ANN: frozenset({"lead"}), BEN: frozenset({"recruiter"}), CLEO: frozenset({"recruiter"})}
WRITER = Correspondence(HOUSE, Renderer([ROOT / "templates" / "emails"]), "acme.example")


@pytest.fixture(autouse=True)
def lapsing(store: Store) -> None:
    """Anne of Ann's and Dana of Ben's are about to go cold; Cleo has nothing to be told."""
    with store.writing() as session:
        for name, recruiter in (("Anne", ANN), ("Dana", BEN)):
            stored(session, name, recruiter=recruiter, last_contact_on=TODAY - 130 * DAY)


def prepare(store: Store, now: datetime = NOW) -> Prepared:
    with store.reading() as session:
        return posting.prepare(session, ROLES, STANDARDS, now, now.date())


def send(store: Store, now: datetime = NOW, answer: Callable[[str], str] = lambda _: "250 OK") -> list[str]:
    """Send what is still to go; return to whom the server was given a mail."""
    posts, received = prepare(store, now).posts, []

    def answered(recipient: str) -> str:
        received.append(recipient)
        return answer(recipient)

    async def run() -> None:
        rounds = posting.rounds(store, posts, WRITER.write, now)
        async with sink(answered) as server:
            route = Route(
                host="127.0.0.1", port=server.port, security="none", connections=2, local_hostname="tests.example"
            )
            await delivery.deliver(route, rounds, len(posts))

    asyncio.run(run())
    return sorted(received)


def rows(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(row.person, row.week) for row in session.scalars(select(Digest).order_by(Digest.person))]


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 10, 13), "2026-W42"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2027, 1, 4), "2027-W01"),
    ],
)
def test_a_week_is_named_as_iso_8601_does(day: date, week: str) -> None:
    assert week_of(day) == week


def test_each_gets_one_a_week_and_the_next_in_the_next(store: Store) -> None:
    assert send(store) == [ANN, BEN]
    assert send(store, NOW + 5 * DAY) == []
    assert rows(store) == [(ANN, "2026-W42"), (BEN, "2026-W42")]
    assert send(store, NOW + 6 * DAY) == [ANN, BEN]


def test_why_somebody_gets_none_is_counted(store: Store) -> None:
    with store.writing() as session:
        delegate(session, BEN, CLEO, since=TODAY, until=TODAY, team=ROLES, now=NOW)
        session.add(Digest(person=ANN, week="2026-W42", sent_at=NOW))
    found = prepare(store)
    assert [post.to for post in found.posts] == [CLEO]
    assert found.not_sent == {"away: their delegate reads it": 1, "sent this week already": 1}


def test_who_has_nothing_to_be_told_gets_no_mail(store: Store) -> None:
    assert +prepare(store).not_sent == {"nothing to tell": 1}


@pytest.mark.parametrize("reply", ["451 4.3.0 try again later", "550 5.1.1 no such user"])
def test_what_no_server_took_was_not_sent_and_is_tried_again(reply: str, store: Store) -> None:
    posts = prepare(store).posts
    assert send(store, answer=lambda to: reply if to == ANN else "250 OK") == [ANN, BEN]
    assert rows(store) == [(BEN, "2026-W42")]
    with store.reading() as session:
        assert posting.still_to_go(session, posts) == 1
    assert send(store, NOW + DAY) == [ANN]


def test_without_a_mail_server_nothing_counts_as_sent(store: Store) -> None:
    rounds = posting.rounds(store, prepare(store).posts, WRITER.write, NOW)
    taken = rounds((), 1)
    assert rows(store) == [(ANN, "2026-W42")]
    assert rounds([(out.message_id, NotSent("connecting: refused")) for out in taken], 0) == []
    assert rows(store) == []


def test_two_runs_of_a_week_send_each_once(store: Store) -> None:
    one, other = (posting.rounds(store, prepare(store).posts, WRITER.write, NOW) for _ in range(2))
    assert [out.recipient for out in one((), 1)] == [ANN]
    assert [out.recipient for out in other((), 2)] == [BEN]
    assert one((), 1) == []


def read(out: Outgoing) -> EmailMessage:
    mail = email.message_from_bytes(out.data, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_it_says_what_there_is_and_nobodys_name(store: Store) -> None:
    post = prepare(store).posts[0]
    mail = read(WRITER.write(0, post, NOW))
    part = mail.get_body(("plain",))
    assert isinstance(part, EmailMessage)
    said = part.get_content()
    assert (mail["To"], mail["Subject"]) == (f"Ann Lee <{ANN}>", "Your week: 1 about to go cold")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "c-1 (Senior Product Manager)" in said
    assert "Last contact: " in said
    assert "Anne" not in str(mail)
    assert "example.org" not in str(mail)
    assert timedelta(0) == NOW - mail["Date"].datetime
