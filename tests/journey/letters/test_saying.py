"""Numbers, durations and lists are said as a person says them, and never as less than they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.courtesy.dossier import Step
from rekindle.journey.letters import saying


@pytest.mark.parametrize(
    ("minutes", "english", "german"),
    [
        (20, "20 minutes", "20 Minuten"),
        (45, "45 minutes", "45 Minuten"),
        (60, "an hour", "eine Stunde"),
        (70, "about an hour", "etwa eine Stunde"),
        (75, "about an hour and a half", "etwa anderthalb Stunden"),
        (90, "an hour and a half", "anderthalb Stunden"),
        (105, "about two hours", "etwa zwei Stunden"),
        (150, "two and a half hours", "zweieinhalb Stunden"),
        (180, "three hours", "drei Stunden"),
        (605, "about ten hours", "etwa zehn Stunden"),
        (900, "15 hours", "15 Stunden"),
    ],
)
def test_a_duration_is_said_to_the_half_hour(minutes: int, english: str, german: str) -> None:
    assert saying.duration(minutes, "en") == english
    assert saying.duration(minutes, "de") == german


@given(st.integers(60, 710))
def test_more_minutes_are_never_said_as_less(minutes: int) -> None:
    assert read_back(saying.duration(minutes, "en")) >= minutes - 10


@pytest.mark.parametrize(("count", "said"), [(1, "one step"), (2, "two steps"), (12, "twelve steps"), (13, "13 steps")])
def test_steps_are_counted_in_words(count: int, said: str) -> None:
    assert saying.number_of_steps(count, "en") == said


def test_few_steps_are_told_with_their_minutes_and_many_without() -> None:
    plan = [Step(name="Conversation with the team", minutes=45), Step(name="SQL exercise", minutes=60)]
    assert saying.steps(plan, "en") == "conversation with the team (45 minutes) and SQL exercise (60 minutes)"
    assert saying.steps(plan, "de") == "Conversation with the team (45 Minuten) und SQL exercise (60 Minuten)"
    assert saying.steps(plan * 3, "en").endswith("conversation with the team and SQL exercise")
    assert "minutes" not in saying.steps(plan * 3, "en")


@pytest.mark.parametrize(
    ("parts", "listed"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_parts_are_listed_with_one_and(parts: list[str], listed: str) -> None:
    assert saying.listed(parts, "en") == listed


@pytest.mark.parametrize(
    ("name", "english", "german"),
    [
        ("Growth", "Growth team", "Team Growth"),
        ("Team Blue", "Team Blue", "Team Blue"),
        ("Data team", "Data team", "Data team"),
    ],
)
def test_a_team_is_called_a_team_once(name: str, english: str, german: str) -> None:
    assert (saying.team(name, "en"), saying.team(name, "de")) == (english, german)


def test_a_language_we_have_no_words_in_is_written_in_english() -> None:
    assert [saying.written_in(language) for language in ("en", "de", "fr", "")] == ["en", "de", "en", "en"]


def read_back(said: str) -> float:
    """Read minutes out of "about two and a half hours"."""
    words = said.removeprefix("about ").split()
    numbers = ["an", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return 60 * (numbers.index(words[0]) + 1) + (30 if "half" in words else 0)
