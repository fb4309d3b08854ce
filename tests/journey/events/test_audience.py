"""Whom an event is for: all that is listed narrows, compared as people compare."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rekindle.journey.bulk import editions
from rekindle.journey.events import inviting
from rekindle.journey.events.audience import plain, shared_interest
from rekindle.journey.events.kinds import Kind
from rekindle.store.approvals import Approval
from rekindle.store.candidates import Label
from rekindle.store.editions import EditionState
from rekindle.store.engine import Store
from rekindle.store.events import Answer, Event
from states.candidate import CandidateState
from tests.cast import NOW, stored
from tests.journey.events.stage import (
    FROZEN,
    RULE,
    added,
    answers,
    edition_of,
    invited,
    left_out,
    letters,
    people,
    said,
)
from tests.journey.stage import change_candidate


def plan(store: Store, event: Event) -> None:
    inviting.plan_invitations(store, event.id, NOW, RULE, FROZEN)


def interested(store: Store, candidate_id: int, interest: str) -> None:
    with store.writing() as session:
        session.add(Label(candidate_id=candidate_id, kind="interest", key=interest.casefold(), label=interest))


def test_an_event_that_lists_nothing_is_for_everyone_who_is_nurturing(store: Store) -> None:
    event, ids = invited(store, "Anne", "Emil")
    assert letters(store, event) == [(each, "invite", "awaiting") for each in ids]
    assert answers(store, event) == dict.fromkeys(ids, "none")


@pytest.mark.parametrize("state", [each for each in CandidateState if each is not CandidateState.NURTURING])
def test_only_those_who_are_nurturing_are_looked_at(sqlite_store: Store, state: CandidateState) -> None:
    people(sqlite_store, "Anne", state=state)
    event = added(sqlite_store)
    plan(sqlite_store, event)
    assert (letters(sqlite_store, event), left_out(sqlite_store)) == ([], [])


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"opted_out_at": NOW}, "is_contactable"),
        ({"unreachable_since": NOW}, "is_contactable"),
        ({"wants_events": False}, "wants_events"),
        ({"snoozed_until": (NOW + timedelta(1)).date()}, "is_not_snoozed"),
    ],
)
def test_who_may_not_be_invited_is_left_out_with_the_reason(
    sqlite_store: Store, columns: dict[str, Any], code: str
) -> None:
    (anne,) = people(sqlite_store, "Anne", **columns)
    event = added(sqlite_store)
    plan(sqlite_store, event)
    assert left_out(sqlite_store) == [(anne, code)]
    edition = edition_of(sqlite_store, event, Kind.INVITE)
    assert (edition.state, edition.left_out) == (EditionState.EMPTY, {code: 1})
    with sqlite_store.reading() as session:
        assert session.query(Approval).count() == 0


@pytest.mark.parametrize(("lives", "comes"), [("MALMÖ", True), (" malmo ", True), ("Lund", False), (None, False)])
def test_a_city_is_compared_without_case_and_accents(sqlite_store: Store, lives: str | None, comes: bool) -> None:  # noqa: FBT001 - a table
    people(sqlite_store, "Anne", city=lives)
    event = added(sqlite_store, cities=("Malmö", "København"))
    plan(sqlite_store, event)
    assert len(letters(sqlite_store, event)) == comes
    assert [code for _, code in left_out(sqlite_store)] == [] if comes else ["other_city"]


@pytest.mark.parametrize(
    ("one", "other"), [("København", "KOBENHAVN"), ("Łódź", "lodz"), ("São  Paulo", "sao paulo"), ("Straße", "STRASSE")]
)
def test_the_same_name_in_other_letters_is_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_families_and_interests_narrow_too_and_all_of_it_has_to_fit(store: Store) -> None:
    anne, emil, olga = people(store, "Anne", "Emil", "Olga", city="Berlin")
    for each, interest in ((anne, "usage pricing"), (emil, "roadmaps")):
        interested(store, each, interest)
    event = added(store, families=("Product",), cities=("Berlin",), interests=("Pricing",))
    plan(store, event)
    assert [who for who, _, _ in letters(store, event)] == [anne]
    assert left_out(store) == [(emil, "other_interests"), (olga, "other_interests")]


def test_an_event_for_another_kind_of_work_leaves_out(sqlite_store: Store) -> None:
    people(sqlite_store, "Anne")
    event = added(sqlite_store, families=("engineering",))
    plan(sqlite_store, event)
    assert [code for _, code in left_out(sqlite_store)] == ["other_family"]


@pytest.mark.parametrize(
    ("language", "locale", "comes"),
    [("de", "de-CH", True), ("de", "en", False), ("en", "fr", True), ("EN-gb", "fr", True)],
)
def test_an_event_is_in_their_language_or_in_ours(sqlite_store: Store, language: str, locale: str, comes: bool) -> None:  # noqa: FBT001 - a table
    people(sqlite_store, "Anne", locale=locale)
    event = added(sqlite_store, language=language)
    plan(sqlite_store, event)
    assert len(letters(sqlite_store, event)) == comes


def test_who_has_answered_by_a_call_is_not_invited_by_mail(sqlite_store: Store) -> None:
    (anne,) = people(sqlite_store, "Anne")
    event = added(sqlite_store)
    said(sqlite_store, anne, Answer.YES)
    plan(sqlite_store, event)
    assert (letters(sqlite_store, event), left_out(sqlite_store)) == ([], [(anne, "has_answered")])


def test_a_crowd_is_planned_page_by_page_and_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inviting, "PAGE", 2)
    event, ids = invited(store, *(f"Person{number}" for number in range(5)))
    plan(store, event)
    assert [who for who, _, _ in letters(store, event)] == ids


def test_after_a_crash_planning_goes_on_where_the_rows_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inviting, "PAGE", 2)
    ids, event = people(store, "Anne", "Emil", "Olga"), added(store)
    with store.writing() as session:
        edition = inviting.begin_invitations(session, event, NOW)
        inviting.plan_page(session, edition, 0, NOW, RULE)
    plan(store, event)
    assert letters(store, event) == [(each, "invite", "awaiting") for each in ids]


def test_an_event_nobody_was_found_for_is_planned_again(store: Store) -> None:
    (anne,) = people(store, "Anne", wants_events=False)
    event = added(store)
    plan(store, event)
    change_candidate(store, anne, wants_events=True)
    plan(store, event)
    assert letters(store, event) == [(anne, "invite", "awaiting")]
    assert left_out(store) == []


def test_the_question_names_the_event_and_how_many(sqlite_store: Store) -> None:
    event, _ = invited(sqlite_store, "Anne")
    with sqlite_store.reading() as session:
        edition = edition_of(sqlite_store, event, Kind.INVITE)
        asked = session.query(Approval).filter_by(edition_id=edition.id).one()
        assert asked.question == "Send the invitation to pricing-night to 1 person?"
        assert editions.digest_now(session, edition, FROZEN) == asked.digest


def test_a_rehearsal_says_the_same_and_keeps_nothing(store: Store) -> None:
    anne, bert = people(store, "Anne")[0], people(store, "Bert", opted_out_at=NOW)[0]
    event = added(store)
    with store.rehearsing() as session:
        would = inviting.rehearse(session, event, NOW, RULE)
    assert (would.invited, would.left_out) == ([anne], [(bert, "the candidate asked us to stop")])
    assert (letters(store, event), left_out(store), answers(store, event)) == ([], [], {})


@pytest.mark.parametrize(
    ("when", "why"),
    [
        (timedelta(), None),
        (timedelta(days=14), "it starts within 10 days: too short a notice"),
        (timedelta(days=18), "the last day to answer was 2026-10-30"),
    ],
)
def test_an_invitation_needs_its_notice(sqlite_store: Store, when: timedelta, why: str | None) -> None:
    event = added(sqlite_store)
    assert inviting.too_late(event, NOW + when, timedelta(days=10)) == why


def test_an_interest_is_told_in_the_words_of_whoever_has_it(sqlite_store: Store) -> None:
    event = added(sqlite_store, topics=("pricing",))
    assert shared_interest(event, ("roadmaps", "Usage Pricing")) == "Usage Pricing"
    assert shared_interest(event, ("roadmaps",)) is None


def test_the_contact_budget_holds_for_invitations(sqlite_store: Store) -> None:
    with sqlite_store.writing() as session:
        person = stored(session, "Anne", most_per_year=0)
    event = added(sqlite_store)
    plan(sqlite_store, event)
    assert left_out(sqlite_store) == [(person.id, "budget_allows")]


def test_the_question_ends_with_the_time_to_answer(sqlite_store: Store) -> None:
    event, _ = invited(sqlite_store, "Anne", answer_by=(NOW + timedelta(days=2)).date())
    with sqlite_store.reading() as session:
        asked = session.query(Approval).one()
    # Midnight in Berlin, where the event is.
    assert asked.due_at == datetime(2026, 10, 15, 22, 0, tzinfo=UTC)
    assert event.answer_by == date(2026, 10, 15)
