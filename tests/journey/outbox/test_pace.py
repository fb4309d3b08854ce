"""What makes an approved letter wait: the hour, and how much one company had today."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import select

from rekindle.journey.outbox.hours import Hours
from rekindle.journey.outbox.pace import Pace, hold_for_the_morning
from rekindle.journey.outbox.sending import record, take
from rekindle.mail.outcome import Accepted
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.touches import Touch
from tests.cast import NOW
from tests.journey.stage import ANY_HOUR, DESK, approved

EVENING = NOW.replace(hour=18)
MORNING = (NOW + timedelta(days=1)).replace(hour=6)
WORKDAYS = Hours(time(8), time(19), frozenset(range(5)), holidays=True, country="DE", zone="Europe/Berlin")
AWAKE = replace(DESK, pace=Pace(WORKDAYS, 0, frozenset()))


def flooded(per_domain: int, *open_domains: str) -> Pace:
    return Pace(ANY_HOUR, per_domain, frozenset(open_domains))


def taken(store: Store, pace: Pace, now: datetime = NOW) -> list[int]:
    with store.writing() as session:
        return sorted(out.message_id for out in take(session, 10, now, replace(DESK, pace=pace)))


def reasons(store: Store) -> list[str | None]:
    with store.reading() as session:
        return list(session.scalars(select(Message.reason).order_by(Message.id)))


def test_a_letter_that_would_arrive_at_night_waits_for_the_morning_and_then_goes(store: Store) -> None:
    approved(store, "Anne")
    assert taken(store, AWAKE.pace, EVENING) == []
    assert reasons(store) == ["held until 2026-10-14 06:00 UTC: it is late where the candidate lives"]
    assert taken(store, AWAKE.pace, MORNING - timedelta(minutes=1)) == []
    assert taken(store, AWAKE.pace, MORNING) == [1]
    assert reasons(store) == [None]


def test_who_stops_while_their_letter_waits_gets_nothing_in_the_morning(store: Store) -> None:
    approved(store, "Anne")
    assert taken(store, AWAKE.pace, EVENING) == []
    with store.writing() as session:
        session.get_one(Candidate, 1).opted_out_at = EVENING
    assert taken(store, AWAKE.pace, MORNING) == []
    assert reasons(store) == ["the candidate asked us to stop"]


def test_one_company_gets_so_many_mails_a_day_and_the_rest_the_next_day(store: Store) -> None:
    approved(store, "Anne", "Emil", "Fay")
    assert taken(store, flooded(2)) == [1, 2]
    with store.writing() as session:
        record(session, [(1, Accepted(250, "ok")), (2, Accepted(250, "ok"))], NOW, DESK)
    assert reasons(store)[2] == (
        "held until 2026-10-14 08:00 UTC: the candidate's company had enough of our mail for a day"
    )
    assert taken(store, flooded(2), NOW + timedelta(hours=23)) == []
    assert taken(store, flooded(2), NOW + timedelta(days=1)) == [3]


def test_what_went_within_the_day_counts_and_what_is_older_does_not(store: Store) -> None:
    approved(store, "Anne", "Emil")
    assert taken(store, flooded(1)) == [1]
    assert taken(store, flooded(1), NOW + timedelta(days=1, minutes=1)) == [2]


def test_a_domain_that_is_no_companys_is_not_counted(store: Store) -> None:
    approved(store, "Anne", "Emil", "Fay")
    assert taken(store, flooded(1, "example.org")) == [1, 2, 3]


def test_without_a_limit_nobody_waits(store: Store) -> None:
    approved(store, "Anne", "Emil", "Fay")
    assert taken(store, flooded(0)) == [1, 2, 3]


def test_a_mail_a_recruiter_sent_by_hand_counts_for_the_company(store: Store) -> None:
    approved(store, "Anne", "Emil")
    with store.writing() as session:
        session.add(Touch(candidate_id=1, on=NOW.date(), channel="email", direction="out"))
        # Emil is of the same company; the budget of one person is another matter.
    assert taken(store, flooded(1)) == []


def test_nothing_is_put_off_beyond_the_moment_it_is_needed(store: Store) -> None:
    approved(store, "Anne")
    needed = EVENING + timedelta(hours=2)
    with store.writing() as session:
        row, person = session.get_one(Message, 1), session.get_one(Candidate, 1)
        assert hold_for_the_morning(session, [(row, person)], EVENING, AWAKE.pace, {1: needed}) == {1}
        session.refresh(row)
        assert row.due_at == needed
