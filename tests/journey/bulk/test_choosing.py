"""Which items a reader gets: what they told us interests them first, then the newest; never one they have had."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.journey.bulk.choosing import Choice, Item, Reader, choose, too_little, words_of

_TOPICS = st.lists(st.sampled_from(["roadmaps", "pricing", "0-to-1 products", "C++", ""]), max_size=2).map(tuple)
_FAMILIES = st.frozensets(st.sampled_from(["product", "sales"]), max_size=2)
_LANGUAGES = st.sampled_from(["en", "de", "fr"])
_DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 9))

ITEMS = st.lists(
    st.builds(Item, st.integers(1, 12), _TOPICS, _FAMILIES, _LANGUAGES, _DAYS), max_size=12, unique_by=lambda i: i.id
)
READERS = st.builds(Reader, _FAMILIES, _TOPICS, _TOPICS, _LANGUAGES, st.frozensets(st.integers(1, 12)))


def item(number: int = 1, *topics: str, family: str = "", language: str = "en", day: int = 1) -> Item:
    families = frozenset({family} if family else ())
    return Item(number, topics, families, language, date(2026, 9, day))


def reader(
    *, interest: str = "", skill: str = "", family: str = "", language: str = "en", seen: frozenset[int] = frozenset()
) -> Reader:
    each = [tuple(filter(None, [label])) for label in (interest, skill, family)]
    return Reader(frozenset(each[2]), each[0], each[1], language, seen)


def ids(chosen: tuple[Choice, ...]) -> list[int]:
    return [choice.item_id for choice in chosen]


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (reader(interest="Pricing"), "you told us you are interested in Pricing"),
        (reader(skill="pricing"), "it is about pricing, which you work with"),
        (reader(family="product"), "it is written for people in product"),
    ],
)
def test_every_choice_says_why(who: Reader, why: str) -> None:
    assert choose([item(1, "pricing", family="product")], who, 5) == (Choice(1, why),)


def test_news_for_everyone_reaches_everyone_and_says_so() -> None:
    assert choose([item(1)], reader(), 5) == (Choice(1, "it is news for everyone we know"),)


def test_what_is_about_something_is_not_for_everyone() -> None:
    assert choose([item(1, "pricing"), item(2, family="sales")], reader(family="product"), 5) == ()


def test_interests_come_before_skills_before_kind_of_work_before_news() -> None:
    who = Reader(frozenset({"product"}), ("pricing",), ("roadmaps",), "en", frozenset())
    items = [item(1, day=9), item(2, "x", family="product", day=8), item(3, "roadmaps", day=7), item(4, "pricing")]
    assert ids(choose(items, who, 5)) == [4, 3, 2, 1]


def test_among_equals_the_newest_comes_first_and_then_the_first_stored() -> None:
    items = [item(3, day=1), item(1, day=5), item(4, day=9), item(2, day=5)]
    assert ids(choose(items, reader(), 5)) == [4, 1, 2, 3]


def test_nothing_is_sent_twice() -> None:
    assert ids(choose([item(1), item(2)], reader(seen=frozenset({1})), 5)) == [2]


@pytest.mark.parametrize(("language", "expected"), [("de", [2, 1]), ("en", [1]), ("fr", [1])])
def test_a_reader_gets_their_language_and_the_houses(language: str, expected: list[int]) -> None:
    items = [item(1, language="en"), item(2, language="de")]
    assert ids(choose(items, reader(language=language), 5)) == expected


@pytest.mark.parametrize(
    ("interest", "topic", "meets"),
    [
        ("0-to-1 Products", "products", True),
        ("products", "0-to-1 Products", True),
        ("Product  management!", "product management", True),
        ("C++", "c++", True),
        ("C++", "c", False),
        ("C#", "C++", False),
        ("go", "mongo", False),
        ("product", "products", False),
        ("Größe", "GRÖSSE", True),
        ("日本", "日本", True),
        ("!!!", "???", False),
        ("", "", False),
    ],
)
def test_an_interest_meets_a_topic_by_whole_words(interest: str, topic: str, meets: bool) -> None:  # noqa: FBT001 - a table
    assert bool(choose([item(1, topic)], reader(interest=interest), 5)) is meets


def test_words_are_letters_and_digits_and_the_sign_of_a_language() -> None:
    assert words_of("0-to-1 C++, snake_case & Müller's") == {"0", "to", "1", "c++", "snake", "case", "müller", "s"}


@given(ITEMS, READERS, st.integers(0, 6))
def test_whatever_is_on_offer_the_choice_keeps_its_promises(items: list[Item], who: Reader, most: int) -> None:
    chosen = choose(items, who, most)
    by_id = {one.id: one for one in items}
    assert len(chosen) <= most
    assert len(set(ids(chosen))) == len(chosen)
    assert not set(ids(chosen)) & who.seen
    assert all(by_id[choice.item_id].language in {"en", who.language} for choice in chosen)
    assert all(choice.why for choice in chosen)
    assert choose(list(reversed(items)), who, most) == chosen, "the order of the offer does not matter"


@given(ITEMS, READERS, st.integers(0, 5))
def test_a_longer_letter_begins_like_the_shorter_one(items: list[Item], who: Reader, most: int) -> None:
    assert choose(items, who, most + 1)[:most] == choose(items, who, most)


@given(ITEMS, READERS)
def test_for_the_same_reason_the_newer_item_comes_first(items: list[Item], who: Reader) -> None:
    by_id = {one.id: one for one in items}
    for first, second in pairwise(choose(items, who, len(items))):
        before, after = by_id[first.item_id], by_id[second.item_id]
        if (first.why, before.language) == (second.why, after.language):
            assert before.published_on >= after.published_on


@given(ITEMS, READERS)
def test_for_the_same_reason_their_own_language_comes_first(items: list[Item], who: Reader) -> None:
    language = {one.id: one.language for one in items}
    for first, second in pairwise(choose(items, who, len(items))):
        if first.why == second.why and language[second.item_id] == who.language:
            assert language[first.item_id] == who.language


def test_what_interests_them_comes_before_what_is_in_their_language() -> None:
    items = [item(1, language="de", day=9), item(2, "pricing", language="en", day=1)]
    assert ids(choose(items, reader(interest="pricing", language="de"), 5)) == [2, 1]


@pytest.mark.parametrize(
    ("chosen", "code", "said"),
    [
        ((), "nothing_relevant", "nothing in this edition concerns this person"),
        ((Choice(1, "x"),), "too_little", "only one item in this edition"),
        ((Choice(1, "x"), Choice(2, "x")), "too_little", "only 2 items in this edition"),
    ],
)
def test_who_gets_nothing_is_told_apart_by_how_little_there_was(
    chosen: tuple[Choice, ...], code: str, said: str
) -> None:
    found, sentence = too_little(chosen, 3)
    assert found == code
    assert sentence.startswith(said)
