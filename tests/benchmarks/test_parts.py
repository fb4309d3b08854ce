"""The benchmarks run: each on a handful of people, and what it says is about what it did."""

from importlib import import_module
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import compose, courtesy, delivery, due, importing, planning, shortlist
from benchmarks.figures import Figure
from rekindle.courtesy.check import check, is_clean
from rekindle.courtesy.letter import read_letter


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # The processes that benchmarks start find them here.
    monkeypatch.setenv("PYTHONPATH", str(Path(benchmarks.__file__).parents[1]))


def said(figures: list[Figure]) -> dict[str, str]:
    return {figure.what.strip(): figure.measured for figure in figures}


def test_importing_measures_the_real_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "SMALL", 3)
    monkeypatch.setattr(importing, "LARGE", 5)
    told = said(importing.figures())
    assert told["import of 5 rows"].endswith(" rows/s")
    assert 0.5 < float(told["as a ratio"]) < 2


def test_planning_plans_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "CANDIDATES", 20)
    monkeypatch.setattr(planning, "FEW", 5)
    assert said(planning.figures())["who is due, with what and why not"].endswith(" candidates/s")


def test_who_is_due_is_found_by_the_index_on_both_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, small in (("MANY", 300), ("FEW", 60), ("DUE", 20), ("ROUNDS", 1)):
        monkeypatch.setattr(due, name, small)
    found = due.figures()
    assert "SQLite: who is due, 20 of 300" in said(found)
    assert next(figure.measured for figure in found if figure.what.strip() == "walks the index") == "yes"


def test_a_shortlist_is_timed_by_how_many_fit_on_both_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, few in {"CANDIDATES": 200, "FEW": 10, "TIMES": 1}.items():
        monkeypatch.setattr(shortlist, name, few)
    told = said(shortlist.figures())
    assert all(measured.endswith(" ms") for measured in told.values())
    shares = [what for what in told if "something in common, SQLite" in what]
    assert [what.split(", ")[2].split(" %")[0] for what in shares] == ["0", "1", "10", "50"]


def test_the_courtesy_check_reads_honest_letters_and_others(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, few in {"LETTERS": 5, "OTHERS": 2, "ROUNDS": 1}.items():
        monkeypatch.setattr(courtesy, name, few)
    rates = [measured for measured in said(courtesy.figures()).values() if measured.endswith(" letters/s")]
    assert len(rates) == 2
    for form, clean in ((courtesy.GOOD, True), (courtesy.PUSHY, False)):
        letter = read_letter(courtesy.text(form, 7))
        assert is_clean(check(letter, courtesy.dossier(7, ()), courtesy.manner())) is clean


def test_composing_compares_with_the_usual_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "MESSAGES", 25)
    assert all("x faster" in figure.measured for figure in compose.figures())


def test_delivery_sends_every_letter_on_both_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, few in {"LETTERS": 20, "SAMPLE": 10, "ROUNDS": 1}.items():
        monkeypatch.setattr(delivery, name, few)
    told = said(delivery.figures())
    rates = {what.rpartition(" ")[2]: rate for what, rate in told.items() if what.startswith("deliver 20 updates of ")}
    assert all(rate.endswith(" messages/s") for rate in rates.values())
    assert "SQLite" in rates
    assert sum(int(figure.split("%")[0]) for what, figure in told.items() if what.startswith("share")) in range(98, 103)


def test_a_benchmark_that_does_not_exist_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmarks.main(["importing", "flying"]) == 2
    choice = ", ".join(benchmarks.PARTS)
    assert f"there is no benchmark flying: choose of {choice}" in capsys.readouterr().err


def test_what_was_measured_is_shown_in_one_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in benchmarks.PARTS:
        part = import_module(f"benchmarks.{name}")
        monkeypatch.setattr(part, "figures", lambda name=name: [Figure(f"speed of {name}", "1/s", "2/s")])
    assert benchmarks.main([]) == 0
    shown = capsys.readouterr().out
    assert [f"speed of {part}" in shown for part in benchmarks.PARTS] == [True] * len(benchmarks.PARTS)
