"""What the text of one CSV cell means: a day, a yes or no, a list. What it cannot mean is refused, never guessed."""

import re
from datetime import date
from typing import Literal

from rekindle.exchange import forms
from rekindle.exchange.forms import NUMBERS, iso_day

DateOrder = Literal["dmy", "mdy"]

_YES = {"yes", "y", "true", "t", "1", "x", "ja", "j", "wahr", "oui", "vrai", "si", "sí", "verdadero", "tak", "sim"}
_NO = {"no", "n", "false", "f", "0", "-", "nein", "falsch", "non", "faux", "falso", "nie", "não"}
_YEAR_FIRST = re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})(?:[ T].*)?", re.ASCII)
_BARE_LINKEDIN = re.compile(r"(?:[a-z]{2,3}\.)?linkedin\.com/", re.IGNORECASE)
_EXAMPLES = {"dmy": "day, month, year, such as 02.05.2026", "mdy": "month, day, year, such as 05/02/2026"}


def day(text: str, order: DateOrder | None) -> date | None:
    """Read ISO 8601 or year/month/day; numbers in another order only when that order is declared."""
    iso = iso_day(text)
    if iso is not None:
        return iso
    year_first = _YEAR_FIRST.fullmatch(text)
    if year_first:
        return _date(year_first[1], year_first[3], year_first[4])
    numbers = NUMBERS.fullmatch(text) if order else None
    if numbers is None:
        return None
    if order == "dmy":
        return _date(numbers[4], numbers[3], numbers[1])
    return _date(numbers[4], numbers[1], numbers[3])


def expected_day(text: str, order: DateOrder | None) -> str:
    """Say what a cell that is no day should have been."""
    if order:
        return f"a day that exists, as 2026-05-02 or as {_EXAMPLES[order]}"
    if NUMBERS.fullmatch(text):
        return "a date such as 2026-05-02; if all dates of the file are so, declare their order: dmy or mdy"
    return forms.expected_day(text)


def flag(text: str) -> bool | None:
    """Read yes or no in the words that spreadsheets use; None for anything else."""
    word = text.casefold()
    return True if word in _YES else False if word in _NO else None


def items(text: str) -> list[str]:
    """Read a list separated by `;`."""
    return [item.strip() for item in text.split(";") if item.strip()]


def link(text: str) -> str:
    """Complete a LinkedIn address that was written without its beginning."""
    return f"https://{text}" if _BARE_LINKEDIN.match(text) else text


def _date(year: str, month: str, day_of_month: str) -> date | None:
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None
