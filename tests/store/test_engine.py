"""A store's sessions: what is read is not changed, what is written is there whole or not at all, errors are told."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, RekindleError
from rekindle.store import schema
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store, changed
from tests.cast import anne, bert, stored


def names(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Candidate.given_name).order_by(Candidate.id)))


def test_what_is_written_is_there_for_the_next_one(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
    assert person.given_name == "Anne", "a row is still readable after its transaction"
    assert names(store) == ["Anne"]


def test_an_error_takes_everything_back(store: Store) -> None:
    def breaks(session: Session) -> None:
        anne(session)
        bert(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.writing() as session:
        breaks(session)
    assert names(store) == []


def test_who_only_reads_changes_nothing(store: Store) -> None:
    with store.writing() as session:
        anne(session)
    with store.reading() as session:
        session.execute(update(Candidate).values(given_name="Zoe"))
    assert names(store) == ["Anne"]


def test_a_rehearsal_sees_what_it_wrote_and_keeps_nothing(store: Store) -> None:
    with store.rehearsing() as session:
        anne(session)
        assert session.scalars(select(Candidate.given_name)).all() == ["Anne"]
    assert names(store) == []


def test_a_bulk_statement_says_how_many_it_touched(store: Store) -> None:
    with store.writing() as session:
        anne(session)
        bert(session)
        rename = update(Candidate).values(given_name="Zoe")
        assert changed(session, rename.where(Candidate.given_name == "Anne")) == 1
        assert changed(session, rename.where(Candidate.given_name == "Anne")) == 0
        assert changed(session, rename) == 2


def test_writers_wait_for_each_other(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        person.city = "0"

    def count_up(_turn: int) -> None:
        with store.writing() as session:
            row = session.get_one(Candidate, person.id, with_for_update=True)
            row.city = str(int(row.city or "0") + 1)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, range(20)))
    with store.reading() as session:
        assert session.get_one(Candidate, person.id).city == "20"


def test_a_reader_is_not_held_up_by_a_writer(store: Store) -> None:
    with store.writing() as session:
        anne(session)
        session.flush()
        assert names(store) == []


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/var/deep/rekindle.db")
    schema.migrate(store)
    store.close()
    assert (tmp_path / "var/deep/rekindle.db").is_file()


def test_an_empty_database_says_what_to_do_on_either(store: Store) -> None:
    for statement in ("SELECT * FROM nothing_here", "SELECT nothing_here FROM candidates"):
        with pytest.raises(RekindleError, match="run `rekindle init` first"), store.reading() as session:
            session.execute(text(statement))


def test_a_mistake_of_ours_is_not_dressed_up(postgres_store: Store) -> None:
    with pytest.raises(ProgrammingError), postgres_store.reading() as session:
        session.execute(text("SELEKT"))


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("Dear diary, " * 1000)
    store = Store(f"sqlite:///{tmp_path}/notes.db")
    with pytest.raises(RekindleError, match="file is not a database"):
        names(store)
    store.close()


def test_a_server_that_is_not_there_is_told_in_one_line() -> None:
    store = Store("postgresql+psycopg://postgres@127.0.0.1:1/rekindle?connect_timeout=2")
    with pytest.raises(RekindleError) as told:
        names(store)
    assert str(told.value).startswith("the database does not answer: ")
    assert "\n" not in str(told.value)
    store.close()


def test_what_a_column_cannot_hold_is_bad_input(postgres_store: Store) -> None:
    for city in ("x" * 201, "half a \x00 name"):
        with pytest.raises(BadInput, match="cannot keep this") as told, postgres_store.writing() as session:
            anne(session, city=city)
        assert "half a" not in str(told.value)


def test_two_rows_under_one_key_are_left_to_the_caller(store: Store) -> None:
    with store.writing() as session:
        anne(session)
    with pytest.raises(IntegrityError), store.writing() as session:
        anne(session)


def test_a_store_is_shared_by_threads(store: Store) -> None:
    gate = threading.Barrier(4)

    def store_one(name: str) -> None:
        gate.wait()
        with store.writing() as session:
            stored(session, name)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(store_one, ["Emil", "Finn", "Gita", "Hana"]))
    assert sorted(names(store)) == ["Emil", "Finn", "Gita", "Hana"]
