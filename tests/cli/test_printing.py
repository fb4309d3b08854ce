import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rekindle.cli import printing


def test_what_a_terminal_would_act_upon_is_escaped() -> None:
    assert printing.cell("a\x1b[2J\rb\u202ec") == "a\\x1b[2J\\rb\\u202ec"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (["a", 1], "a, 1"),
        (date(2026, 10, 13), "2026-10-13"),
        (datetime(2026, 10, 13, 8, 0, tzinfo=UTC), "2026-10-13 08:00"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_values_are_written_for_people(value: object, shown: str) -> None:
    assert printing.cell(value) == shown


def test_json_keeps_names_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"name": "Zoë", "on": date(2026, 10, 13), "at": datetime(2026, 10, 13, tzinfo=UTC), "in": Path("var")}
    printing.as_json(value)
    out = capsys.readouterr().out
    assert "Zoë" in out
    assert json.loads(out) == {"name": "Zoë", "on": "2026-10-13", "at": "2026-10-13T00:00:00+00:00", "in": "var"}


def test_what_has_no_form_in_json_is_an_error_of_ours() -> None:
    with pytest.raises(TypeError, match="object has no form in JSON"):
        printing.as_json(object())


def test_a_table_stays_within_the_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    printing.table(("no!", "text"), [(1, "word " * 60), (2, "x" * 200)], empty="")
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 60


def test_what_is_not_known_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    printing.facts({"a": None, "long name": "b", "c": "", "d": [], "e": 0})
    assert capsys.readouterr().out == "long name  b\ne          0\n"
