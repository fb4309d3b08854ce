"""What one cell means."""

from datetime import date

import pytest

from rekindle.exchange import cells
from rekindle.exchange.cells import DateOrder

DAY = date(2026, 5, 2)


CLEAR = ["2026-05-02", "2026-05-02T10:00:00Z", "2026-05-02 10:00:00 UTC", "2026/5/2", "2026.05.02"]
NO_DAY = ["31.02.2026", "07.13.2026", "02.05.26", "02.05/2026", "２.５.2026", "May 2", "0", "45414"]


@pytest.mark.parametrize("text", CLEAR)
@pytest.mark.parametrize("order", [None, "dmy", "mdy"])
def test_a_year_in_front_is_clear_in_any_order(text: str, order: DateOrder | None) -> None:
    assert cells.day(text, order) == DAY


@pytest.mark.parametrize("text", ["02.05.2026", "2/5/2026", "02-05-2026", "02.05.2026 14:30", "02/05/2026, 14:30"])
def test_another_order_is_read_once_it_is_declared(text: str) -> None:
    assert cells.day(text, "dmy") == DAY
    assert cells.day(text, "mdy") == date(2026, 2, 5)
    assert cells.day(text, None) is None
    assert "declare their order" in cells.expected_day(text, None)


@pytest.mark.parametrize("text", NO_DAY)
def test_what_is_no_day_in_the_declared_order_is_refused(text: str) -> None:
    assert cells.day(text, "dmy") is None
    assert "02.05.2026" in cells.expected_day(text, "dmy")


def test_a_day_that_is_not_declared_is_refused_even_when_it_could_be_one_only() -> None:
    assert cells.day("25/12/2026", None) is None


def test_yes_and_no_have_many_words() -> None:
    assert [cells.flag(text) for text in ("yes", "Ja", "TRUE", "1", "sí")] == [True] * 5
    assert [cells.flag(text) for text in ("no", "Nein", "FALSE", "0", "não")] == [False] * 5
    assert [cells.flag(text) for text in ("maybe", "yes!", "2", "")] == [None] * 4


def test_lists_are_separated_by_semicolons() -> None:
    assert cells.items(" a ; b, c;;d; ") == ["a", "b, c", "d"]


def test_a_bare_linkedin_address_is_completed() -> None:
    assert cells.link("www.linkedin.com/in/x") == "https://www.linkedin.com/in/x"
    assert cells.link("linkedin.com/in/x") == "https://linkedin.com/in/x"
    assert cells.link("javascript:x") == "javascript:x"
