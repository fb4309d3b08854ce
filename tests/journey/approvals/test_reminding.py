"""Reminders: once, in time, to whoever is asked or stands in for them; what no server took was none."""

import asyncio
import email
import email.policy
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import Envelope
from sqlalchemy import select

from rekindle.journey.approvals import approval, delegating, reminding
from rekindle.journey.approvals.approval import Ask, Decision
from rekindle.journey.approvals.reminding import Reminder, Scribe
from rekindle.journey.outbox import delivery
from rekindle.journey.outbox.delivery import Tally
from rekindle.journey.outbox.footing import House
from rekindle.journey.outbox.sending import Outgoing
from rekindle.mail.outcome import Accepted, NotSent
from rekindle.mail.render import Renderer
from rekindle.mail.route import Route
from rekindle.store.approvals import Approval, ApprovalKind
from rekindle.store.engine import Store
from tests.cast import NOW
from tests.journey.letters.route import ask as ask_about
from tests.journey.letters.stage import ROOT, drafted, role, sarah
from tests.journey.sinks import sink
from tests.journey.stage import ANN as ANN_DECIDES
from tests.mail.servers import real_server

ANN, BEN, CLEO, DORA = (f"{name}@acme.example" for name in ("ann", "ben", "cleo", "dora"))
#: Who is here, with their roles.
TEAM = {
    ANN: frozenset({"lead", "recruiter"}),
    BEN: frozenset({"lead"}),
    CLEO: frozenset({"recruiter"}),
    DORA: frozenset({"ops"}),
}
DAY = timedelta(days=1)
DUE, BEFORE = 7 * DAY, 2 * DAY
#: When an approval asked for at NOW is reminded of.
THEN = NOW + DUE - BEFORE
HOUSE = House(
    company="Acme Labs",
    postal_address="Acme Labs GmbH, Beispielweg 1, 10115 Berlin",
    sender_name="Acme Labs",
    sender_address="hello@acme.example",
    reply_to="hello@acme.example",
    people={ANN: ("Ann Lee", "Senior Recruiter"), BEN: ("Ben Okafor", "Recruiter")},
)
SCRIBE = Scribe(HOUSE, Renderer([ROOT / "templates" / "emails"]), "acme.example")


def ask(
    store: Store,
    assignee: str | None = ANN,
    *,
    barred: str | None = None,
    deciders: tuple[str, ...] = ("lead",),
    due: timedelta = DUE,
) -> int:
    what = Ask(ApprovalKind.EDITION, "Send the update of 2026-Q4?", "d" * 64, {}, assignee=assignee, barred=barred)
    with store.writing() as session:
        return approval.ask(session, what, by="rekindle", deciders=deciders, now=NOW, due=due).id


def reminders(store: Store, now: datetime = THEN) -> list[Reminder]:
    with store.reading() as session:
        return reminding.due(session, now, BEFORE, TEAM)


def whom(store: Store, now: datetime = THEN) -> dict[str, list[int]]:
    return {each.to: [row.id for row in each.approvals] for each in reminders(store, now)}


def stand_in(store: Store, person: str, to: str, since: timedelta = timedelta(0)) -> None:
    with store.writing() as session:
        day = NOW.date()
        delegating.delegate(session, person, to, since=day + since, until=day + 30 * DAY, team=TEAM, now=NOW)


def reminded_at(store: Store) -> list[datetime | None]:
    with store.reading() as session:
        return list(session.scalars(select(Approval.reminded_at).order_by(Approval.id)))


# When.


def test_an_approval_is_reminded_of_when_its_time_is_nearly_over(store: Store) -> None:
    asked = ask(store)
    moments = [THEN - timedelta(seconds=1), THEN, NOW + DUE - timedelta(seconds=1), NOW + DUE]
    assert [whom(store, now) for now in moments] == [{}, {ANN: [asked]}, {ANN: [asked]}, {}]


def test_what_is_decided_needs_no_reminder(store: Store) -> None:
    asked = ask(store)
    with store.writing() as session:
        approval.decide(session, asked, Decision.APPROVE, ANN_DECIDES, digest="d" * 64, now=NOW, via="cli")
    assert whom(store) == {}


def test_what_was_put_off_is_reminded_of_when_its_new_time_is_nearly_over(store: Store) -> None:
    asked = ask(store)
    send(store, THEN)
    with store.writing() as session:
        approval.defer(session, asked, ANN_DECIDES, until=THEN + 10 * DAY, now=THEN, due=DUE)
    assert whom(store, THEN + DAY) == whom(store, THEN + 10 * DAY) == {}
    assert whom(store, THEN + 10 * DAY + DUE - BEFORE) == {ANN: [asked]}


