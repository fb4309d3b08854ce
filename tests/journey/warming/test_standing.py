"""Who is maintained, lapsing or cold, in SQL and one by one: both say the same, and name the record."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, true

from rekindle.journey import recording
from rekindle.journey.warming.readiness import KEPT_WARM, Evidence, Interval, Readiness
from rekindle.journey.warming.standing import are, counts, soonest_cold, warmth_of
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from states.message import MessageState
from states.programme import Programme
from tests.cast import NOW, anne, stored
from tests.journey.stage import change, change_candidate

TODAY = NOW.date()
TEAM = Interval(120, 180)
#: The cast was turned down on this day.
MAY = date(2026, 5, 2)


def silent(store: Store, **days: int | None) -> None:
    """Store people by name with so many days since the last contact."""
    with store.writing() as session:
        for name, quiet in days.items():
            stored(session, name, last_contact_on=TODAY - timedelta(days=quiet) if quiet is not None else None)


def listed(store: Store, how: Readiness) -> list[str]:
    with store.reading() as session:
        query = select(Candidate.given_name).where(are(session, how, TEAM, TODAY)).order_by(Candidate.id)
        return list(session.scalars(query))


def evidence(store: Store) -> Evidence | None:
    with store.reading() as session:
        return warmth_of(session, [session.get_one(Candidate, 1)], TEAM, TODAY)[1].evidence


def test_lists_and_pages_say_the_same_of_everybody(store: Store) -> None:
    silent(store, Ann=0, Bea=120, Cem=121, Dan=180, Eda=181, Fay=None)
    change_candidate(store, 1, check_in_days=30, check_in_most_days=40)
    change_candidate(store, 4, check_in_days=300)
    change_candidate(store, 5, check_in_most_days=200)
    assert listed(store, Readiness.MAINTAINED) == ["Ann", "Bea", "Dan"]
    assert listed(store, Readiness.LAPSING) == ["Cem", "Eda"]
    assert listed(store, Readiness.COLD) == ["Fay"]
    with store.reading() as session:
        people = list(session.scalars(select(Candidate).order_by(Candidate.id)))
        one_by_one = [each.readiness for each in warmth_of(session, people, TEAM, TODAY).values()]
        assert counts(session, true(), TEAM, TODAY) == {how: one_by_one.count(how) for how in Readiness}
    assert [how.value[0] for how in one_by_one] == ["m", "m", "l", "m", "l", "c"]


@pytest.mark.parametrize("state", CandidateState)
def test_it_is_asked_of_whoever_is_kept_warm_only(state: CandidateState, store: Store) -> None:
    change(store, lambda s: anne(s, state=state))
    with store.reading() as session:
        known = warmth_of(session, [session.get_one(Candidate, 1)], TEAM, TODAY)
        total = sum(counts(session, true(), TEAM, TODAY).values())
    assert bool(known) == bool(total) == (state in KEPT_WARM)


def test_the_last_personal_touch_is_the_evidence(store: Store) -> None:
    change(store, anne)
    with store.writing() as session:
        told = {"on": "2026-06-10", "channel": "call", "direction": "out"}
        recording.touch(session, 1, told, NOW)
        number = recording.touch(session, 1, {**told, "channel": "meeting"}, NOW)[0].id
    assert evidence(store) == Evidence(date(2026, 6, 10), "meeting out", f"t-{number}")


def test_news_to_many_is_no_contact_with_one(store: Store) -> None:
    change(store, anne)
    columns: dict[str, Any] = {"programme": Programme.QUARTERLY_UPDATE, "state": MessageState.SENT, "key": "k"}
    change(store, lambda s: s.add(Message(id=1, candidate_id=1, due_at=NOW, created_at=NOW, **columns)))
    change(store, lambda s: s.add(Touch(candidate_id=1, on=MAY, channel="email", direction="out", message_id=1)))
    assert evidence(store) == Evidence(MAY, "rejection", "a-1")


@pytest.mark.parametrize(
    ("columns", "what", "number"),
    [
        ({}, "rejection", "a-1"),
        ({"outcome": "withdrew"}, "withdrew", "a-1"),
        ({"decided_on": None, "last_interview_on": MAY}, "interview", "a-1"),
        ({"decided_on": None, "last_interview_on": None}, "taken in", "c-1"),
    ],
)
def test_without_a_touch_it_is_the_record_of_that_day(
    columns: dict[str, Any], what: str, number: str, store: Store
) -> None:
    with store.writing() as session:
        anne(session)
        application = session.scalars(select(Application)).one()
        for name, value in columns.items():
            setattr(application, name, value)
    assert evidence(store) == Evidence(MAY, what, number)


def test_whom_we_never_had_to_do_with_has_no_evidence(store: Store) -> None:
    change(store, lambda s: anne(s, last_contact_on=None))
    assert evidence(store) is None


def test_who_goes_cold_next_comes_first_whatever_the_interval(store: Store) -> None:
    silent(store, Late=179, Own=35, Next=150, Cold=200, Warm=3)
    change_candidate(store, 2, check_in_days=30, check_in_most_days=45)
    with store.reading() as session:
        lapsing, total = soonest_cold(session, true(), TEAM, TODAY, 2)
        none, of_nobody = soonest_cold(session, Candidate.recruiter == "nobody@acme.example", TEAM, TODAY, 2)
    assert [(each.candidate_id, each.role) for each in lapsing] == [
        (1, "Senior Product Manager"),
        (2, "Senior Product Manager"),
    ]
    assert [each.warmth.cold_on for each in lapsing] == [TODAY + timedelta(days=2), TODAY + timedelta(days=11)]
    assert (total, none, of_nobody) == (3, [], 0)
