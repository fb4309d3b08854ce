"""Answers as they come in: places in their order, then a waiting list that moves up; never one place for two."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from rekindle.errors import BadInput, NotFound
from rekindle.journey.events import cancelling
from rekindle.journey.events.answering import Answered, answer
from rekindle.journey.events.kinds import Kind
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.engine import Store
from rekindle.store.events import Answer, Event, Invitation
from rekindle.store.touches import Touch
from tests.cast import NOW
from tests.journey.events.stage import (
    FROZEN,
    SLUG,
    answers,
    approve,
    change_event,
    edition_of,
    editions_of,
    invited,
    last_contact,
    letters,
    mailed,
    people,
    said,
    waiting,
)
from tests.journey.stage import change_candidate
from tests.racing import Step, at_once, while_uncommitted

YES, NO, MAYBE = Answer.YES, Answer.NO, Answer.MAYBE
LATE = NOW + timedelta(days=18)
AFTER = NOW + timedelta(days=23, hours=10)


def touches(store: Store, candidate_id: int) -> list[tuple[date, str, str, str | None]]:
    with store.reading() as session:
        rows = session.scalars(select(Touch).where(Touch.candidate_id == candidate_id).order_by(Touch.id))
        return [(row.on, row.channel, row.direction, row.summary) for row in rows]


def asked(store: Store, event: Event, kind: Kind) -> list[tuple[str, ApprovalState]]:
    with store.reading() as session:
        mine = select(Approval).where(Approval.edition_id == edition_of(store, event, kind).id)
        return [(row.question, row.state) for row in session.scalars(mine.order_by(Approval.id))]


def answering(candidate_id: int, what: Answer) -> Step[Answered]:
    return lambda session: answer(session, SLUG, candidate_id, what, NOW, FROZEN)


def test_an_answer_is_a_contact_with_them(store: Store) -> None:
    _, (anne,) = mailed(store, "Anne")
    assert said(store, anne, YES).new
    assert touches(store, anne) == [(NOW.date(), "reply", "in", "answered yes to the event pricing-night")]
    assert last_contact(store, anne) == NOW.date()


def test_the_same_answer_again_is_nothing_new(sqlite_store: Store) -> None:
    _, (anne,) = mailed(sqlite_store, "Anne")
    assert [said(sqlite_store, anne, YES).new for _ in range(2)] == [True, False]
    assert len(touches(sqlite_store, anne)) == 1


def test_an_answer_of_another_day_is_taken_for_that_day(sqlite_store: Store) -> None:
    _, (anne,) = mailed(sqlite_store, "Anne")
    said(sqlite_store, anne, MAYBE, NOW + timedelta(days=9), on=date(2026, 10, 20))
    assert touches(sqlite_store, anne)[0][0] == date(2026, 10, 20)


def test_somebody_asked_in_person_may_answer_too(sqlite_store: Store) -> None:
    event, _ = mailed(sqlite_store, "Anne")
    (emil,) = people(sqlite_store, "Emil")
    said(sqlite_store, emil, YES)
    assert answers(sqlite_store, event)[emil] == "yes"


def test_who_comes_to_a_full_event_waits_in_the_order_of_answers(store: Store) -> None:
    event, ids = mailed(store, "Anne", "Emil", "Olga", "Kim", capacity=2)
    waiting(store, [ids[2], ids[0]])
    positions = [
        said(store, each, YES, NOW + timedelta(hours=1 + n)).position for n, each in enumerate([ids[3], ids[1]])
    ]
    assert positions == [1, 2]
    assert answers(store, event) == dict(zip(ids, ("yes", "waiting", "yes", "waiting"), strict=True))


def test_an_earlier_day_comes_before_on_the_list(sqlite_store: Store) -> None:
    _, ids = mailed(sqlite_store, "Anne", "Emil", "Olga", capacity=1)
    later = NOW + timedelta(days=5)
    said(sqlite_store, ids[0], YES, later)
    said(sqlite_store, ids[1], YES, later)
    told = said(sqlite_store, ids[2], YES, later, on=date(2026, 10, 14))
    assert told.position == 1


def test_a_maybe_and_a_no_take_no_place(sqlite_store: Store) -> None:
    event, ids = mailed(sqlite_store, "Anne", "Emil", "Olga", capacity=1)
    for each, what in zip(ids, (MAYBE, NO, YES), strict=True):
        said(sqlite_store, each, what)
    assert list(answers(sqlite_store, event).values()) == ["maybe", "no", "yes"]


@pytest.mark.parametrize("instead", [NO, MAYBE])
def test_who_gives_up_a_place_lets_the_next_one_move_up_who_is_told(store: Store, instead: Answer) -> None:
    event, ids = mailed(store, "Anne", "Emil", "Olga", capacity=1)
    waiting(store, ids)
    done = said(store, ids[0], instead, NOW + timedelta(hours=1))
    assert done.moved_up == [ids[1]]
    assert answers(store, event) == dict(zip(ids, (str(instead), "yes", "waiting"), strict=True))
    assert letters(store, event, Kind.PLACE) == [(ids[1], "place-1", "awaiting")]
    assert asked(store, event, Kind.PLACE) == [
        ("Send word of a free place at pricing-night to 1 person?", ApprovalState.WAITING)
    ]


def test_another_place_joins_the_notice_that_waits_and_a_person_is_asked_anew(store: Store) -> None:
    event, ids = mailed(store, "Anne", "Emil", "Olga", "Kim", capacity=2)
    waiting(store, ids)
    said(store, ids[0], NO, NOW + timedelta(hours=1))
    said(store, ids[1], NO, NOW + timedelta(hours=2))
    assert [(who, period) for who, period, _ in letters(store, event, Kind.PLACE)] == [
        (ids[2], "place-1"),
        (ids[3], "place-1"),
    ]
    assert [state for _, state in asked(store, event, Kind.PLACE)] == [ApprovalState.VOIDED, ApprovalState.WAITING]
    assert asked(store, event, Kind.PLACE)[-1][0].endswith("to 2 people?")
    assert approve(store, event, Kind.PLACE).won


def test_a_place_that_is_free_after_a_notice_was_approved_is_another_notice(sqlite_store: Store) -> None:
    event, ids = mailed(sqlite_store, "Anne", "Emil", "Olga", "Kim", capacity=2)
    waiting(sqlite_store, ids)
    said(sqlite_store, ids[0], NO, NOW + timedelta(hours=1))
    assert approve(sqlite_store, event, Kind.PLACE).won
    said(sqlite_store, ids[1], NO, NOW + timedelta(hours=2))
    assert [(who, period) for who, period, _ in letters(sqlite_store, event, Kind.PLACE)] == [
        (ids[2], "place-1"),
        (ids[3], "place-2"),
    ]


def test_who_moves_up_and_says_no_is_not_told_and_the_next_one_moves_up(sqlite_store: Store) -> None:
    event, ids = mailed(sqlite_store, "Anne", "Emil", "Olga", capacity=1)
    waiting(sqlite_store, ids)
    said(sqlite_store, ids[0], NO, NOW + timedelta(hours=1))
    assert said(sqlite_store, ids[1], NO, NOW + timedelta(hours=2)).moved_up == [ids[2]]
    assert letters(sqlite_store, event, Kind.PLACE) == [
        (ids[1], "place-1", "cancelled"),
        (ids[2], "place-1", "awaiting"),
    ]
    # And all over again, by the same people: each is told once more, in another notice.
    said(sqlite_store, ids[1], YES, NOW + timedelta(hours=3))
    assert said(sqlite_store, ids[2], NO, NOW + timedelta(hours=4)).moved_up == [ids[1]]
    assert letters(sqlite_store, event, Kind.PLACE)[-1] == (ids[1], "place-2", "awaiting")


@pytest.mark.parametrize("column", ["opted_out_at", "unreachable_since"])
def test_who_cannot_be_told_does_not_move_up(sqlite_store: Store, column: str) -> None:
    event, ids = mailed(sqlite_store, "Anne", "Emil", "Olga", capacity=1)
    waiting(sqlite_store, ids)
    change_candidate(sqlite_store, ids[1], **{column: NOW})
    assert said(sqlite_store, ids[0], NO, NOW + timedelta(hours=1)).moved_up == [ids[2]]
    assert answers(sqlite_store, event)[ids[1]] == "waiting"


def test_more_places_let_those_who_wait_move_up(store: Store) -> None:
    event, ids = mailed(store, "Anne", "Emil", "Olga", "Kim", capacity=1)
    waiting(store, ids)
    with store.writing() as session:
        assert change_event(session, capacity=3).moved_up == ids[1:3]
    with store.writing() as session:
        assert change_event(session, capacity=None).moved_up == [ids[3]]
    assert set(answers(store, event).values()) == {"yes"}


def test_fewer_places_send_nobody_away(sqlite_store: Store) -> None:
    event, ids = mailed(sqlite_store, "Anne", "Emil", "Olga", capacity=3)
    waiting(sqlite_store, ids[:2])
    with sqlite_store.writing() as session:
        change_event(session, capacity=1)
    assert said(sqlite_store, ids[2], YES).position == 1
    assert said(sqlite_store, ids[0], NO).moved_up == []
    assert list(answers(sqlite_store, event).values()) == ["no", "yes", "waiting"]


def test_two_who_answer_at_once_do_not_both_get_the_last_place(store: Store) -> None:
    event, ids = mailed(store, "Anne", "Emil", "Olga", "Kim", capacity=1)
    outcomes = at_once(store, *[answering(who, YES) for who in ids])
    assert not [each for each in outcomes if isinstance(each, Exception)]
    assert sorted(answers(store, event).values()) == ["waiting", "waiting", "waiting", "yes"]


def test_an_answer_that_comes_while_another_is_taken_sees_it(store: Store) -> None:
    event, (anne, emil) = mailed(store, "Anne", "Emil", capacity=1)
    second = while_uncommitted(
        store,
        answering(anne, YES),
        answering(emil, YES),
    )
    assert isinstance(second, Answered)
    assert answers(store, event) == {anne: "yes", emil: "waiting"}


def test_two_places_given_up_at_once_are_two(store: Store) -> None:
    event, ids = mailed(store, "Anne", "Emil", "Olga", "Kim", capacity=2)
    waiting(store, ids)
    at_once(store, *[answering(who, NO) for who in ids[:2]])
    assert answers(store, event) == dict(zip(ids, ("no", "no", "yes", "yes"), strict=True))
    assert sorted(who for who, _, _ in letters(store, event, Kind.PLACE)) == ids[2:]


def test_after_the_deadline_only_a_no_is_taken(store: Store) -> None:
    event, ids = mailed(store, "Anne", "Emil", capacity=1)
    waiting(store, ids)
    for what in (YES, MAYBE):
        with pytest.raises(BadInput, match="the last day to answer pricing-night was 2026-10-30"):
            said(store, ids[1], what, LATE)
    assert said(store, ids[0], NO, LATE).moved_up == [ids[1]]
    assert answers(store, event) == {ids[0]: "no", ids[1]: "yes"}


def test_an_answer_given_in_time_is_taken_later(sqlite_store: Store) -> None:
    _, (anne,) = mailed(sqlite_store, "Anne")
    assert said(sqlite_store, anne, YES, LATE, on=date(2026, 10, 30)).new


def test_once_it_has_begun_nothing_is_answered(sqlite_store: Store) -> None:
    _, (anne,) = mailed(sqlite_store, "Anne")
    for what in (YES, NO):
        with pytest.raises(BadInput, match="has begun: tell who came"):
            said(sqlite_store, anne, what, AFTER, on=date(2026, 10, 20))


def test_to_a_cancelled_event_nothing_is_answered(sqlite_store: Store) -> None:
    _, (anne,) = mailed(sqlite_store, "Anne")
    with sqlite_store.writing() as session:
        cancelling.cancel(session, SLUG, "the room has flooded", NOW, FROZEN)
    with pytest.raises(BadInput, match="was cancelled on 2026-10-13"):
        said(sqlite_store, anne, YES)


def test_nobody_answers_tomorrow_or_to_what_is_not_there(sqlite_store: Store) -> None:
    _, (anne,) = mailed(sqlite_store, "Anne")
    with pytest.raises(BadInput, match="still to come"):
        said(sqlite_store, anne, YES, on=date(2026, 10, 14))
    with pytest.raises(BadInput, match="an answer is yes, no, maybe"):
        said(sqlite_store, anne, Answer.WAITING)
    with pytest.raises(NotFound, match="there is no event soup-night"):
        said(sqlite_store, anne, YES, slug="soup-night")


def test_the_day_of_an_answer_is_the_day_where_the_event_is(sqlite_store: Store) -> None:
    # In Berlin the last day has begun when it is still the day before in UTC; and it is over before UTC's is.
    _, (anne,) = mailed(sqlite_store, "Anne", answer_by=date(2026, 10, 25))
    still = NOW.replace(day=25, hour=22, minute=59)
    assert said(sqlite_store, anne, YES, still).new
    with pytest.raises(BadInput, match="the last day to answer"):
        said(sqlite_store, anne, MAYBE, still + timedelta(minutes=1))


def test_who_says_no_gets_no_more_mail_about_it(sqlite_store: Store) -> None:
    event, (anne,) = invited(sqlite_store, "Anne")
    said(sqlite_store, anne, NO)
    assert letters(sqlite_store, event) == [(anne, "invite", "cancelled")]
    assert editions_of(sqlite_store, event, Kind.PLACE) == []


def test_a_place_that_became_free_unnoticed_goes_to_whoever_waits_and_not_to_the_next_who_answers(store: Store) -> None:
    event, (anne, emil, fay) = mailed(store, "Anne", "Emil", "Fay", capacity=1)
    said(store, anne, Answer.YES)
    said(store, emil, Answer.YES)
    with store.writing() as session:
        # As erasing somebody does.
        session.execute(delete(Invitation).where(Invitation.candidate_id == anne))
    assert said(store, fay, Answer.YES).moved_up == [emil]
    assert answers(store, event) == {emil: "yes", fay: "waiting"}
