"""Taking a file in: whoever is a runner-up once, the same again nothing, and stopped anywhere it goes on from there."""

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from rekindle.errors import LostRace, RekindleError
from rekindle.exchange.reading import open_rows
from rekindle.exchange.rows import Row
from rekindle.journey.intake import taking_in as intake
from rekindle.journey.intake.shelving import shelve
from rekindle.journey.intake.taking_in import Action, Entry
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate, CandidateSource, Label
from rekindle.store.engine import Store
from rekindle.store.moves import MoveRow
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from states.candidate import Actor, CandidateState, Trigger
from tests.cast import NOW
from tests.exchange.samples import TODAY, application, jsonl
from tests.journey.arrivals import INTAKE, actions, all_of, bring, count, everything, people, person, rows, suppress
from tests.slate import Slate

STORED, UNCHANGED, UPDATED, MERGED = Action.STORED, Action.UNCHANGED, Action.UPDATED, Action.MERGED


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BATCH", 2)


def test_a_runner_up_is_stored_and_waits_until_the_rejection_has_cooled_off(store: Store) -> None:
    (entry,) = bring(store, person())
    (anne,) = people(store)
    assert (entry.action, entry.candidate_id) == (STORED, anne.id)
    assert anne.state is CandidateState.REJECTED_WARM
    assert {noun: count(store, noun) for noun in (CandidateSource, Application, Note, Touch, Label)} == {
        CandidateSource: 1,
        Application: 1,
        Note: 1,
        Touch: 1,
        Label: 4,
    }


def test_the_first_move_says_which_file_brought_somebody(store: Store) -> None:
    bring(store, person(1), person(2, source="older-ats"))
    moves = all_of(store, MoveRow)
    assert [(move.source, move.target, move.trigger, move.actor, move.by, move.at) for move in moves] == [
        (None, CandidateState.REJECTED_WARM, Trigger.ADMIT, Actor.IMPORT, source, NOW)
        for source in ("acme-ats", "older-ats")
    ]


@pytest.mark.parametrize("name", ["Şebnem", "Zoe\u0308", "王芳", "O’Hara-Ñandú", "عائشة", "Nguyễn Thị"])
def test_a_name_is_kept_exactly(store: Store, name: str) -> None:
    bring(store, person(given_name=name, family_name=name[::-1]))
    (found,) = people(store)
    assert (found.given_name, found.family_name) == (name, name[::-1])


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    crowd = [person(number) for number in range(5)]
    bring(store, *crowd)
    before = everything(store)
    entries = bring(store, *crowd)
    assert actions(entries) == [UNCHANGED] * 5
    assert [entry.candidate_id for entry in entries] == [found.id for found in people(store)]
    assert everything(store) == before


def test_a_row_that_stands_in_the_file_twice_is_one_person(store: Store) -> None:
    assert actions(bring(store, person(), person(), person(city="Narva"))) == [STORED, UNCHANGED, UPDATED]
    assert [found.city for found in people(store)] == ["Narva"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"applications": [application(outcome="withdrew")]}, "withdrew from Frontend Engineer on 2026-05-02"),
        ({"applications": [application(rejected_by="candidate")]}, "withdrew from Frontend Engineer on 2026-05-02"),
        ({"applications": [application(outcome="hired")]}, "was hired as Frontend Engineer on 2026-05-02"),
        ({"applications": [application(outcome="open")]}, "the application for Frontend Engineer is still open"),
        ({"tags": ["do not contact"]}, "tagged 'do not contact'"),
        (
            {"tags": [], "applications": [application(last_stage="cv", finalist=None, reason=None)]},
            "the last stage 'cv' is not a late one; not marked as a finalist; no tag speaks for it",
        ),
    ],
)
def test_who_is_no_runner_up_is_not_stored_and_told_why(store: Store, changes: dict[str, Any], why: str) -> None:
    before = everything(store)
    (entry,) = bring(store, person(**changes))
    assert (entry.action, "; ".join(entry.why), entry.candidate_id) == (Action.LEFT_OUT, why, None)
    assert everything(store) == before


