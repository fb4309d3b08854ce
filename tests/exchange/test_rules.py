"""What makes a candidate, and that everything wrong with one is said."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.exchange.problems import MOST, Problem
from rekindle.exchange.record import ApplicationRecord, CandidateRecord, ConsentRecord, ReasonRecord, TouchRecord
from rekindle.exchange.rules import checked
from tests.exchange.samples import TODAY, application, decoded, note, problems, record


def test_a_whole_line_becomes_a_record() -> None:
    found = record()
    assert (found.given_name, found.family_name) == ("Íris", "Õunapuu")
    assert found.consent == ConsentRecord("consent", date(2026, 3, 2), date(2028, 3, 2))
    assert found.applications[0].reason == ReasonRecord("someone with more experience of offline editing", sayable=True)
    assert found.touches == (TouchRecord(date(2026, 6, 10), "call", "out", "talked about her plans"),)


def test_what_is_absent_is_unknown_and_never_yes() -> None:
    found = checked({"source": "s", "source_id": "1", "given_name": "Ada", "email": "ada@example.org"})
    assert found == CandidateRecord(source="s", source_id="1", given_name="Ada", email="ada@example.org")
    assert isinstance(found, CandidateRecord)
    assert found.consent.basis == "unknown"
    bare = record(applications=[{"role": "Engineer", "outcome": "rejected"}]).applications[0]
    assert bare == ApplicationRecord(role="Engineer", outcome="rejected")
    assert not bare.finalist


@pytest.mark.parametrize("name", ["source", "source_id", "given_name", "email"])
def test_who_a_candidate_is_must_be_said(name: str) -> None:
    assert [problem.column for problem in problems(**{name: None})] == [name]
    assert [problem.column for problem in problems(**{name: "  "})] == [name]


def test_null_says_nothing() -> None:
    assert checked(decoded() | {"city": None, "consent": None, "notes": None}, TODAY) == record(
        city=None, consent=None, notes=None
    )


@pytest.mark.parametrize("value", ["O’Brien-Łukasz", "谢 伟", "Ìyábọ̀dé", "می\u200cشا", "Ne\u0301", "d'Été 3rd"])
def test_names_are_kept_exactly(value: str) -> None:
    assert record(given_name=value).given_name == value


@pytest.mark.parametrize(
    "value", ["a\nb", "a\rb", "a\0b", "a\x1b[31mb", "a\u2028b", "a\u202eb", "a\x7fb", "a\x85b", "a\ud800b", "a\uffffb"]
)
@pytest.mark.parametrize("name", ["given_name", "family_name", "city", "source_id"])
def test_control_characters_in_a_line_are_refused(name: str, value: str) -> None:
    (problem,) = problems(**{name: value})
    assert problem.column == name
    assert "control characters" in problem.expected
    assert problem.value_shown.isprintable()


def test_a_letter_lost_in_an_earlier_conversion_is_refused() -> None:
    (problem,) = problems(family_name="M\ufffdller")
    assert "earlier conversion" in problem.expected


def test_a_note_may_have_lines_but_nothing_hidden() -> None:
    assert record(notes=[note(text="one\r\ntwo\rthree\n")]).notes[0].text == "one\ntwo\nthree"
    assert problems(notes=[note(text="one\x00")])[0].column == "notes[0].text"


def test_an_unknown_name_is_said_with_the_nearest_one() -> None:
    (problem,) = problems(famly_name="X")
    assert problem == Problem("famly_name", "X", "a known name: did you mean family_name?")
    (problem,) = problems(applications=[application(decided="2026-05-02")])
    assert problem.column == "applications[0].decided"
    assert "decided_on" in problem.expected


@pytest.mark.parametrize(
    "value",
    [
        *("", "iris", "iris@", "@example.org", "a@b@example.org", "a b@example.org", "a@exa mple.org"),
        *("<a@example.org>", "a@example.org, b@example.org", "a@example.org;b", "x" * 250 + "@example.org"),
        "a@example.org\nBcc: b@example.org",
    ],
)
def test_what_is_not_one_address_is_refused(value: str) -> None:
    assert {problem.column for problem in problems(email=value)} == {"email"}


@pytest.mark.parametrize("value", ["iris+jobs@example.org", "íris@exämple.example", "o'brien@example.org"])
def test_unusual_addresses_are_addresses(value: str) -> None:
    assert record(email=value).email == value


@pytest.mark.parametrize(
    "value",
    ["javascript:alert(1)", "linkedin.example/in/x", "ftp://example.org", "https://", 'https://a"b', "https://a b"],
)
def test_only_web_addresses_are_links(value: str) -> None:
    assert problems(linkedin=value)[0].column == "linkedin"


@pytest.mark.parametrize("value", ["Factory", "Europe/Berlinn", "CET+1", "../../etc/passwd", "europe/berlin"])
def test_a_time_zone_must_exist(value: str) -> None:
    assert problems(timezone=value)[0].column == "timezone"


@pytest.mark.parametrize(
    "value", ["2026-02-30", "04/05/2026", "2026-5-2", "26-05-02", "May 2", "2026-W18-6", 20260502, True]
)
def test_what_is_no_day_is_refused(value: object) -> None:
    (problem,) = problems(applications=[application(applied_on=value, last_interview_on=None)])
    assert problem.column == "applications[0].applied_on"
    assert "2026-05-02" in problem.expected


def test_a_day_in_two_possible_orders_is_not_guessed() -> None:
    (problem,) = problems(applications=[application(decided_on="04/05/2026")])
    assert "could be two days" in problem.expected


def test_the_day_of_a_time_is_the_one_written_there() -> None:
    found = record(
        applications=[application(decided_on="2026-05-02T23:30:00-08:00", applied_on="2026-03-02 01:00:00 UTC")]
    )
    assert found.applications[0].decided_on == date(2026, 5, 2)
    assert found.applications[0].applied_on == date(2026, 3, 2)


def test_what_comes_later_is_not_dated_earlier() -> None:
    (problem,) = problems(applications=[application(decided_on="2026-03-01", last_interview_on=None)])
    assert problem == Problem(
        "applications[0].decided_on", "2026-03-01", "a day not before applied_on, which is 2026-03-02"
    )
    assert problems(applications=[application(last_interview_on="2026-03-01")])[0].column.endswith("last_interview_on")
    assert problems(consent={"given_on": "2026-03-02", "until": "2026-03-01"})[0].column == "consent.until"


def test_what_has_happened_is_not_dated_in_the_future() -> None:
    assert problems(touches=[{"on": "2026-10-15", "channel": "call", "direction": "in"}])[0].column == "touches[0].on"
    tomorrow = record(touches=[{"on": "2026-10-14", "channel": "call", "direction": "in"}])
    assert tomorrow.touches[0].on == date(2026, 10, 14), "in Auckland that has come"
    far = decoded(touches=[{"on": "2036-10-15", "channel": "call", "direction": "in"}])
    assert isinstance(checked(far), CandidateRecord), "without a today nothing is the future"


def test_closed_words_are_closed_but_their_case_is_not() -> None:
    assert record(consent={"basis": "Legitimate Interest"}).consent.basis == "legitimate-interest"
    (problem,) = problems(applications=[application(outcome="maybe")])
    assert problem.expected == "rejected, withdrew, hired or open"
    assert problems(applications=[application(outcome=None)])[0].column == "applications[0].outcome"
    assert (
        problems(touches=[{"on": "2026-06-10", "channel": "fax", "direction": "out"}])[0].column == "touches[0].channel"
    )


def test_an_internal_note_is_never_sayable() -> None:
    (problem,) = problems(notes=[note(kind="internal", sayable=True)])
    assert problem.column == "notes[0].sayable"
    assert record(notes=[note(kind="internal", sayable=False)]).notes[0].kind == "internal"


def test_levels_are_free_and_lower_case() -> None:
    assert record(applications=[application(level="Distinguished II")]).applications[0].level == "distinguished ii"
    assert len(record(applications=[application(level="İ" * 50)]).applications[0].level or "") == 50


def test_true_is_not_a_word_and_a_word_is_not_true() -> None:
    assert problems(applications=[application(finalist="yes")])[0].column == "applications[0].finalist"
    assert problems(tags="silver medal")[0].column == "tags"
    assert problems(tags=["a", 3])[0].column == "tags[1]"
    assert problems(applications={"role": "x"})[0].column == "applications"
    assert problems(applications=["x"])[0].column == "applications[0]"
    assert problems(consent=True)[0].column == "consent"


def test_an_id_may_be_a_number() -> None:
    assert record(source_id=53883394).source_id == "53883394"
    assert problems(source_id=True)[0].column == "source_id"


def test_every_problem_of_a_row_is_said() -> None:
    found = problems(email="x", timezone="y", notes=[note(kind="z")], applications=[application(outcome="w")])
    assert {problem.column for problem in found} == {"email", "timezone", "applications[0].outcome", "notes[0].kind"}


def test_a_row_of_rubbish_is_not_searched_for_ever() -> None:
    assert len(problems(**{f"x{number}": number for number in range(5000)}, tags=[1] * 200, notes=[1] * 500)) == MOST


def test_long_values_are_refused_and_shown_short() -> None:
    (problem,) = problems(city="x" * 100_000)
    assert len(problem.value_shown) <= 60
    assert "at most 200 characters" in problem.expected


@pytest.mark.parametrize("value", [None, 3, "text", [], [{}], True])
def test_a_line_that_is_no_object_is_no_candidate(value: object) -> None:
    found = checked(value)
    assert isinstance(found, tuple)
    assert found[0].column == "line"


NAMES = sorted({*decoded(), *application(), *note(), "basis", "given_on", "until", "channel", "direction", "summary"})
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["2026-05-02", "open"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=4))
@settings(deadline=None, derandomize=True, max_examples=60)
def test_whatever_arrives_is_a_record_or_has_problems(changes: dict[str, Any]) -> None:
    found = checked(decoded() | changes, TODAY)
    if isinstance(found, tuple):
        assert found
        assert all(len(problem.value_shown) <= 60 for problem in found)