def test_what_is_put_off_is_let_lie_though_it_expires_soon(store: Store) -> None:
    asked = ask(store)
    with store.writing() as session:
        approval.find(session, asked).not_before = THEN + DAY
    assert whom(store) == {}
    assert whom(store, THEN + DAY) == {ANN: [asked]}


# Whom.


def test_whoever_it_is_meant_for_is_reminded(store: Store) -> None:
    asked = ask(store, BEN)
    assert whom(store) == {BEN: [asked]}


def test_what_is_meant_for_nobody_is_meant_for_everybody_with_the_role(store: Store) -> None:
    asked = ask(store, None)
    assert whom(store) == {ANN: [asked], BEN: [asked]}


@pytest.mark.parametrize("gone", ["gone@acme.example", DORA, CLEO])
def test_who_has_left_or_may_not_decide_is_replaced_by_everybody_who_may(store: Store, gone: str) -> None:
    asked = ask(store, gone)
    assert whom(store) == {ANN: [asked], BEN: [asked]}


def test_who_stands_in_is_reminded_in_their_place(store: Store) -> None:
    asked = ask(store)
    stand_in(store, ANN, BEN)
    assert whom(store) == {BEN: [asked]}


def test_who_stands_in_has_the_roles_of_whom_they_stand_in_for(store: Store) -> None:
    asked = ask(store)
    stand_in(store, ANN, CLEO)
    assert whom(store) == {CLEO: [asked]}


def test_who_stands_in_for_one_of_several_is_reminded_once(store: Store) -> None:
    asked = ask(store, None)
    stand_in(store, ANN, BEN)
    assert whom(store) == {BEN: [asked]}
    stand_in(store, BEN, CLEO)
    assert whom(store) == {BEN: [asked], CLEO: [asked]}


def test_who_stands_in_later_is_not_reminded_yet(store: Store) -> None:
    asked = ask(store)
    stand_in(store, ANN, BEN, since=20 * DAY)
    assert whom(store) == {ANN: [asked]}


def test_who_may_not_approve_what_they_wrote_is_not_reminded_of_it(store: Store) -> None:
    own, anybodys = ask(store, ANN, barred=ANN), ask(store, None, barred=BEN)
    assert whom(store) == {BEN: [own], ANN: [anybodys]}


def test_who_wrote_it_is_not_reminded_in_somebodys_place_either(store: Store) -> None:
    asked = ask(store, ANN, barred=BEN)
    stand_in(store, ANN, BEN)
    assert whom(store) == {ANN: [asked]}


def test_when_nobody_may_decide_nobody_is_reminded(store: Store) -> None:
    ask(store, BEN, barred=BEN, deciders=("nobody",))
    assert whom(store) == {}


def test_one_mail_tells_of_all_that_waits_for_somebody_soonest_due_first(store: Store) -> None:
    later, sooner = ask(store, due=DUE), ask(store, due=DUE - DAY)
    other = ask(store, BEN)
    assert whom(store) == {ANN: [sooner, later], BEN: [other]}


# Sent, once.


def route(port: int, connections: int) -> Route:
    return Route(host="127.0.0.1", port=port, security="none", connections=connections, local_hostname="tests.example")


def send(
    store: Store, now: datetime = THEN, answer: Callable[[str], str] = lambda _: "250 OK", connections: int = 1
) -> tuple[Tally, list[str]]:
    """Send what is due, as housekeeping does; return the tally and to whom."""
    found, received = reminders(store, now), []

    def answered(recipient: str) -> str:
        received.append(recipient)
        return answer(recipient)

    async def run() -> Tally:
        rounds = reminding.rounds(store, found, SCRIBE.write, now)
        async with sink(answered) as server:
            return await delivery.deliver(route(server.port, connections), rounds, len(found))

    return asyncio.run(run()), received


def test_a_reminder_is_sent_once(store: Store) -> None:
    ask(store)
    tally, received = send(store)
    assert (tally.sent, received) == (1, [ANN])
    assert reminded_at(store) == [THEN]
    assert send(store, THEN + DAY) == (Tally(), [])


@pytest.mark.parametrize("connections", [1, 4])
def test_everybody_with_the_role_has_a_mail(store: Store, connections: int) -> None:
    ask(store, None)
    ask(store, BEN)
    tally, received = send(store, connections=connections)
    assert (tally.sent, sorted(received)) == (2, [ANN, BEN])
    assert whom(store) == {}


@pytest.mark.parametrize("reply", ["451 4.3.0 try again later", "550 5.1.1 no such user"])
def test_what_no_server_took_is_tried_again_by_the_next_pass(store: Store, reply: str) -> None:
    asked = ask(store)
    tally, received = send(store, answer=lambda _: reply)
    assert (tally.sent, received) == (0, [ANN])
    assert reminded_at(store) == [None]
    assert whom(store, THEN + DAY) == {ANN: [asked]}


