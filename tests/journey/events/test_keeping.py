"""Events as they are kept and changed: who comes is told of what matters, once, and of what it was before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from rekindle.errors import BadInput
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.bulk import editions
from rekindle.journey.events import cancelling, inviting, keeping
from rekindle.journey.events.kinds import Kind
from rekindle.journey.events.wording import changes
from rekindle.store.editions import EditionState
from rekindle.store.engine import Store
from rekindle.store.events import Answer, Event
from rekindle.store.messages import Message
from states.message import MessageState
from tests.cast import NOW
from tests.journey.events.stage import (
    FROZEN,
    RECORD,
    RULE,
    SLUG,
    added,
    answers,
    approve,
    arrive,
    change_event,
    edition_of,
    editions_of,
    invited,
    letters,
    mailed,
    people,
    said,
)
from tests.journey.stage import change_candidate, decide


def change(store: Store, **fields: Any) -> keeping.Changed:
    with store.writing() as session:
        return change_event(session, **fields)


def event_now(store: Store) -> Event:
    with store.reading() as session:
        return keeping.find_event(session, SLUG)


def with_answers(store: Store, *what: Answer) -> tuple[Event, list[int]]:
    event, ids = mailed(store, *(f"Person{number}" for number in range(len(what))), capacity=2)
    for each, said_ in zip(ids, what, strict=True):
        if said_ is not Answer.NONE:
            said(store, each, said_)
    return event, ids


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    added(store)
    with store.writing() as session:
        assert keeping.add(session, RECORD, NOW)[1] is False
        assert keeping.change(session, SLUG, RECORD, NOW, FROZEN).fields == ()
    assert event_now(store).sequence == 0


def test_another_file_of_the_same_slug_is_a_change(sqlite_store: Store) -> None:
    added(sqlite_store)
    with (
        sqlite_store.writing() as session,
        pytest.raises(BadInput, match="`rekindle events change pricing-night FILE`"),
    ):
        keeping.add(session, replace(RECORD, title="Another"), NOW)


@pytest.mark.parametrize(
    ("fields", "said_"),
    [
        ({"starts_at": NOW - timedelta(1)}, "starts at 2026-10-12 08:00 UTC, which is over"),
        ({"answer_by": date(2026, 10, 12)}, "answer_by is 2026-10-12, which is over"),
    ],
)
def test_what_is_over_is_not_added(sqlite_store: Store, fields: dict[str, Any], said_: str) -> None:
    with pytest.raises(BadInput, match=said_):
        added(sqlite_store, **fields)


@pytest.mark.parametrize(
    ("fields", "sequence"),
    [
        ({"title": "Another"}, 1),
        ({"place": "Elsewhere"}, 1),
        ({"link": None}, 1),
        ({"ends_at": RECORD.ends_at + timedelta(hours=1)}, 1),
        ({"timezone": "Europe/London"}, 1),
        ({"summary": "More soup."}, 0),
        ({"capacity": 7}, 0),
        ({"answer_by": date(2026, 10, 31)}, 0),
    ],
)
def test_what_calendars_show_raises_the_sequence(sqlite_store: Store, fields: dict[str, Any], sequence: int) -> None:
    added(sqlite_store)
    assert change(sqlite_store, **fields).fields == tuple(fields)
    assert event_now(sqlite_store).sequence == sequence


def test_who_may_come_is_told_of_a_change_and_nobody_else(store: Store) -> None:
    event, ids = with_answers(store, Answer.YES, Answer.YES, Answer.YES, Answer.MAYBE, Answer.NO, Answer.NONE)
    done = change(store, place="Elsewhere")
    assert done.notice is not None
    assert letters(store, event, Kind.CHANGE) == [(each, "change-1", "awaiting") for each in ids[:4]]
    assert changes(event_now(store)) == (("Place", "Beispielweg 1, 10115 Berlin", "Elsewhere"),)


def test_when_nobody_answered_nobody_is_told(sqlite_store: Store) -> None:
    event, _ = with_answers(sqlite_store, Answer.NO, Answer.NONE)
    assert change(sqlite_store, place="Elsewhere").notice is None
    assert (editions_of(sqlite_store, event, Kind.CHANGE), event_now(sqlite_store).before) == ([], {})


def test_who_has_stopped_is_left_out_of_a_notice(sqlite_store: Store) -> None:
    event, ids = with_answers(sqlite_store, Answer.YES, Answer.MAYBE)
    change_candidate(sqlite_store, ids[0], opted_out_at=NOW)
    change(sqlite_store, place="Elsewhere")
    assert letters(sqlite_store, event, Kind.CHANGE) == [(ids[1], "change-1", "awaiting")]
    assert edition_of(sqlite_store, event, Kind.CHANGE).left_out == {"is_contactable": 1}


def test_a_second_change_takes_the_place_of_a_notice_that_has_not_gone(store: Store) -> None:
    event, ids = with_answers(store, Answer.YES)
    change(store, place="Elsewhere")
    later = RECORD.starts_at + timedelta(hours=1)
    change(store, place="Third place", starts_at=later)
    assert letters(store, event, Kind.CHANGE) == [
        (ids[0], "change-1", "cancelled"),
        (ids[0], "change-2", "awaiting"),
    ]
    told = {what: before for what, before, _ in changes(event_now(store))}
    assert told == {
        "Time": "Thursday 5 November 2026, 18:30 to 21:00 (Berlin time, UTC+1)",
        "Place": "Beispielweg 1, 10115 Berlin",
    }


def test_a_change_that_is_taken_back_before_it_was_told_is_no_news(sqlite_store: Store) -> None:
    event, _ = with_answers(sqlite_store, Answer.YES)
    change(sqlite_store, place="Elsewhere")
    assert change(sqlite_store, place=RECORD.place).notice is None
    assert editions_of(sqlite_store, event, Kind.CHANGE) == ["1-change-1 declined"]


def test_after_a_notice_has_gone_the_next_compares_with_it(sqlite_store: Store) -> None:
    event, _ = with_answers(sqlite_store, Answer.YES)
    change(sqlite_store, place="Elsewhere")
    assert approve(sqlite_store, event, Kind.CHANGE).won
    arrive(sqlite_store, event)
    with sqlite_store.writing() as session:
        assert editions.close_if_done(session, edition_of(sqlite_store, event, Kind.CHANGE).id)
    change(sqlite_store, title="An evening without soup")
    assert changes(event_now(sqlite_store)) == (("Title", "An evening about pricing", "An evening without soup"),)


@pytest.mark.parametrize(
    "fields", [{"summary": "No soup."}, {"starts_at": RECORD.starts_at + timedelta(hours=1)}, {"capacity": 3}]
)
def test_a_change_after_the_question_voids_it_and_asks_anew(store: Store, fields: dict[str, Any]) -> None:
    event, _ = invited(store, "Anne")
    change(store, **fields)
    told = approve(store, event, Kind.INVITE)
    assert (told.won, "is voided" in told.sentence) == (False, True)
    assert approve(store, event, Kind.INVITE).won


def test_a_change_after_the_approval_takes_the_invitation_back(store: Store) -> None:
    event, (anne,) = invited(store, "Anne")
    assert approve(store, event, Kind.INVITE).won
    change(store, place="Elsewhere")
    edition = edition_of(store, event, Kind.INVITE)
    with store.writing() as session:
        assert editions.as_approved(session, [edition.id], FROZEN) == set()
        assert editions.recheck(session, edition.id, FROZEN, NOW)
    assert letters(store, event) == [(anne, "invite", "awaiting")]


@pytest.mark.parametrize("what", ["template", "rule"])
def test_another_template_or_rule_is_another_question(sqlite_store: Store, what: str) -> None:
    event, _ = invited(sqlite_store, "Anne")
    own = {"template": ("another", "invite rule"), "rule": ("invite template", "another")}[what]
    other = replace(FROZEN, events={**FROZEN.events, Kind.INVITE: own})
    told = decide(sqlite_store, edition_of(sqlite_store, event, Kind.INVITE).id, Decision.APPROVE, frozen=other)
    assert "is voided" in told.sentence
    fits = replace(FROZEN, template="of the update", events={**other.events, Kind.REMIND: ("x", "y")})
    assert decide(sqlite_store, edition_of(sqlite_store, event, Kind.INVITE).id, Decision.APPROVE, frozen=fits).won


def test_for_whom_it_is_can_change_until_the_invitations_are_approved(store: Store) -> None:
    event, (anne, emil) = invited(store, "Anne", "Emil")
    change_candidate(store, emil, city="Berlin")
    change(store, cities=("Berlin",))
    assert letters(store, event) == []
    assert answers(store, event) == {}
    inviting.plan_invitations(store, event.id, NOW, RULE, FROZEN)
    assert letters(store, event) == [(emil, "invite", "awaiting")]
    assert edition_of(store, event, Kind.INVITE).left_out == {"other_city": 1}
    assert approve(store, event, Kind.INVITE).won
    with pytest.raises(BadInput, match="are approved: whom it is for cannot change any more"):
        change(store, cities=())
    assert anne != emil


def test_what_has_begun_or_is_cancelled_cannot_change(sqlite_store: Store) -> None:
    added(sqlite_store)
    with sqlite_store.writing() as session, pytest.raises(BadInput, match="has begun: what was cannot be changed"):
        keeping.change(session, SLUG, replace(RECORD, title="x"), RECORD.starts_at, FROZEN)
    with sqlite_store.writing() as session:
        cancelling.cancel(session, SLUG, "it rains", NOW, FROZEN)
    with pytest.raises(BadInput, match="was cancelled on 2026-10-13: add it anew"):
        change(sqlite_store, title="x")
    with sqlite_store.writing() as session, pytest.raises(BadInput, match="a slug never changes"):
        keeping.change(session, SLUG, replace(RECORD, slug="soup-night"), NOW, FROZEN)


def test_after_the_deadline_the_place_may_still_change(sqlite_store: Store) -> None:
    event, ids = with_answers(sqlite_store, Answer.YES)
    late = datetime(2026, 11, 3, 9, tzinfo=UTC)
    with sqlite_store.writing() as session:
        kept = keeping.change(session, SLUG, replace(RECORD, capacity=2, place="Elsewhere"), late, FROZEN)
    assert kept.fields == ("place",)
    assert letters(sqlite_store, event, Kind.CHANGE) == [(ids[0], "change-1", "awaiting")]


def test_a_notice_that_nobody_can_get_is_not_asked_about(sqlite_store: Store) -> None:
    event, ids = with_answers(sqlite_store, Answer.YES)
    change_candidate(sqlite_store, ids[0], unreachable_since=NOW)
    done = change(sqlite_store, place="Elsewhere")
    assert done.notice is not None
    assert done.notice.state is EditionState.EMPTY
    assert people(sqlite_store, "Kim")
    assert editions_of(sqlite_store, event, Kind.CHANGE) == ["1-change-1 empty"]


def test_who_has_heard_of_a_change_hears_that_it_was_taken_back_though_not_all_have_heard(store: Store) -> None:
    event, ids = mailed(store, "Anne", "Emil")
    for each in ids:
        said(store, each, Answer.YES)
    change(store, place="Elsewhere")
    assert approve(store, event, Kind.CHANGE).won
    with store.writing() as session:
        of_anne = (Message.candidate_id == ids[0], Message.state == MessageState.APPROVED)
        session.execute(update(Message).where(*of_anne).values(state=MessageState.SENT, sending_at=NOW, sent_at=NOW))
    assert change(store, place=RECORD.place).notice is not None
    assert changes(event_now(store)) == (("Place", "Elsewhere", "Beispielweg 1, 10115 Berlin"),)
