"""An edition goes out over working days: equal parts, no alphabet first, no company at once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from rekindle.journey.bulk import editions
from rekindle.journey.bulk.spreading import Spread, deal, starts
from rekindle.journey.outbox.hours import Hours
from rekindle.store.editions import Edition, EditionState
from rekindle.store.engine import Store
from rekindle.store.events import Event
from states.message import MessageState
from states.programme import Programme
from tests.cast import NOW
from tests.journey.stage import change, change_candidate, letters, planned, spread_over

#: Berlin from nine to six, Monday to Friday.
HOURS = Hours(time(9), time(18), frozenset(range(5)), holidays=True, country="DE", zone="Europe/Berlin")
PEOPLE = ("Anne", "Emil", "Fay", "Gus")
CARDS = st.lists(st.tuples(st.sampled_from([None, "a.example", "b.example"]), st.uuids().map(str)), max_size=60)


def begins(days: int, year: int, month: int, day: int, hour: int) -> list[datetime]:
    return Spread(days, HOURS).starts(datetime(year, month, day, hour, tzinfo=UTC))


def test_the_first_part_goes_at_once_and_the_next_when_the_next_working_day_begins() -> None:
    # A Thursday at ten in Berlin; Monday's nine o'clock is 08:00 UTC, for summer time is over by then.
    assert begins(3, 2026, 10, 22, 8) == [
        datetime(2026, 10, 22, 8, tzinfo=UTC),
        datetime(2026, 10, 23, 7, tzinfo=UTC),
        datetime(2026, 10, 26, 8, tzinfo=UTC),
    ]


def test_what_is_approved_in_the_evening_has_its_first_day_tomorrow() -> None:
    assert begins(2, 2026, 10, 13, 20)[1] == datetime(2026, 10, 15, 7, tzinfo=UTC)


def test_a_holiday_is_no_day_to_begin() -> None:
    # The first of May 2026 is a Friday, the day after which is a weekend.
    assert begins(2, 2026, 4, 30, 8)[1] == datetime(2026, 5, 4, 7, tzinfo=UTC)


def test_one_day_is_at_once() -> None:
    assert begins(1, 2026, 10, 17, 3) == [datetime(2026, 10, 17, 3, tzinfo=UTC)]


@given(CARDS, st.integers(1, 14))
def test_the_parts_are_equal_and_so_is_the_share_of_each_company(
    cards: list[tuple[str | None, str]], days: int
) -> None:
    dealt = deal(cards, days)
    for company in {None, *(company for company, _ in cards)}:
        shares = [
            sum(day == each and whose == company for each, (whose, _) in zip(dealt, cards, strict=True))
            for day in range(days)
        ]
        assert max(shares) - min(shares) <= 1
    assert max(map(dealt.count, range(days))) - min(map(dealt.count, range(days))) <= 1


@given(CARDS, st.integers(1, 14), st.randoms())
def test_the_same_people_are_dealt_alike_in_whatever_order_they_come(
    cards: list[tuple[str | None, str]], days: int, chance: object
) -> None:
    mixed = sorted(cards, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert dict(zip(cards, deal(cards, days), strict=True)) == dict(zip(mixed, deal(mixed, days), strict=True))


def test_approved_letters_are_spread_over_the_days(store: Store) -> None:
    edition_id = planned(store, *PEOPLE)
    frozen = spread_over(2)
    with store.writing() as session:
        assert editions.release(session, edition_id, frozen, NOW) == 4
    first, second = frozen.spread.starts(NOW) if frozen.spread else []
    assert sorted(letter.due_at for letter in letters(store)) == [first, first, second, second]
    assert all(letter.released_at == letter.due_at for letter in letters(store)), "its age counts from its own day"


def test_two_of_one_company_are_not_written_to_on_one_day(store: Store) -> None:
    edition_id = planned(store, *PEOPLE)
    for number, domain in enumerate(("one.example", "two.example", "one.example", "two.example"), 1):
        change_candidate(store, number, domain=domain)
    change(store, lambda session: editions.release(session, edition_id, spread_over(2), NOW))
    days = [letter.due_at for letter in letters(store)]
    assert days[0] != days[2]
    assert days[1] != days[3]


def test_a_letter_that_is_off_already_is_not_let_go(store: Store) -> None:
    edition_id = planned(store, "Anne", "Emil")
    change(store, lambda session: setattr(session.merge(letters(store)[0]), "state", MessageState.CANCELLED))
    with store.writing() as session:
        assert editions.release(session, edition_id, spread_over(2), NOW) == 1


def about_an_event(session: Session, kind: str, answer_by: date) -> Edition:
    event = Event(
        slug="pricing-night",
        title="An evening about pricing",
        summary="Three talks, then soup.",
        starts_at=NOW + timedelta(days=20),
        ends_at=NOW + timedelta(days=20, hours=2),
        timezone="Europe/Berlin",
        language="en",
        topics=[],
        families=[],
        cities=[],
        interests=[],
        answer_by=answer_by,
        host="ann@acme.example",
        created_at=NOW,
    )
    session.add(event)
    session.flush()
    edition = Edition(
        programme=Programme.EVENT_INVITE,
        period=f"{event.id}-{kind}",
        state=EditionState.AWAITING,
        event_id=event.id,
        items=[],
        left_out={},
        planned_at=NOW,
    )
    session.add(edition)
    session.flush()
    return edition


@pytest.mark.parametrize(
    ("kind", "answer_by", "days"),
    [("invite", date(2026, 10, 30), 3), ("invite", date(2026, 10, 14), 2), ("change-1", date(2026, 10, 30), 1)],
    ids=["an invitation", "while one can answer", "what guests are owed"],
)
def test_mail_about_events_is_spread_only_where_that_harms_nobody(
    store: Store, kind: str, answer_by: date, days: int
) -> None:
    with store.writing() as session:
        edition = about_an_event(session, kind, answer_by)
        assert len(starts(session, edition, Spread(3, HOURS), NOW)) == days
