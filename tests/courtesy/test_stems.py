"""Words are compared without endings, and titles by what people make of them."""

import pytest

from rekindle.courtesy.entries import entry_in, numbers_in, places_in
from rekindle.courtesy.naming import Naming
from rekindle.courtesy.stems import shared, stem, stems_of, vocabulary_of
from tests.courtesy.people import manner, sarah

ENGLISH = vocabulary_of(manner().of("en"))
GERMAN = vocabulary_of(manner().of("de"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("product strategy", "strategic products"),
        ("scaling 0-to-1 products", "products from zero to one"),
        ("B2B experience", "business-to-business"),
        ("consumer tech", "B2C technology"),
        ("she explains prices", "an explanation of pricing"),
        ("C++", "c++"),
        ("you'd lead a team", "leadership"),
    ],
)
def test_what_means_the_same_is_the_same(one: str, other: str) -> None:
    assert shared(stems_of(one, ENGLISH), stems_of(other, ENGLISH), "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pricing", "printing"),
        ("C", "C++"),
        ("go", "mongo"),
        ("the role", "a role"),
        ("", "pricing"),
        ("marketplace", "mark"),
    ],
)
def test_what_differs_differs(one: str, other: str) -> None:
    assert not shared(stems_of(one, ENGLISH), stems_of(other, ENGLISH), "en")


def test_german_words_are_found_inside_longer_ones() -> None:
    assert shared(stems_of("Werkscontrolling", GERMAN), stems_of("Controlling", GERMAN), "de")
    assert not shared(stems_of("Werkscontrolling", ENGLISH), stems_of("Controlling", ENGLISH), "en")


def test_words_that_say_nothing_are_left_out() -> None:
    assert stems_of("your great experience and background in the role", ENGLISH) == frozenset()


def test_a_stem_is_of_the_language_or_else_english() -> None:
    assert stem("preise", "de") == "preis"
    assert stem("prices", "fr") == stem("prices", "en")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the Senior Product Manager role", {"a-7"}),
        ("the senior PM role", {"a-7"}),
        ("our Sr. Product Manager", {"a-7"}),
        ("the product manager job", {"a-7"}),
        ("our Director of Product", {"r-1"}),
        ("a Product Director", {"r-1"}),
        ("the hiring manager and a product deep-dive", set()),
        ("a product line", set()),
        ("a Data Analyst", set()),
        ("", set()),
    ],
)
def test_a_title_is_recognised_in_full_or_as_people_shorten_it(text: str, named: set[str]) -> None:
    assert Naming(sarah(), manner().of("en")).named_in(text.casefold()) == named


def test_lists_are_looked_up_in_their_order() -> None:
    months = manner().of("en").lists["months"]
    assert [entry_in(months, each) for each in ("in april", "jan", "nothing")] == [3, 0, None]
    assert places_in(months, "march and may") == [(2, 0), (4, 10)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("two or 3", [2, 3]),
        ("1.5 hours", [1.5]),
        ("two and a half", [2.5]),
        ("an hour", [1]),
        ("none", []),
        ("v1.2.3", []),
    ],
)
def test_numbers_are_read_in_words_and_digits(text: str, numbers: list[float]) -> None:
    assert numbers_in(manner().of("en").lists, text) == numbers