@pytest.mark.parametrize("failing", [ANN, BEN])
@pytest.mark.parametrize("connections", [1, 2])
def test_an_approval_of_which_one_of_several_was_told_was_reminded_of(
    store: Store, failing: str, connections: int
) -> None:
    ask(store, None)
    answer = {failing: "451 4.3.0 try again later"}
    tally, _ = send(store, answer=lambda to: answer.get(to, "250 OK"), connections=connections)
    assert tally.sent == 1
    assert reminded_at(store) == [THEN]


def test_without_a_mail_server_nothing_is_marked(store: Store) -> None:
    ask(store, ANN)
    ask(store, BEN)
    rounds = reminding.rounds(store, reminders(store), SCRIBE.write, THEN)
    (out,) = rounds((), 1)
    assert rounds([(out.message_id, NotSent("connecting: refused"))], 0) == []
    assert reminded_at(store) == [None, None]


def test_it_is_written_down_before_it_is_handed_over(store: Store) -> None:
    ask(store)
    seen: list[list[datetime | None]] = []

    def answer(_: str) -> str:
        seen.append(reminded_at(store))
        return "250 OK"

    send(store, answer=answer)
    assert seen == [[THEN]]


def test_two_passes_at_once_remind_once_and_each_goes_on(store: Store) -> None:
    first, second = ask(store, ANN), ask(store, BEN)
    one, other = (reminding.rounds(store, reminders(store), SCRIBE.write, THEN) for _ in range(2))
    assert [out.recipient for out in one((), 1)] == [ANN]
    assert [out.recipient for out in other((), 1)] == [BEN], "what is taken is passed over, and is not the end"
    assert (one((), 1), other((), 1)) == ([], [])
    assert (first, second) == (1, 2)


def test_a_mail_leaves_out_what_another_pass_has_reminded_of(store: Store) -> None:
    ask(store)
    earlier = reminding.rounds(store, reminders(store), SCRIBE.write, THEN)
    (out,) = earlier((), 1)
    earlier([(out.message_id, Accepted(250, "OK"))], 0)
    with store.writing() as session:
        session.get_one(Approval, 1).reminded_at = None
    ask(store)
    later = reminding.rounds(store, reminders(store), SCRIBE.write, THEN)
    with store.writing() as session:
        session.get_one(Approval, 1).reminded_at = THEN
    (out,) = later((), 5)
    assert read(out).get_content().count("Decide by") == 1


# What it says.


def read(out: Outgoing) -> EmailMessage:
    """Return the plain text part, with the headers of the mail."""
    mail = email.message_from_bytes(out.data, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    part = mail.get_body(("plain",))
    assert isinstance(part, EmailMessage)
    return part


def test_a_reminder_names_approvals_and_nobody_who_applied(store: Store) -> None:
    with store.writing() as session:
        drafted(session, sarah(session), role(session))
    number = ask_about(store, 1)
    (reminder,) = reminders(store)
    out = SCRIBE.write(0, reminder, THEN)
    said = read(out).get_content()
    assert (out.recipient, out.sender) == (ANN, "hello@acme.example")
    assert "Hello Ann Lee," in said
    assert "Send c-1 this letter about role director-product?" in said
    assert "Decide by 2026-10-20 08:00 UTC." in said
    assert f"rekindle approvals approve {number}" in said
    assert b"Sarah" not in out.data
    assert b"example.org" not in out.data


def test_somebody_whose_name_we_do_not_have_is_greeted_without_one(store: Store) -> None:
    ask(store, CLEO, deciders=("recruiter",))
    (reminder,) = reminders(store)
    assert "Hello," in read(SCRIBE.write(0, reminder, THEN)).get_content()


def test_a_real_mail_server_takes_it(store: Store) -> None:
    ask(store)
    ask(store, BEN)
    found = reminders(store)

    async def run() -> tuple[Tally, list[tuple[str, bytes]]]:
        async with real_server() as server:
            rounds = reminding.rounds(store, found, SCRIBE.write, THEN)
            tally = await delivery.deliver(route(server.port, 2), rounds, len(found))
            return tally, sorted((each.rcpt_tos[0], bytes_of(each)) for each in server.deliveries)

    tally, mails = asyncio.run(run())
    assert tally.sent == 2
    told = [(to, email.message_from_bytes(data)["Auto-Submitted"]) for to, data in mails]
    assert told == [(ANN, "auto-generated"), (BEN, "auto-generated")]


def bytes_of(delivered: Envelope) -> bytes:
    assert isinstance(delivered.content, bytes)
    return delivered.content
