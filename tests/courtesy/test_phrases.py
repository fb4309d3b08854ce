"""The phrases of config/courtesy.toml: how one is written, when one cannot be used, and how they are searched."""

import re
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.courtesy.letter import Letter, plainly
from rekindle.courtesy.phrases import Phrases, manner_from
from rekindle.courtesy.wording import read_wording
from rekindle.errors import BadInput
from tests.courtesy.people import CONFIG, manner


def phrases(**lists: list[str]) -> Phrases:
    return manner_from({"en": {"manners": lists}}).of("en")


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("last chance", "This is your LAST  chance."),
        ("last chance", "your last-chance offer"),
        ("last chance", "the last, chance"),
        ("last chance", 'the "last" chance'),
        ("last-chance", "the last chance"),
        ("don't miss", "Don’t miss it"),
        ("don't miss", "dont miss it"),
        ("(today|tomorrow) only", "only for you, tomorrow only"),
        ("(please|) reply", "reply"),
        ("(please|) reply", "please reply"),
        ("reply (please|) now", "reply now"),
        ("reply now (please|)", "reply now please"),
        ("keep(s|ing|) in touch", "keeping in touch"),
        ("keep(s|ing|) in touch", "keep in touch"),
        ("become a (mother|(grand|)father)", "become a grandfather"),
        ("reply ... by friday", "reply to this mail by friday"),
        ("reply ... by friday", "reply by friday"),
        ("a (b ... c|d) e", "a b x y c e"),
        ("within # days", "within 14 days"),
        ("within # days", "within 1.5 days"),
        ("top #%", "top 10%"),
        ("Größe", "die GRÖSSE ist die Größe"),
    ],
)
def test_a_phrase_fits(phrase: str, text: str) -> None:
    assert phrases(x=[phrase]).find("x", plainly(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("last chance", "the last of chances"),
        ("last chance", "at last. chance has it"),
        ("last chance", "blast chance"),
        ("last chance", "last chances"),
        ("reply ... by friday", "reply. We meet by friday"),
        ("reply ... by friday", "reply if you like, or meet by friday"),
        ("reply ... by friday", "reply one two three four five six seven by friday"),
        ("within # days", "within some days"),
        ("(today|tomorrow) only", "only today"),
        ("miss it", "misses it"),
    ],
)
def test_a_phrase_does_not_fit(phrase: str, text: str) -> None:
    assert phrases(x=[phrase]).find("x", plainly(text)) is None


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("a (b|c", "bracket"),
        ("a b) c", "bracket"),
        ("... by friday", "begin and end"),
        ("reply ...", "begin and end"),
        ("(a|)", "needs a word"),
        ("(a|b|c|d|e|f|g|h)" * 5, "too many ways"),
    ],
)
def test_a_phrase_that_cannot_be_used_is_named_with_its_list(phrase: str, why: str) -> None:
    with pytest.raises(BadInput, match=rf"\[en\] x: .*{why}"):
        phrases(x=["fine", phrase])


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "no \\[en\\]"),
        ({"en": {"x": ["a"]}}, "groups of lists"),
        ({"en": ["a"]}, "groups of lists"),
        ({"en": {"g": {"x": "a"}}}, "\\[en\\] x must be a list"),
        ({"en": {"g": {"x": ["a", ""]}}}, "\\[en\\] x must be a list"),
        ({"en": {"g": {"x": [1]}}}, "\\[en\\] x must be a list"),
        ({"en": {"g": {"x": ["a"], "y": ["b"]}}, "de": {"g": {"x": ["c"]}}}, "\\[de\\] has no y"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_what_is_wrong(told: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        manner_from(told)


def test_a_list_nobody_wrote_is_asked_for_by_name() -> None:
    with pytest.raises(BadInput, match=r"\[en\] has no list nothing"):
        phrases(x=["a"]).find("nothing", "a")


def test_a_list_may_stand_for_a_word_of_another() -> None:
    own = phrases(when=["monday", "(this|next) week"], x=["by {when}", "in {month}"])
    assert own.find("x", "by next week")
    assert own.find("x", "by monday")
    assert own.find("x", "by tuesday") is None


def test_of_two_phrases_the_first_is_found_and_in_one_place_the_longer() -> None:
    own = phrases(x=["last", "last chance", "your last"])
    match = own.find("x", "this is your last chance")
    assert match
    assert match[0] == "your last"
    longer = own.find("x", "the last chance")
    assert longer
    assert longer[0] == "last chance"


def test_the_words_of_a_list_can_be_asked_for() -> None:
    assert phrases(x=["Don't", "no"]).words("x") == {"dont", "no"}


def test_a_letter_is_searched_sentence_by_sentence_and_the_subject_first() -> None:
    letter = Letter("One chance. No other.\n\nA last chance? A chance.", "Chance")
    places = [(sentence.index, match[0]) for sentence, match in phrases(x=["chance"]).among("x", letter)]
    assert places == [(-1, "chance"), (0, "chance"), (2, "chance"), (3, "chance")]


def spans(matches: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in matches]


MAYBE = "(a|)"
WORDS = st.sampled_from(["reply", "now", "by", "monday", "a", "don't", "0-to-1", "#", "c++", "'t", "(now|by)", MAYBE])
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from(["14", "2nd", "dont", "'t", "3.5", "'"])), max_size=8).map(" ".join)


@given(
    phrase=st.lists(WORDS, min_size=1, max_size=3).filter(lambda words: set(words) != {MAYBE}).map(" ".join), text=TEXTS
)
def test_looking_for_the_words_first_misses_nothing(phrase: str, text: str) -> None:
    plain = plainly(text)
    searched_sign_by_sign = re.finditer(rf"(?<!\w)(?:{read_wording(phrase).pattern})(?!\w)", plain)
    assert spans(phrases(x=[phrase]).each("x", plain)) == spans(searched_sign_by_sign)


@given(st.text(alphabet="ab(|).#' ", max_size=12))
def test_whatever_is_written_is_a_phrase_or_said_to_be_none(text: str) -> None:
    with suppress(BadInput):
        own = phrases(x=[text])
        assert len(own.each("x", "a b")) <= len("a b") + 1
        assert all(word for source in own.sought["x"].sources for words in source.needs for word in words)


# The file that is shipped.


def test_both_languages_have_the_same_lists_in_the_same_groups() -> None:
    told = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    groups = {lang: {group: set(lists) for group, lists in told[lang].items()} for lang in ("en", "de")}
    assert groups["en"].keys() >= {"manners"}
    assert groups["en"] == groups["de"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_shipped_phrase_can_be_used(language: str) -> None:
    own = manner().of(language)
    sources = [source for name in own.groups["manners"] for source in own.sought[name].sources]
    # They are compiled when they are first searched.
    assert all(list(source.each("")) == [] for source in sources)
    assert len(sources) > 500


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_list_says_the_same_twice(language: str) -> None:
    own = manner().of(language)
    twice = {
        name: phrase
        for name in own.groups["manners"]
        for phrase in own.lists[name]
        if own.lists[name].count(phrase) > 1
    }
    assert twice == {}


def test_every_limit_has_a_comment_or_stands_below_one() -> None:
    lines = CONFIG.read_text(encoding="utf-8").partition("[limits]\n")[2].partition("\n[")[0].splitlines()
    knobs = [line for line in lines if line.strip() and not line.startswith("#")]
    assert {line.partition(" = ")[0] for line in knobs} == set(manner().limits)
    assert [line for line in knobs if "#" not in line] == []
