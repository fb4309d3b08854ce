"""A forecast asks what planning, drafting and sending ask; so what it says comes true."""

import shutil
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from rekindle.journey.events import keeping
from rekindle.store.candidates import Candidate, Label
from rekindle.store.editions import Edition, EditionState
from rekindle.store.engine import Store
from rekindle.store.events import Answer, Invitation
from rekindle.store.messages import Message
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from states.facts import Basis
from states.message import MessageState
from states.programme import Programme
from tests.cast import NOW, anne, news, stored
from tests.journey.events import stage as evening
from tests.journey.forecast.coming_true import foretold, happened, mails_of

NAMES = ("Anne", "Emil", "Fay", "Gil", "Hana", "Ivo")
#: In these ranges lie the end of summer time, Christmas, a leap day, and the beginning of summer time.
BEGINNINGS = st.sampled_from(
    [
        datetime(2026, 10, 12, 5, tzinfo=UTC),
        datetime(2027, 12, 20, 9, tzinfo=UTC),
        datetime(2028, 2, 10, 20, tzinfo=UTC),
    ]
)


def mostly(usual: object, other: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Give what lets mail through more often than not, so that something happens."""
    return st.one_of(st.just(usual), st.just(usual), other)


PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "state": mostly(CandidateState.NURTURING, st.sampled_from(CandidateState)),
            "last_contact_on": st.integers(60, 400).map(lambda days: date(2026, 10, 13) - timedelta(days=days)),
            "snoozed_until": mostly(None, st.dates(date(2026, 10, 1), date(2028, 5, 1))),
            "consent_until": mostly(None, st.dates(date(2026, 10, 1), date(2029, 5, 1))),
            "basis": mostly(Basis.CONSENT, st.sampled_from(Basis)),
            "most_per_year": mostly(None, st.integers(0, 3)),
            "wants_updates": mostly(usual=True, other=st.booleans()),
            "wants_events": mostly(usual=True, other=st.booleans()),
            "timezone": st.sampled_from([None, "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland"]),
            "domain": mostly("example.org", st.sampled_from(["gmail.example", None])),
            "city": mostly("Berlin", st.sampled_from(["BERLIN", "Zürich", None])),
            "check_in_days": st.none() | st.integers(30, 200),
            "recruiter": mostly("ann@acme.example", st.sampled_from(["ben@acme.example", "zoe@acme.example"])),
        }
    ),
    min_size=2,
    max_size=len(NAMES),
)


#: Who had mail, and how many days ago.
MAILS = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 380)), max_size=6)


def arrange(
    session: Session,
    people: list[dict[str, Any]],
    mails: list[tuple[int, int]],
    evening_in: int,
    guests: set[int],
    now: datetime,
) -> None:
    """Store people with something to be told, who had mail so many days before."""
    for number in range(1, 5):
        news(session, number, published_on=now.date() - timedelta(days=30 * number))
    if evening_in:
        starts = now + timedelta(days=evening_in)
        night = replace(evening.RECORD, starts_at=starts, ends_at=starts + timedelta(hours=2), cities=("Berlin",))
        keeping.add(session, replace(night, answer_by=starts.date() - timedelta(days=5)), now)
    for name, columns in zip(NAMES, people, strict=False):
        person = stored(session, name, **columns)
        told = {"candidate_id": person.id, "text": "writing about design", "created_at": NOW, "sayable": True}
        session.add(Note(kind="interest", on=person.last_contact_on, **told))
        session.add(Touch(candidate_id=person.id, on=person.last_contact_on, channel="call", direction="out"))
    if evening_in:
        said = {"answer": Answer.YES, "answered_at": now, "created_at": now}
        session.add_all([Invitation(event_id=1, candidate_id=who, **said) for who in guests if who <= len(people)])
    for number, (who, days) in enumerate(mails):
        if who <= len(people):
            # Before the beginning: what goes at the very moment would be taken for mail of these days.
            at = now - timedelta(days=days, minutes=1)
            columns = {"state": MessageState.SENT, "due_at": at, "sending_at": at, "created_at": at, "attempts": 1}
            session.add(Message(candidate_id=who, programme=Programme.EVENT_INVITE, key=f"m{number}", **columns))


SENT = (Programme.QUARTERLY_UPDATE, Programme.EVENT_INVITE, Programme.CHECK_IN)
#: How many mails of each programme the examples really sent.
HAPPENED: Counter[str] = Counter()


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    people=PEOPLE,
    mails=MAILS,
    evening_in=st.sampled_from([0, 8, 30, 90]),
    guests=st.sets(st.integers(1, 6), max_size=2),
    now=BEGINNINGS,
)
def _what_is_foretold_comes_true(
    people: list[dict[str, Any]],
    mails: list[tuple[int, int]],
    evening_in: int,
    guests: set[int],
    now: datetime,
    migrated_sqlite: Path,
    tmp_path: Path,
) -> None:
    with TemporaryDirectory(dir=tmp_path) as folder, closing(fresh(migrated_sqlite, Path(folder))) as store:
        with store.writing() as session:
            arrange(session, people, mails, evening_in, guests, now)
        before = foretold(store, now, 65)
        really = happened(store, now, 65)
        assert mails_of(before) == really
        HAPPENED.update(what for _, what, _ in really)


def test_what_is_foretold_comes_true(migrated_sqlite: Path, tmp_path: Path) -> None:
    HAPPENED.clear()
    _what_is_foretold_comes_true(migrated_sqlite=migrated_sqlite, tmp_path=tmp_path)
    # Nothing would be proved by days on which nothing goes.
    assert all(HAPPENED[str(each)] for each in SENT)
    assert HAPPENED.total() > 15


def fresh(migrated: Path, folder: Path) -> Store:
    return Store(f"sqlite:///{shutil.copyfile(migrated, folder / 'rekindle.db')}")


def test_a_forecast_stores_nothing_and_says_the_same_again(store: Store) -> None:
    with store.writing() as session:
        anne(session)
        news(session)
    first = foretold(store, NOW, 90)
    assert foretold(store, NOW, 90) == first
    with store.reading() as session:
        assert session.query(Message).count() == 0
        assert session.get_one(Candidate, 1).state is CandidateState.NURTURING


def test_who_receives_nothing_is_told_why(store: Store) -> None:
    with store.writing() as session:
        stored(session, "Emil", state=CandidateState.DECLINED)
        stored(session, "Fay", basis=Basis.UNKNOWN)
        news(session)
        session.add(Label(candidate_id=2, kind="interest", key="planning", label="planning"))
    reasons = {line.candidate_id: line.why_not for line in foretold(store, NOW, 90).lines}
    assert {who: [each.reason for each in why] for who, why in reasons.items()} == {
        1: ["the candidate is declined"],
        2: ["no lawful basis for writing to the candidate is on record"],
    }


def test_an_update_that_found_nobody_is_made_up_for_by_no_plan(store: Store) -> None:
    with store.writing() as session:
        anne(session)
        empty = {"state": EditionState.EMPTY, "items": [], "left_out": {}, "planned_at": NOW}
        session.add(Edition(programme=Programme.QUARTERLY_UPDATE, period="2026-Q4", **empty))
        for number in range(1, 3):
            news(session, number)
    # Its own time, two hours ago at noon, does not come again.
    noon = NOW + timedelta(hours=2)
    told = mails_of(foretold(store, noon, 60))
    assert [what for _, what, _ in told if what == Programme.QUARTERLY_UPDATE] == []
