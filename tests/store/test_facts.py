"""What guards may ask about is gathered for a page at once, and what is not on record refuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from rekindle.store.engine import Store
from rekindle.store.facts import Limits, facts_of
from rekindle.store.messages import MAILED, Message
from rekindle.store.touches import Touch
from states.facts import Basis, Facts
from states.guards import may_be_mailed
from states.message import MessageState
from states.programme import Programme
from tests.cast import LIMITS, NOW, anne, bert, cara, stored, turned_down

DAY = timedelta(days=1)


def facts(session: Session, candidate_id: int = 1, limits: Limits = LIMITS) -> Facts:
    return facts_of(session, [candidate_id], NOW, limits)[candidate_id]


def mail(session: Session, *ago: timedelta, state: MessageState = MessageState.SENT) -> None:
    for number, each in enumerate(ago):
        when = NOW - each
        key = f"{state}{number}"
        columns = {"programme": Programme.CHECK_IN, "state": state, "key": key, "due_at": when, "created_at": when}
        session.add(Message(candidate_id=1, sending_at=when, **columns))
    session.flush()


def test_the_records_become_facts(store: Store) -> None:
    with store.writing() as session:
        anne(session, snoozed_until=date(2026, 12, 1))
        known = facts(session)
    assert (known.now, known.runner_up, known.withdrew, known.decided_on) == (NOW, True, False, date(2026, 5, 2))
    assert (known.has_address, known.opted_out, known.unreachable) == (True, False, False)
    assert (known.basis, known.consent_until) == (Basis.CONSENT, date(2028, 3, 2))
    assert (known.snoozed_until, known.cool_off_days, known.budget_free) == (date(2026, 12, 1), 30, True)


def test_what_concerns_one_letter_or_one_answer_refuses(store: Store) -> None:
    with store.writing() as session:
        anne(session)
        known = facts(session)
    named = ("role_open", "courtesy_clean", "message_accepted", "candidate_said_yes", "said_rest")
    assert {getattr(known, name) for name in named} == {False}
    assert known.other_outreach_live


def test_a_stop_and_a_bounce_are_facts(store: Store) -> None:
    with store.writing() as session:
        ids = [bert(session).id, cara(session).id, stored(session, "Emil", address=None).id]
        known = facts_of(session, ids, NOW, LIMITS)
    assert [known[one].opted_out for one in ids] == [True, False, False]
    assert [known[one].unreachable for one in ids] == [False, True, False]
    assert [known[one].has_address for one in ids] == [True, True, False]
    assert all(may_be_mailed(known[one]) for one in ids)


def test_who_is_not_stored_has_no_facts(store: Store) -> None:
    with store.reading() as session:
        assert facts_of(session, [4711], NOW, LIMITS) == {}
        assert facts_of(session, [], NOW, LIMITS) == {}


@pytest.mark.parametrize(
    ("newest", "withdrew"),
    [
        ({"outcome": "withdrew"}, True),
        ({"rejected_by": "candidate"}, True),
        ({"outcome": "rejected"}, False),
    ],
)
def test_it_is_the_newest_application_that_says_whether_they_withdrew(
    store: Store,
    newest: dict[str, Any],
    withdrew: bool,  # noqa: FBT001 - a table
) -> None:
    with store.writing() as session:
        anne(session)
        session.add(turned_down(1, decided_on=date(2025, 1, 1), outcome="withdrew"))
        session.add(turned_down(1, decided_on=date(2026, 6, 1), **newest))
        session.flush()
        assert facts(session).withdrew is withdrew


def test_the_last_rejection_counts_though_a_newer_application_is_open(store: Store) -> None:
    with store.writing() as session:
        anne(session)
        session.add(turned_down(1, decided_on=None, applied_on=date(2026, 9, 1), outcome="open"))
        session.flush()
        assert facts(session).decided_on == date(2026, 5, 2)


@pytest.mark.parametrize(("ago", "free"), [(21 * DAY, True), (21 * DAY - timedelta(seconds=1), False)])
def test_days_between_two_mails_are_kept(store: Store, ago: timedelta, free: bool) -> None:  # noqa: FBT001 - a table
    with store.writing() as session:
        anne(session)
        mail(session, 100 * DAY, ago)
        assert facts(session).budget_free is free


def test_a_years_mails_are_counted_and_older_ones_forgotten(store: Store) -> None:
    two_a_year = Limits(cool_off_days=30, min_days=1, max_per_year=2)
    with store.writing() as session:
        anne(session)
        mail(session, 30 * DAY, 365 * DAY)
        assert facts(session, limits=two_a_year).budget_free
        mail(session, 364 * DAY, state=MessageState.BOUNCED)
        assert not facts(session, limits=two_a_year).budget_free


@pytest.mark.parametrize("state", list(MessageState))
def test_mail_counts_that_may_have_arrived(sqlite_store: Store, state: MessageState) -> None:
    with sqlite_store.writing() as session:
        anne(session)
        mail(session, DAY, state=state)
        assert facts(session).budget_free is (state not in MAILED)


def test_no_mail_at_all_may_be_the_policy(sqlite_store: Store) -> None:
    with sqlite_store.writing() as session:
        anne(session)
        assert not facts(session, limits=Limits(30, 0, 0)).budget_free


def test_one_persons_mail_is_not_held_against_another(store: Store) -> None:
    with store.writing() as session:
        anne(session)
        other = stored(session, "Emil")
        mail(session, DAY)
        known = facts_of(session, [1, other.id], NOW, LIMITS)
    assert (known[1].budget_free, known[other.id].budget_free) == (False, True)


def test_facts_are_as_they_are_now_not_as_they_were_read_before(store: Store) -> None:
    with store.writing() as session:
        anne(session)
    with store.writing() as session:
        assert not facts(session).opted_out
        session.connection().exec_driver_sql("UPDATE candidates SET opted_out_at = created_at")
        assert facts(session).opted_out


def test_a_page_takes_as_many_queries_as_one_person(store: Store) -> None:
    def queries(ids: list[int]) -> int:
        seen: list[str] = []
        with store.reading() as session:
            connection = session.connection()
            event.listen(connection, "before_cursor_execute", lambda *told: seen.append(told[2]))
            facts_of(session, ids, NOW, LIMITS)
        return len(seen)

    with store.writing() as session:
        ids = [stored(session, f"Person{number}").id for number in range(20)]
    assert queries(ids) == queries(ids[:1]) == 5


def test_a_mail_a_recruiter_sent_by_hand_counts(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        sent = {"candidate_id": person.id, "on": date(2026, 10, 1), "channel": "email", "direction": "out"}
        session.add_all([Touch(**sent), Touch(**sent | {"channel": "call", "on": date(2026, 10, 12)})])
        session.flush()
        known = facts(session)
    assert (known.budget_free, known.budget_free_on) == (False, date(2026, 10, 22))


def test_who_wants_less_mail_than_the_policy_allows_gets_less(store: Store) -> None:
    with store.writing() as session:
        never = stored(session, "Emil", most_per_year=0)
        once = stored(session, "Fay", most_per_year=1)
        session.add(Touch(candidate_id=once.id, on=date(2026, 1, 10), channel="email", direction="out"))
        session.flush()
        known = facts_of(session, [never.id, once.id], NOW, LIMITS)
    assert (known[never.id].budget_free, known[never.id].budget_free_on) == (False, None)
    assert (known[once.id].budget_free, known[once.id].budget_free_on) == (False, date(2027, 1, 10))


def test_a_letter_that_waits_is_known_and_a_draft_on_the_desk_is_none(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        letter = {"candidate_id": person.id, "programme": "re-engagement", "occasion": "re-engagement"}
        row = Message(**letter, state="drafted", key="k", due_at=NOW, attempts=0, created_at=NOW)
        session.add(row)
        session.flush()
        assert not facts(session).letter_waits
        row.state = MessageState.AWAITING
        session.flush()
        assert facts(session).letter_waits


def test_what_they_want_is_a_fact(store: Store) -> None:
    with store.writing() as session:
        anne(session, wants_updates=False, wants_openings=False)
        known = facts(session)
    assert (known.wants_updates, known.wants_events, known.wants_openings) == (False, True, False)
