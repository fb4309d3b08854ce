"""Writing is the inverse of reading."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.exchange import record as nouns
from rekindle.exchange import rules
from rekindle.exchange.reading import open_rows
from rekindle.exchange.writing import to_json
from tests.exchange.samples import Write, good, record

HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufffd-\uffff]")
Value = TypeVar("Value")

SOUND = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]).filter(lambda letter: not HIDDEN.match(letter))
LINE = st.text(SOUND, min_size=1, max_size=20).map(str.strip).filter(bool)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
DAYS = st.dates(date(1950, 1, 1), date(2200, 1, 1))
LABELS = st.lists(LINE, max_size=3).map(tuple)


def maybe(strategy: st.SearchStrategy[Value]) -> st.SearchStrategy[Value | None]:
    return st.none() | strategy


def of(words: Mapping[str, Value]) -> st.SearchStrategy[Value]:
    return st.sampled_from([*words.values()])


def in_order(draw: st.DrawFn) -> list[date | None]:
    days = sorted(draw(st.lists(DAYS, min_size=3, max_size=3)))
    return [day if draw(st.booleans()) else None for day in days]


@st.composite
def applications(draw: st.DrawFn) -> nouns.ApplicationRecord:
    applied_on, last_interview_on, decided_on = in_order(draw)
    return nouns.ApplicationRecord(
        role=draw(LINE),
        outcome=draw(of(rules.OUTCOMES)),
        family=draw(maybe(LINE)),
        level=draw(maybe(LINE.map(lambda text: text.replace("İ", "i").lower()))),
        team=draw(maybe(LINE)),
        last_stage=draw(maybe(LINE)),
        finalist=draw(st.booleans()),
        applied_on=applied_on,
        last_interview_on=last_interview_on,
        decided_on=decided_on,
        rejected_by=draw(maybe(of(rules.SIDES))),
        reason=draw(st.none() | st.builds(nouns.ReasonRecord, text=TEXT, sayable=st.booleans())),
        rejection=draw(maybe(of(rules.REJECTIONS))),
        promise=draw(maybe(TEXT)),
    )


@st.composite
def notes(draw: st.DrawFn) -> nouns.NoteRecord:
    note = draw(st.builds(nouns.NoteRecord, text=TEXT, source=maybe(LINE), on=st.none() | DAYS))
    sayable = note.kind != "internal" and draw(st.booleans())
    return nouns.NoteRecord(note.kind, note.text, note.source, note.on, sayable)


@st.composite
def candidates(draw: st.DrawFn) -> nouns.CandidateRecord:
    given_on, until, _ = in_order(draw)
    return nouns.CandidateRecord(
        source=draw(LINE),
        source_id=draw(LINE),
        given_name=draw(LINE),
        family_name=draw(LINE | st.just("")),
        email=draw(st.sampled_from(["anne@example.org", "ånne+x@exämple.example"])),
        timezone=draw(maybe(st.sampled_from(["Asia/Kathmandu", "UTC"]))),
        locale=draw(maybe(st.sampled_from(["en", "pt-BR"]))),
        city=draw(maybe(LINE)),
        linkedin=draw(maybe(st.just("https://linkedin.example/in/anne?x=1#y"))),
        recruiter=draw(maybe(st.just("ann@acme.example"))),
        consent=nouns.ConsentRecord(draw(of(rules.BASES)), given_on, until),
        tags=draw(LABELS),
        skills=draw(LABELS),
        interests=draw(LABELS),
        applications=tuple(draw(st.lists(applications(), max_size=2))),
        notes=tuple(draw(st.lists(notes(), max_size=2))),
        touches=tuple(draw(st.lists(st.builds(nouns.TouchRecord, on=DAYS, summary=maybe(TEXT)), max_size=2))),
    )


@given(candidates())
@settings(deadline=None, derandomize=True, max_examples=40)
def test_what_is_written_reads_as_it_was(person: nouns.CandidateRecord) -> None:
    line = to_json(person)
    assert "\n" not in line
    assert rules.checked(json.loads(line)) == person


def test_a_file_that_was_written_reads_as_it_was(write: Write) -> None:
    people = [record(source_id=str(number), given_name=f"Anne {number}") for number in range(5)]
    assert good(open_rows(write("\n".join(map(to_json, people))))) == people


def test_what_holds_nothing_is_left_out() -> None:
    line = to_json(record(family_name=None, tags=None, notes=None, touches=None, consent=None))
    assert "family_name" not in line
    assert "notes" not in line
    assert '"consent": {"basis": "unknown"}' in line


def test_names_stay_readable(write: Write) -> None:
    person = record(given_name="Nguyễn", family_name="Œuvré")
    assert "Nguyễn" in to_json(person)
    assert good(open_rows(write(to_json(person)))) == [person]
