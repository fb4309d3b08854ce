from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from rekindle.errors import RekindleError
from rekindle.store import schema
from rekindle.store.candidates import candidate
from rekindle.store.engine import Store


def test_the_migrations_lead_to_exactly_the_models(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.METADATA) == []


@pytest.mark.parametrize("revision", schema.revisions())
def test_every_earlier_revision_can_be_upgraded(revision: str, tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/old.db")
    schema.migrate(store, revision)
    assert schema.current(store) == revision
    schema.migrate(store)
    assert schema.current(store) == schema.newest()
    store.close()


def test_migrating_twice_changes_nothing(store: Store) -> None:
    schema.migrate(store)
    assert schema.current(store) == schema.newest()


def test_an_empty_database_says_what_to_do(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/empty.db")
    with pytest.raises(RekindleError, match="run `rekindle init`"), store.reading() as session:
        candidate(session, "c-1")
    store.close()


def test_what_refers_to_an_approval_is_still_there_after_an_upgrade(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/old.db")
    schema.migrate(store, "0001")
    with store.engine.begin() as connection:
        for statement in (
            (
                "INSERT INTO candidates (id, key, given_name, family_name, email, locale, basis, created_at) "
                "VALUES (1, 'k', 'Anne', 'Example', 'anne@example.org', 'en', 'consent', '2026-10-13')"
            ),
            (
                "INSERT INTO approvals (id, kind, candidate_id, question, digest, evidence, state, asked_by, asked_at, "
                "deciders, due_at, wrong_codes) VALUES (1, 'move', 1, 'Move?', 'd', '{}', 'approved', "
                "'ann@acme.example', '2026-10-13', '[]', '2026-10-20', 0)"
            ),
            (
                "INSERT INTO approval_codes (approval_id, person, digest, code_hash, expires_at) "
                "VALUES (1, 'ann@acme.example', 'd', 'h', '2026-10-13')"
            ),
            (
                'INSERT INTO moves (candidate_id, target, "trigger", actor, reason, approval_id, at) '
                "VALUES (1, 'interviewing', 'interview', 'recruiter', 'said yes', 1, '2026-10-13')"
            ),
        ):
            connection.execute(text(statement))
    schema.migrate(store)
    with store.engine.connect() as connection:
        counts = [
            connection.scalar(text(f"SELECT count(*) FROM {t}")) for t in ("approvals", "approval_codes", "moves")
        ]
        assert counts == [1, 1, 1]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    store.close()


_BEFORE_KEEPING_WARM = (
    (
        "INSERT INTO candidates (id, key, given_name, family_name, email, address, locale, basis, created_at) VALUES "
        "(1, 'k', 'Anne', 'Example', 'Anne@example.org', 'anne@example.org', 'en', 'consent', '2026-10-13 08:00:00')"
    ),
    (
        "INSERT INTO applications (candidate_id, source, role, finalist, decided_on, outcome, reason_sayable) "
        "VALUES (1, 'ats', 'Engineer', TRUE, '2026-05-02', 'rejected', FALSE)"
    ),
    (
        "INSERT INTO messages (id, candidate_id, programme, occasion, state, key, due_at, attempts, created_at) VALUES "
        "(1, 1, 'quarterly-update', NULL, 'sent', 'm', '2026-10-13', 1, '2026-10-13')"
    ),
    "INSERT INTO touches (candidate_id, \"on\", channel, direction) VALUES (1, '2026-06-10', 'call', 'out')",
    (
        'INSERT INTO touches (candidate_id, "on", channel, direction, message_id) '
        "VALUES (1, '2026-10-13', 'email', 'out', 1)"
    ),
)


def test_an_upgrade_finds_the_last_personal_contact_and_keeps_what_refers_to_a_message(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/old.db")
    schema.migrate(store, "0002")
    with store.engine.begin() as connection:
        for statement in _BEFORE_KEEPING_WARM:
            connection.execute(text(statement))
    schema.migrate(store)
    with store.reading() as session:
        anne = candidate(session, "c-1")
        assert (anne.last_contact_on, anne.domain) == (date(2026, 6, 10), "example.org")
        assert (anne.wants_updates, anne.wants_events, anne.wants_openings) == (True, True, True)
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT message_id FROM touches WHERE channel = 'email'")) == 1
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    store.close()


@pytest.mark.parametrize("column", ["kind", "state"])
def test_a_word_nobody_knows_is_refused_by_the_database(store: Store, column: str) -> None:
    words = {"kind": "letter", "state": "waiting", column: "strange"}
    columns = "question, digest, evidence, asked_by, asked_at, deciders, due_at, wrong_codes"
    row = "'Send?', 'd', '{}', 'rekindle', '2026-10-13', '[]', '2026-10-20', 0"
    with pytest.raises(IntegrityError, match="ck_approvals_"), store.engine.begin() as connection:
        connection.execute(text(f"INSERT INTO approvals (kind, state, {columns}) VALUES (:kind, :state, {row})"), words)
