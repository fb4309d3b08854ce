"""Both databases give back the instant that was stored, keep promises about the disk, and take rows side by side."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import StatementError

from rekindle.errors import RekindleError
from rekindle.store import dialect
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.dialect import UtcDateTime, insert_new, skip_locked
from rekindle.store.engine import Store
from rekindle.store.suppressions import Suppression
from tests.cast import NOW, anne, bert, stored

INDIA = timezone(timedelta(hours=5, minutes=30))


def test_an_instant_comes_back_in_utc(store: Store) -> None:
    there = datetime(2026, 10, 13, 13, 30, 0, 123456, tzinfo=INDIA)
    with store.writing() as session:
        anne(session, opted_out_at=there)
    with store.reading() as session:
        kept = session.scalars(select(Candidate.opted_out_at)).one()
    assert kept == there
    assert kept is not None
    assert kept.tzinfo is UTC


def test_the_latest_instant_of_a_group_has_its_zone_too(store: Store) -> None:
    with store.writing() as session:
        anne(session)
        assert session.scalar(select(func.max(Candidate.created_at))) == NOW


def test_instants_are_compared_as_instants(store: Store) -> None:
    with store.writing() as session:
        anne(session, opted_out_at=NOW)
        before = select(Candidate.id).where(Candidate.opted_out_at < NOW.astimezone(INDIA))
        until = select(Candidate.id).where(Candidate.opted_out_at <= NOW.astimezone(INDIA))
        assert (session.scalars(before).all(), len(session.scalars(until).all())) == ([], 1)


def test_a_time_without_a_zone_is_not_stored(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="needs a time zone"), store.writing() as session:
        anne(session, opted_out_at=naive)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.datetimes(timezones=st.timezones()).filter(lambda instant: 1 < instant.year < 9999))
def test_sqlite_gives_back_an_instant_of_any_zone(sqlite_store: Store, instant: datetime) -> None:
    kept = UtcDateTime().process_bind_param(instant, sqlite_store.engine.dialect)
    back = UtcDateTime().process_result_value(kept, sqlite_store.engine.dialect)
    assert back is not None
    assert back.timestamp() == instant.timestamp()


def test_json_keeps_what_it_is_given(store: Store) -> None:
    evidence = {"candidates": [1, 2], "reason": "naïve ☃", "nothing": None, "facts": {"candidate_said_yes": True}}
    with store.writing() as session:
        session.add(
            Approval(
                kind=ApprovalKind.MOVE,
                question="?",
                digest="0" * 64,
                evidence=evidence,
                state=ApprovalState.WAITING,
                asked_by="rekindle",
                asked_at=NOW,
                deciders=["lead"],
                due_at=NOW,
            )
        )
    with store.reading() as session:
        assert session.scalars(select(Approval.evidence)).one() == evidence


def test_every_connection_to_sqlite_keeps_its_promises(sqlite_store: Store) -> None:
    expected = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": dialect.BUSY_SECONDS * 1000, "synchronous": 2}
    ours = Store(str(sqlite_store.engine.url))
    with ours.engine.connect() as first, ours.engine.connect() as second:
        for connection in (first, second):
            assert {name: connection.scalar(text(f"PRAGMA {name}")) for name in expected} == expected
    ours.close()


def test_a_row_that_is_there_is_left_as_it_is(store: Store) -> None:
    with store.writing() as session:
        for reason in ("stop", "bounce"):
            row = {"address_hash": "h" * 64, "reason": reason, "at": NOW}
            session.execute(insert_new(session, Suppression), row)
        assert session.scalars(select(Suppression.reason)).all() == ["stop"]


def test_new_rows_of_a_batch_are_told_apart_from_old_ones(store: Store) -> None:
    rows = [{"address_hash": letter * 64, "reason": "stop", "at": NOW} for letter in "abc"]
    with store.writing() as session:
        session.execute(insert_new(session, Suppression), rows[:1])
        statement = insert_new(session, Suppression).returning(Suppression.address_hash)
        assert set(session.scalars(statement, rows)) == {"b" * 64, "c" * 64}


def test_rows_somebody_holds_are_passed_over(postgres_store: Store) -> None:
    with postgres_store.writing() as session:
        stored(session, "Anne")
        stored(session, "Emil")
    query = skip_locked(select(Candidate.given_name).order_by(Candidate.id).limit(1), Candidate)
    with postgres_store.writing() as one, postgres_store.writing() as other:
        assert one.scalars(query).all() == ["Anne"]
        assert other.scalars(query).all() == ["Emil"]


def test_a_writer_of_sqlite_gives_up_after_a_while(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "BUSY_SECONDS", 0)
    impatient = Store(str(sqlite_store.engine.url))
    with sqlite_store.writing() as session:
        anne(session)
        with pytest.raises(RekindleError, match="database is locked"), impatient.writing() as other:
            bert(other)
    impatient.close()