def test_every_row_has_a_reason_or_a_problem(store: Store) -> None:
    suppress(store, "person5@example.org")
    crowd = [
        person(1),
        person(1),
        person(1, city="Narva"),
        person(2, source="older-ats", email="person1@example.org"),
        person(3, tags=["unsubscribed"]),
        person(4, email="nobody"),
        person(5),
    ]
    entries = bring(store, *crowd)
    assert sorted(actions(entries)) == sorted(Action)
    assert all(entry.why or entry.problems for entry in entries)
    assert "the address is" not in str([entry.why for entry in entries])
    assert "@" not in str([(entry.why, entry.problems[:0]) for entry in entries])


def test_bad_rows_are_reported_and_the_good_ones_go_in(store: Store) -> None:
    entries = bring(store, person(1), person(2, email=None), {"source": "acme-ats"}, "nonsense", person(3))
    assert actions(entries) == [STORED, Action.BAD, Action.BAD, Action.BAD, STORED]
    assert [entry.row.line for entry in entries] == [1, 2, 3, 4, 5]
    assert [problem.column for problem in entries[1].problems] == ["email"]
    assert len(people(store)) == 2


def test_an_address_that_mail_cannot_reach_makes_the_row_bad_without_showing_it(store: Store) -> None:
    (entry,) = bring(store, person(email="anne@localhost"))
    (problem,) = entry.problems
    assert (entry.action, problem.column, problem.value_shown) == (Action.BAD, "email", "(not shown)")
    assert problem.expected == "not an e-mail address: what follows the @ is not a domain such as example.org"


