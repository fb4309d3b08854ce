"""Figures a letter gives about the person: those of the notes, honestly rounded, and no others."""

import pytest

from rekindle.courtesy.claims.counting import figures_in, shares_in
from rekindle.courtesy.finding import Severity
from tests.courtesy.people import GERMAN, good_letter, manner, sarah
from tests.courtesy.truths import judged, noted, said_of, untrue

NORTHWIND = "took returns at Northwind down by a third and signed 40,000 shops in six years"


@pytest.mark.parametrize(
    "line",
    [
        "The returns at Northwind halved while you were responsible.",
        "Returns at Northwind went down by 60 percent with you.",
        "The 90,000 shops you signed at Northwind are a lot.",
        "Half a million shops at Northwind signed with you.",
        "Your eleven years there taught you much.",
        "You spent more than nine years in shops like ours.",
    ],
)
def test_another_figure_than_the_one_on_record_is_refused(line: str) -> None:
    assert said_of(line, **noted("background", NORTHWIND)).get("claimed-figure") is Severity.REFUSE


@pytest.mark.parametrize(
    "line",
    [
        "Returns at Northwind went down by 33 percent with you.",
        "Returns at Northwind fell by about 30 % with you.",
        "You signed 40k shops for Northwind.",
        "You signed more than 30,000 shops for Northwind.",
        "Forty thousand customers of ours return a quarter of what they buy.",
        "Your six years there taught you much.",
        "It takes half an hour to see why I thought of Northwind.",
    ],
)
def test_the_figure_on_record_passes_as_people_say_it(line: str) -> None:
    assert "claimed-figure" not in said_of(line, **noted("background", NORTHWIND))


def test_years_that_nobody_noted_are_refused() -> None:
    assert said_of("Your twelve years in retail would help.").get("claimed-figure") is Severity.REFUSE


@pytest.mark.parametrize(("years", "is_true"), [("neun", True), ("fünfzehn", False)])
def test_years_are_counted_in_german_too(years: str, *, is_true: bool) -> None:
    letter = good_letter(GERMAN, extra=f"Deine {years} Jahre im Handel würden uns helfen.")
    dossier = sarah(language="de", **noted("background", "neun Jahre im Handel und viel Erfahrung mit Filialen"))
    assert ("claimed-figure" not in judged(untrue(letter, dossier))) is is_true


def test_numbers_are_read_in_digits_and_in_words() -> None:
    english = manner().of("en")
    told = figures_in(english, "half a million users, 12k shops, two hundred stores and 1,500.50 euros")
    assert [figure.number for figure in told] == [500_000, 12_000, 200, 1500.5]


def test_shares_are_read_in_percent() -> None:
    german = manner().of("de")
    assert [share.number for share in shares_in(german, "um 40 Prozent, ein Drittel, verdoppelt")] == [40, 33.3, 100]


@pytest.mark.parametrize(
    "number",
    [
        "2.2.2026",
        "1.000,50",
        "3.14.15",
        "1..2",
        "12/3",
        "½",
        "²",
        "1e9",
        "９０",
        "1,2,3.4",
        "Ⅳ",
        "99999999999999999999",
    ],
)
def test_a_number_that_is_none_stops_no_check(number: str) -> None:
    line = f"On {number} you signed {number} shops in {number} minutes, which is {number} percent."
    assert said_of(line, **noted("background", NORTHWIND)) is not None
    assert (
        judged(untrue(good_letter(GERMAN, extra=f"Am {number} waren es {number} Läden und {number} Minuten.")))
        is not None
    )


def test_a_date_is_no_figure() -> None:
    assert figures_in(manner().of("en"), "since 2.2.2026 users of ours wait") == ()
