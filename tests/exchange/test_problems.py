"""What is shown of a bad value is short and safe on a terminal."""

import pytest

from rekindle.exchange.problems import Problem, did_you_mean, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "(nothing)"),
        ("", "(empty)"),
        (True, "true"),
        (0, "0"),
        ({"a": 1}, "{…}"),
        ([1], "[…]"),
        ("Zoë 陈", "Zoë 陈"),
    ],
)
def test_a_value_is_shown_as_it_stands(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize("value", ["\x1b]0;title\x07", "a\r\nb", "a\u202eb", "\ud800", "x" * 10**6, "\x1b" * 100])
def test_no_value_can_write_on_the_terminal(value: str) -> None:
    assert shown(value).isprintable()
    assert len(shown(value)) <= 60


def test_a_problem_is_one_sentence() -> None:
    assert str(Problem("Outcome", "maybe", "open or hired")) == "Outcome: maybe; expected open or hired"


def test_the_nearest_word_is_offered_else_all() -> None:
    assert did_you_mean("emial", ["email", "city"]) == "did you mean email?"
    assert did_you_mean("x" * 10**6, ["email", "city"]) == "city or email"
