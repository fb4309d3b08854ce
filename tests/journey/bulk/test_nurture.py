"""Who gets the quarterly update and why the others do not; planned once, however often and by however many."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.bulk import editions, nurture, planning
from rekindle.journey.bulk.nurture import Rule
from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate
from rekindle.store.content import Content
from rekindle.store.editions import Edition, EditionState, LeftOut
from rekindle.store.engine import Store
from rekindle.store.messages import Message, MessageItem
from states.candidate import CandidateState
from states.facts import Basis
from states.message import MessageState
from states.programme import Programme
from tests.cast import LIMITS, NOW, anne, news, stored
from tests.journey.stage import FROZEN, RULE, change_candidate, edition, letter_states, letters, planned
from tests.racing import at_once

TODAY = NOW.date()


def plan(store: Store, period: str = "2026-Q4", now: datetime = NOW, rule: Rule = RULE) -> int:
    return nurture.plan_update(store, period, now, rule, FROZEN)


def left_out(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(row.code, row.reason) for row in session.scalars(select(LeftOut).order_by(LeftOut.candidate_id))]


def carried(store: Store) -> list[tuple[int, str]]:
    with store.reading() as session:
        rows = session.execute(select(MessageItem.content_id, MessageItem.why).order_by(MessageItem.position))
        return [(content_id, why) for content_id, why in rows]


def mailed(session: Session, person: Candidate, when: datetime, *items: Content, **changes: Any) -> Message:
    """Store a letter that went to somebody at `when`, in the quarter before."""
    columns = {
        "candidate_id": person.id,
        "programme": Programme.CHECK_IN,
        "state": MessageState.SENT,
        "key": f"k{when:%y%m%d%H%M}{person.id}",
        "due_at": when,
        "created_at": when,
        "sending_at": when,
        **changes,
    }
    message = Message(**columns)
    session.add(message)
    session.flush()
    session.add_all(MessageItem(message_id=message.id, content_id=i.id, position=1, why="") for i in items)
    return message


def a_crowd(store: Store, count: int = 7) -> list[int]:
    with store.writing() as session:
        news(session)
        return [stored(session, f"Person{number}").id for number in range(count)]


def test_somebody_due_gets_a_letter_that_waits_for_a_person(store: Store) -> None:
    edition_id = planned(store, "Anne")
    assert edition(store, edition_id).state is EditionState.AWAITING
    (letter,) = letters(store)
    assert (letter.state, letter.due_at, letter.attempts) == (MessageState.AWAITING, NOW, 0)
    assert carried(store) == [(1, "it is about roadmaps, which you work with")]
    assert left_out(store) == []


@pytest.mark.parametrize(
    ("changes", "code", "reason"),
    [
        ({"opted_out_at": NOW}, "is_contactable", "the candidate asked us to stop"),
        ({"unreachable_since": NOW}, "is_contactable", "mail to the candidate's address came back"),
        ({"address": None}, "is_contactable", "there is no email address to write to"),
        ({"basis": Basis.UNKNOWN}, "basis_is_known", "no lawful basis for writing to the candidate is on record"),
        ({"consent_until": TODAY - timedelta(1)}, "basis_is_known", "the candidate's consent ended on 2026-10-12"),
        (
            {"snoozed_until": TODAY + timedelta(1)},
            "is_not_snoozed",
            "the candidate asked to be left in peace until 2026-10-14",
        ),
    ],
)
def test_who_may_not_be_mailed_is_left_out_with_the_reason(
    store: Store, changes: dict[str, Any], code: str, reason: str
) -> None:
    with store.writing() as session:
        news(session)
        anne(session, **changes)
    edition_id = plan(store)
    assert left_out(store) == [(code, reason)]
    assert letters(store) == []
    assert (edition(store, edition_id).state, edition(store, edition_id).left_out) == (EditionState.EMPTY, {code: 1})


@pytest.mark.parametrize(
    "changes",
    [
        {"consent_until": TODAY},
        {"consent_until": None},
        {"basis": Basis.LEGITIMATE_INTEREST, "consent_until": date(2020, 1, 1)},
        {"snoozed_until": TODAY},
    ],
)
def test_who_may_be_mailed_today_is_not_left_out(sqlite_store: Store, changes: dict[str, Any]) -> None:
    with sqlite_store.writing() as session:
        news(session)
        anne(session, **changes)
    plan(sqlite_store)
    assert letter_states(sqlite_store) == ["awaiting"]


@pytest.mark.parametrize(("ago", "fits"), [(timedelta(days=21), True), (timedelta(days=21, minutes=-1), False)])
def test_who_had_mail_lately_is_left_in_peace(store: Store, ago: timedelta, fits: bool) -> None:  # noqa: FBT001 - a table
    with store.writing() as session:
        news(session)
        mailed(session, anne(session), NOW - ago)
    plan(store)
    assert len(letters(store, 1)) == fits
    assert [code for code, _ in left_out(store)] == [] if fits else ["budget_allows"]


@pytest.mark.parametrize("state", [MessageState.UNCONFIRMED, MessageState.SENDING, MessageState.BOUNCED])
def test_mail_that_may_have_arrived_counts(sqlite_store: Store, state: MessageState) -> None:
    with sqlite_store.writing() as session:
        news(session)
        mailed(session, anne(session), NOW - timedelta(1), state=state)
    plan(sqlite_store)
    assert [code for code, _ in left_out(sqlite_store)] == ["budget_allows"]


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.DEFERRED, MessageState.CANCELLED])
def test_mail_that_surely_did_not_arrive_does_not_count(sqlite_store: Store, state: MessageState) -> None:
    with sqlite_store.writing() as session:
        news(session)
        mailed(session, anne(session), NOW - timedelta(1), state=state)
    plan(sqlite_store)
    assert len(letters(sqlite_store, 1)) == 1


def test_nobody_hears_from_us_more_often_than_the_year_allows(store: Store) -> None:
    with store.writing() as session:
        news(session)
        often, less = stored(session, "Anne"), stored(session, "Emil")
        for month in range(1, 13):
            mailed(session, often, NOW - timedelta(days=30 * month))
            mailed(session, less, NOW - timedelta(days=31 * month, minutes=1))
    plan(store)
    assert [letter.candidate_id for letter in letters(store, 1)] == [less.id]
    assert [code for code, _ in left_out(store)] == ["budget_allows"]


def test_who_would_get_nothing_that_concerns_them_gets_nothing(store: Store) -> None:
    with store.writing() as session:
        news(session, topics=["kubernetes"], families=["engineering"])
        anne(session)
    plan(store)
    assert left_out(store) == [("nothing_relevant", "nothing in this edition concerns this person and is new to them")]


def test_nobody_is_sent_an_item_again(store: Store) -> None:
    with store.writing() as session:
        old, new = news(session, 1), news(session, 2)
        person = anne(session)
        mailed(session, person, NOW - timedelta(days=60), old)
        mailed(session, stored(session, "Emil"), NOW - timedelta(days=60), old, new)
    plan(store)
    assert [letter.candidate_id for letter in letters(store, 1)] == [person.id]
    assert carried(store)[-1][0] == new.id
    assert [code for code, _ in left_out(store)] == ["nothing_relevant"]


def test_an_item_that_never_left_may_be_sent_after_all(store: Store) -> None:
    with store.writing() as session:
        item = news(session)
        mailed(session, anne(session), NOW - timedelta(days=60), item, state=MessageState.CANCELLED)
    plan(store)
    assert len(letters(store, 1)) == 1


def test_fewer_items_than_the_policy_wants_are_no_letter(sqlite_store: Store) -> None:
    with sqlite_store.writing() as session:
        anne(session)
        news(session)
    plan(sqlite_store, rule=Rule(LIMITS, items_min=2, items_max=5))
    why = "only one item in this edition would be of interest and new to this person; 2 is the least"
    assert left_out(sqlite_store) == [("too_little", why)]


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({"published_on": TODAY}, True),
        ({"published_on": TODAY + timedelta(1)}, False),
        ({"valid_until": TODAY}, True),
        ({"valid_until": TODAY - timedelta(1)}, False),
    ],
)
def test_an_item_is_offered_while_it_is_valid(sqlite_store: Store, changes: dict[str, Any], offered: bool) -> None:  # noqa: FBT001 - a table
    with sqlite_store.writing() as session:
        item = news(session, **changes)
    assert edition(sqlite_store, plan(sqlite_store)).items == ([item.id] if offered else [])


@pytest.mark.parametrize("language", ["de", "DE", "de-AT", "de_DE", "en-GB"])
def test_a_language_is_read_however_it_is_written(sqlite_store: Store, language: str) -> None:
    with sqlite_store.writing() as session:
        anne(session, locale="de-CH")
        news(session, language=language)
    plan(sqlite_store)
    assert len(letters(sqlite_store)) == 1


def test_only_those_who_are_nurturing_are_looked_at(store: Store) -> None:
    with store.writing() as session:
        news(session)
        for state in CandidateState:
            if state is not CandidateState.NURTURING:
                stored(session, state.value, state=state)
    assert edition(store, plan(store)).state is EditionState.EMPTY
    assert left_out(store) == []


def test_an_edition_for_nobody_is_not_asked_about(store: Store) -> None:
    assert edition(store, plan(store)).state is EditionState.EMPTY
    with store.reading() as session:
        assert session.scalars(select(Approval)).all() == []


def test_a_quarter_without_news_is_begun_anew_once_there_is_some(store: Store) -> None:
    with store.writing() as session:
        anne(session)
    edition_id = plan(store)
    assert edition(store, edition_id).state is EditionState.EMPTY
    with store.writing() as session:
        news(session)
    assert plan(store) == edition_id
    assert (edition(store, edition_id).state, letter_states(store)) == (EditionState.AWAITING, ["awaiting"])
    assert left_out(store) == []


def test_two_who_begin_an_empty_quarter_anew_do_not_undo_each_other(store: Store) -> None:
    with store.writing() as session:
        anne(session)
    edition_id = plan(store)
    with store.writing() as session:
        news(session)
    assert both_at_once(store, lambda: plan(store), lambda: plan(store)) == [edition_id, edition_id]
    assert (edition(store, edition_id).state, letter_states(store)) == (EditionState.AWAITING, ["awaiting"])


@pytest.mark.parametrize("period", ["", "2026", "2026-Q5", "Q4 2026", "2026-q4", "2026-Q4\n", "٢٠٢٦-Q4", "x" * 99])
def test_what_is_no_quarter_is_not_planned(sqlite_store: Store, period: str) -> None:
    with pytest.raises(BadInput, match="is not a quarter: write it like 2026-Q4"):
        plan(sqlite_store, period)


def test_a_period_is_planned_once(store: Store) -> None:
    first = planned(store, "Anne")
    assert plan(store) == first
    assert letter_states(store) == ["awaiting"]
    with store.reading() as session:
        assert nurture.exists(session, "2026-Q4")
        assert nurture.is_planned(session, "2026-Q4")
        assert not nurture.exists(session, "2027-Q1")
        assert not nurture.is_planned(session, "2027-Q1")
        assert len(session.scalars(select(Approval)).all()) == 1


def test_the_next_period_is_another_edition(store: Store) -> None:
    first = planned(store, "Anne")
    with store.writing() as session:
        news(session, 2)
    second = plan(store, "2027-Q1", NOW + timedelta(days=91))
    assert second != first
    assert letter_states(store, second) == ["awaiting"]


def test_who_comes_after_the_planning_waits_for_the_next_edition(store: Store) -> None:
    edition_id = planned(store, "Anne")
    with store.writing() as session:
        stored(session, "Emil")
        row = editions.find(session, edition_id)
        assert nurture.plan_page(session, row, 0, NOW, RULE) is None
    assert letter_states(store) == ["awaiting"]


def test_a_crowd_is_planned_page_by_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nurture, "PAGE", 3)
    ids = a_crowd(store)
    change_candidate(store, ids[3], opted_out_at=NOW)
    edition_id = plan(store)
    assert [letter.candidate_id for letter in letters(store)] == [one for one in ids if one != ids[3]]
    assert edition(store, edition_id).left_out == {"is_contactable": 1}


def test_planning_a_page_twice_plans_nobody_twice(store: Store) -> None:
    ids = a_crowd(store)
    change_candidate(store, ids[0], opted_out_at=NOW)
    for _ in range(2):
        with store.writing() as session:
            row = nurture.begin_update(session, "2026-Q4", NOW)
            assert nurture.plan_page(session, row, 0, NOW, RULE) == ids[-1]
    assert [letter.candidate_id for letter in letters(store)] == ids[1:]
    assert len(left_out(store)) == 1


def test_after_a_crash_planning_goes_on_where_the_rows_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nurture, "PAGE", 2)
    ids = a_crowd(store)
    plan_page, pages = nurture.plan_page, iter(range(10))

    def dies_in_the_third(session: Session, *rest: Any) -> int | None:
        last = plan_page(session, *rest)
        if next(pages) == 2:
            raise KeyboardInterrupt
        return last

    monkeypatch.setattr(nurture, "plan_page", dies_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        plan(store)
    assert len(letters(store)) == 4
    assert edition(store, 1).state is EditionState.PLANNING
    plan(store)
    assert [letter.candidate_id for letter in letters(store)] == ids
    assert edition(store, 1).state is EditionState.AWAITING


@pytest.mark.parametrize("page", [2, 500])
def test_two_who_plan_at_once_plan_everybody_once(store: Store, monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    monkeypatch.setattr(nurture, "PAGE", page)
    ids = a_crowd(store)
    outcomes = both_at_once(store, lambda: plan(store), lambda: plan(store))
    assert outcomes == [1, 1]
    assert [letter.candidate_id for letter in letters(store)] == ids
    assert letter_states(store) == ["awaiting"] * len(ids)
    assert left_out(store) == []
    with store.reading() as session:
        assert len(session.scalars(select(Approval)).all()) == 1


def both_at_once(store: Store, *steps: Callable[[], int]) -> list[int | Exception]:
    def apart(step: Callable[[], int]) -> Callable[[Session], int]:
        # The outer transaction only starts them together: it is given back before the work begins.
        def run(session: Session) -> int:
            session.rollback()
            return step()

        return run

    return at_once(store, *[apart(step) for step in steps])


def test_two_who_plan_one_page_at_once_do_not_collide(store: Store) -> None:
    ids = a_crowd(store)
    with store.writing() as session:
        row = nurture.begin_update(session, "2026-Q4", NOW)

    def page(session: Session) -> int | None:
        return nurture.plan_page(session, row, 0, NOW, RULE)

    assert at_once(store, page, page, page) == [ids[-1]] * 3
    assert [letter.candidate_id for letter in letters(store)] == ids
    assert left_out(store) == []


def test_of_two_who_close_the_planning_one_does(store: Store) -> None:
    a_crowd(store, 2)
    with store.writing() as session:
        row = nurture.begin_update(session, "2026-Q4", NOW)
        nurture.plan_page(session, row, 0, NOW, RULE)

    def close(session: Session) -> bool:
        return planning.close_planning(session, session.get_one(Edition, row.id))

    assert sorted(map(str, at_once(store, close, close))) == ["False", "True"]


def test_a_rehearsal_says_the_same_and_keeps_nothing(store: Store) -> None:
    ids = a_crowd(store, 2)
    change_candidate(store, ids[1], opted_out_at=NOW)
    with store.rehearsing() as session:
        rehearsal = nurture.rehearse(session, "2026-Q4", NOW, RULE)
    why = "it is about roadmaps, which you work with"
    assert rehearsal.letters == [(ids[0], "How we plan, part 1", why)]
    assert rehearsal.left_out == [(ids[1], "the candidate asked us to stop")]
    assert (letters(store), left_out(store)) == ([], [])
