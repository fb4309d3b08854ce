"""Dates as people say them, and what they can honestly mean by it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.courtesy.days.moments import moments_in
from rekindle.courtesy.letter import Sentence, plainly
from rekindle.courtesy.scanning import scanner_of
from rekindle.courtesy.times import meant, said
from tests.courtesy.people import TODAY, manner

_FIVE_YEARS = 5 * 365 + 1
_TODAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@given(_TODAYS, st.integers(0, _FIVE_YEARS), st.sampled_from(["en", "de"]))
def test_what_is_said_of_a_day_can_mean_that_day(today: date, ago: int, language: str) -> None:
    that = today - timedelta(ago)
    words = said(that, today, language)
    span = meant(words, today, manner().of(language))
    assert span is not None, words
    assert span[0] <= that <= span[1], words


def test_for_every_day_of_the_last_five_years_seen_from_today() -> None:
    for language in ("en", "de"):
        for ago in range(_FIVE_YEARS + 1):
            span = meant(said(TODAY - timedelta(ago), TODAY, language), TODAY, manner().of(language))
            assert span is not None
            assert span[0] <= TODAY - timedelta(ago) <= span[1]


@pytest.mark.parametrize(
    ("that", "english", "german"),
    [
        ("2026-11-24", "today", "heute"),
        ("2026-11-23", "yesterday", "gestern"),
        ("2026-11-20", "a few days ago", "vor ein paar Tagen"),
        ("2026-11-16", "last week", "letzte Woche"),
        ("2026-11-03", "three weeks ago", "vor drei Wochen"),
        ("2026-10-27", "about a month ago", "vor etwa einem Monat"),
        ("2026-10-13", "six weeks ago", "vor sechs Wochen"),
        ("2026-09-30", "in September", "im September"),
        ("2026-06-10", "last summer", "letzten Sommer"),
        ("2026-04-20", "last spring", "letztes Frühjahr"),
        ("2026-01-31", "last winter", "letzten Winter"),
        ("2025-11-02", "last autumn", "letzten Herbst"),
        ("2025-06-30", "in summer 2025", "im Sommer 2025"),
        ("2025-01-15", "in January 2025", "im Januar 2025"),
        ("2024-11-10", "about two years ago", "vor etwa zwei Jahren"),
        ("2024-05-20", "about two and a half years ago", "vor etwa zweieinhalb Jahren"),
        ("2023-11-24", "about three years ago", "vor etwa drei Jahren"),
        ("2027-01-02", "in January 2027", "im Januar 2027"),
    ],
)
def test_a_day_is_said_as_a_person_would(that: str, english: str, german: str) -> None:
    assert said(day(that), TODAY) == english
    assert said(day(that), TODAY, "de") == german
    assert said(day(that), TODAY, "fr") == english


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("last spring", "2026-02-15", "2026-07-01"),
        ("this summer", "2026-05-18", "2026-10-01"),
        ("over the summer", "2026-05-18", "2026-10-01"),
        ("in April", "2026-03-27", "2026-05-05"),
        ("in April 2025", "2025-03-27", "2025-05-05"),
        ("in April last year", "2025-03-27", "2025-05-05"),
        ("in spring of last year", "2025-02-15", "2025-07-01"),
        ("back in May", "2026-04-26", "2026-06-05"),
        ("on 20 April", "2026-04-17", "2026-04-23"),
        ("on April 20th", "2026-04-17", "2026-04-23"),
        ("on 2026-04-20", "2026-04-17", "2026-04-23"),
        ("on 20.04.2026", "2026-04-17", "2026-04-23"),
        ("on 20 December", "2025-12-17", "2025-12-23"),
        ("in 2025", "2024-12-25", "2026-01-07"),
        ("in Q2", "2026-03-27", "2026-07-05"),
        ("in the second quarter of 2025", "2025-03-27", "2025-07-05"),
        ("earlier this year", "2026-01-01", "2026-11-24"),
        ("last year", "2024-12-18", "2026-01-14"),
        ("recently", "2026-09-10", "2026-11-24"),
        ("the other day", "2026-11-03", "2026-11-23"),
        ("over the past two months", "2026-09-05", "2026-11-24"),
    ],
)
def test_a_time_means_these_days(words: str, first: str, last: str) -> None:
    assert meant(words, TODAY, manner().of("en")) == (day(first), day(last))


@pytest.mark.parametrize(
    ("words", "inside", "outside"),
    [
        ("two months ago", ["2026-09-20", "2026-10-05"], ["2026-07-01", "2026-11-10"]),
        ("two or three months ago", ["2026-08-25", "2026-09-24"], ["2026-05-01", "2026-11-10"]),
        ("a few weeks ago", ["2026-10-10", "2026-11-05"], ["2026-08-01", "2026-11-20"]),
        ("half a year ago", ["2026-05-24", "2026-06-10"], ["2026-01-10", "2026-09-10"]),
        ("over a year ago", ["2025-10-01", "2025-06-01"], ["2026-04-20", "2024-01-01"]),
        ("almost a year ago", ["2025-12-20", "2026-01-20"], ["2026-06-01", "2025-08-01"]),
        ("a year and a half ago", ["2025-05-24"], ["2026-04-20", "2024-05-24"]),
        ("it has been six months", ["2026-05-24"], ["2026-10-01"]),
        ("last month", ["2026-10-05", "2026-10-31"], ["2026-08-20", "2026-11-20"]),
        ("before the summer", ["2026-04-20", "2026-05-10"], ["2026-09-01"]),
        ("after Christmas", ["2026-01-20"], ["2025-10-01", "2026-08-01"]),
        ("last winter", ["2026-01-15"], ["2025-01-15"]),
        ("early last year", ["2025-02-10"], ["2026-02-10", "2025-11-10"]),
    ],
)
def test_it_is_generous_at_the_edges_but_not_about_the_year(words: str, inside: list[str], outside: list[str]) -> None:
    span = meant(words, TODAY, manner().of("en"))
    assert span is not None
    assert all(span[0] <= day(each) <= span[1] for each in inside)
    assert not any(span[0] <= day(each) <= span[1] for each in outside)


@pytest.mark.parametrize(
    ("words", "that"),
    [
        ("letztes Frühjahr", "2026-04-20"),
        ("im Frühjahr", "2026-04-20"),
        ("im April letzten Jahres", "2025-04-20"),
        ("am 20. April", "2026-04-20"),
        ("vor gut einem Jahr", "2025-10-20"),
        ("vor einem halben Jahr", "2026-05-24"),
        ("vor anderthalb Jahren", "2025-05-24"),
        ("vor ein paar Wochen", "2026-10-20"),
        ("im Herbst 2025", "2025-10-20"),
        ("kürzlich", "2026-10-20"),
        ("im zweiten Quartal", "2026-05-20"),
        ("letzte Woche", "2026-11-17"),
    ],
)
def test_german_times_are_understood(words: str, that: str) -> None:
    span = meant(words, TODAY, manner().of("de"))
    assert span is not None
    assert span[0] <= day(that) <= span[1]
    assert (span[1] - span[0]).days < 370


@pytest.mark.parametrize(
    "words",
    [
        "next week",
        "in two weeks",
        "in the coming spring",
        "starting in January",
        "in three steps",
        "we may call",
        "a march of two hours",
        "your plans for the autumn",
        "",
    ],
)
def test_what_is_to_come_or_no_time_means_no_past_day(words: str) -> None:
    assert meant(words, TODAY, manner().of("en")) is None


def test_shortly_after_a_season_it_may_be_the_one_before() -> None:
    june = date(2026, 6, 5)
    for that in ("2026-04-20", "2025-04-20"):
        moments = moments_in(_sentence("last spring"), june, scanner_of(manner().of("en")))
        assert moments[0].fits(day(that))
    assert not moments[0].fits(date(2025, 9, 1))


def test_the_winter_of_a_year_may_be_two() -> None:
    winter = moments_in(_sentence("in winter 2025"), TODAY, scanner_of(manner().of("en")))[0]
    assert [winter.fits(day(each)) for each in ("2025-01-20", "2025-12-20", "2025-07-01")] == [True, True, False]


def test_a_sentence_may_name_several_times_and_each_stands_where_it_was_found() -> None:
    sentence = _sentence("We spoke in April, and again two months ago, not in 2024.")
    moments = moments_in(sentence, TODAY, scanner_of(manner().of("en")))
    assert [moment.quote for moment in moments] == ["in April", "two months ago", "2024"]


def _sentence(text: str) -> Sentence:
    return Sentence(text, plainly(text), 0, 0)