def test_half_a_file_is_taken_in_to_the_break_and_the_whole_one_completes_it(store: Store, tmp_path: Path) -> None:
    whole = jsonl(*(person(number) for number in range(4)))
    half = tmp_path / "half.jsonl"
    half.write_text(whole[: len(whole) * 5 // 8], encoding="utf-8")
    entries = list(INTAKE.bring_in(store, open_rows(half, today=TODAY), NOW))
    assert actions(entries) == [STORED, STORED, Action.BAD]
    assert "breaks off" in entries[2].problems[0].expected
    half.write_text(whole, encoding="utf-8")
    again = list(INTAKE.bring_in(store, open_rows(half, today=TODAY), NOW))
    assert actions(again) == [UNCHANGED, UNCHANGED, STORED, STORED]


def test_an_empty_file_is_nothing_to_do(store: Store) -> None:
    before = everything(store)
    assert bring(store) == []
    assert everything(store) == before


@pytest.mark.usefixtures("small_batches")
def test_a_dry_run_reports_the_same_and_leaves_every_table_as_it_was(store: Store) -> None:
    bring(store, person(1), person(2))
    suppress(store, "person5@example.org")
    crowd = [
        person(1),
        person(2, city="Narva", tags=["do not contact"]),
        person(3),
        person(4, email="person3@example.org", source="older-ats"),
        person(5),
        person(6, email="x"),
        person(3, city="Pärnu"),
    ]
    before = everything(store)
    rehearsed = bring(store, *crowd, dry_run=True)
    assert everything(store) == before
    real = bring(store, *crowd)
    assert actions(rehearsed) == actions(real)
    assert [entry.why for entry in rehearsed] == [entry.why for entry in real]
    assert everything(store) != before


def interrupted(crowd: list[Row], after: int) -> Iterator[Row]:
    yield from crowd[:after]
    raise KeyboardInterrupt


@pytest.mark.usefixtures("small_batches")
def test_stopped_in_the_middle_it_keeps_what_it_reported_and_goes_on_the_next_time(store: Store) -> None:
    crowd, told = [person(number) for number in range(7)], list[Entry]()
    with pytest.raises(KeyboardInterrupt):
        told.extend(INTAKE.bring_in(store, interrupted(rows(crowd), 5), NOW))
    assert actions(told) == [STORED] * 4
    assert len(people(store)) == 4
    assert actions(bring(store, *crowd)) == [UNCHANGED] * 4 + [STORED] * 3
    assert len(people(store)) == count(store, MoveRow) == 7


def test_a_batch_is_stored_as_a_whole_or_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(store)

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(intake, "_amend", fail)
    with pytest.raises(KeyboardInterrupt):
        bring(store, person(1), person(2))
    assert everything(store) == before


@pytest.mark.parametrize("length", [999, 1000, 1001])
def test_nobody_is_lost_where_one_batch_ends(sqlite_store: Store, length: int) -> None:
    crowd = [person(number, notes=None, touches=None, skills=None) for number in range(length)]
    entries = bring(sqlite_store, *crowd, crowd[0], person(0, source="older-ats"))
    assert actions(entries) == [STORED] * length + [UNCHANGED, MERGED]
    assert [entry.candidate_id for entry in entries] == [*range(1, length + 1), 1, 1]
    assert count(sqlite_store, Candidate) == length


@pytest.mark.parametrize("backwards", [False, True], ids=["same order", "opposite order"])
@pytest.mark.usefixtures("small_batches")
def test_two_imports_at_once_end_with_one_person_each(store: Store, *, backwards: bool) -> None:
    crowd = [person(number) for number in range(8)]
    other = [person(number, source="older-ats", city=None) for number in range(8)]
    files = [crowd, other[::-1] if backwards else other]
    ready = threading.Barrier(2)

    def take_in(file: list[dict[str, Any]]) -> list[Entry]:
        ready.wait()
        return bring(store, *file)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(take_in, files)
    found = {entry.action for entry in (*first, *second)}
    assert found <= {STORED, MERGED}
    assert len(people(store)) == count(store, MoveRow) == 8
    assert count(store, CandidateSource) == 16
    assert [a.candidate_id for a in first] == [b.candidate_id for b in (second[::-1] if backwards else second)]


KEYS = st.tuples(st.sampled_from(["acme-ats", "older-ats"]), st.sampled_from(["1", "2", "3"]))
SPELLINGS = st.sampled_from(["a@example.org", "A@Example.org", "b@example.org", "c@bücher.example"])
WORDS = st.sampled_from(["", "silver medal", "do not contact", "withdrew"])


# Derandomised: a failure on one machine is a failure on all. Unhurried: the machine may be busy.
@settings(derandomize=True, deadline=None, max_examples=60)
@given(files=st.lists(st.lists(st.tuples(KEYS, SPELLINGS, WORDS), max_size=6), max_size=3), size=st.integers(1, 4))
def test_whatever_comes_in_whatever_order_nobody_is_stored_twice(
    slate: Slate,
    files: list[list[tuple[tuple[str, str], str, str]]],
    size: int,
) -> None:
    slate.wipe()
    store: Store = slate
    with pytest.MonkeyPatch.context() as smaller:
        smaller.setattr(intake, "BATCH", size)
        for each in files:
            entries = bring(store, *(row(*parts) for parts in each))
            assert all(entry.why for entry in entries)
        last = {key: (key, spelling, word) for key, spelling, word in itertools.chain.from_iterable(files)}
        bring(store, *(row(*parts) for parts in last.values()))
        before = everything(store)
        again = actions(bring(store, *(row(*parts) for parts in last.values())))
    assert not {STORED, UPDATED, MERGED} & set(again)
    assert everything(store) == before
    addresses = [found.address for found in people(store)]
    assert len(addresses) == len(set(addresses)) == count(store, MoveRow)
    store.close()


def row(key: tuple[str, str], email: str, tag: str) -> dict[str, Any]:
    source, source_id = key
    return person(source=source, source_id=source_id, email=email, tags=["silver medal", tag] if tag else [])


@pytest.mark.parametrize("met", [LostRace("two met"), IntegrityError("INSERT", {}, Exception("twice"))])
def test_who_meets_another_import_looks_again(store: Store, met: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = [met, met]

    def unlucky(*told: Any) -> None:
        shelve(*told)
        if faults:
            raise faults.pop()

    monkeypatch.setattr(intake, "shelve", unlucky)
    assert actions(bring(store, person())) == [STORED]
    assert count(store, Candidate) == count(store, MoveRow) == 1


@pytest.mark.parametrize("dry_run", [False, True])
def test_who_never_gets_through_is_told_and_nothing_is_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch, *, dry_run: bool
) -> None:
    before = everything(store)

    def unlucky(*_: object) -> None:
        raise IntegrityError("INSERT", {}, Exception("twice"))

    monkeypatch.setattr(intake, "shelve", unlucky)
    with pytest.raises(RekindleError, match="another import keeps storing the same people: let it finish"):
        bring(store, person(), dry_run=dry_run)
    assert everything(store) == before
