"""CSV: the same rules as JSON Lines, the columns found by their headers, and a bad row costs itself alone."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from rekindle.exchange.lines import LONGEST
from rekindle.exchange.presets import Preset
from rekindle.exchange.reading import Bad, Good, open_rows
from rekindle.exchange.record import ApplicationRecord, NoteRecord
from tests.exchange.samples import TODAY, Write, bad, good, refused, said

HEAD = ("source", "source_id", "given_name", "email", "role", "outcome", "decided_on")
ROW = ("old-ats", "17", "Íris", "iris@example.org", "Editor", "rejected", "2026-05-02")


def table(*rows: Sequence[str], head: Sequence[str] = HEAD, delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\n" for row in (head, *rows))


def changed(**cells: str) -> list[str]:
    return [cells.get(name, cell) for name, cell in zip(HEAD, ROW, strict=True)]


def test_the_newest_application_stands_flat(write: Write) -> None:
    (found,) = good(open_rows(write(table(ROW))))
    assert (found.source, found.source_id, found.given_name, found.family_name) == ("old-ats", "17", "Íris", "")
    assert found.applications == (ApplicationRecord("Editor", "rejected", decided_on=date(2026, 5, 2)),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_end_are_found(write: Write, delimiter: str, end: str) -> None:
    rows = open_rows(write(table(ROW, ROW, delimiter=delimiter).replace("\n", end)))
    assert [(type(row), row.line) for row in rows] == [(Good, 2), (Good, 3)]


@pytest.mark.parametrize("head", [("SOURCE", "Source ID", "Given-Name", "E-Mail", "Role ", "out_come", "Decided  On")])
def test_headers_are_blind_to_case_spaces_and_hyphens(write: Write, head: tuple[str, ...]) -> None:
    assert len(good(open_rows(write(table(ROW, head=head))))) == 1


def test_lists_flags_days_and_notes(write: Write) -> None:
    head = (*HEAD, "tags", "finalist", "applied_on", "note_strength", "note_internal", "reason", "reason_sayable")
    row = (*ROW, '"silver medal; b, c;;"', "Ja", "01.02.2026", "kind", "shy", "others knew more", "yes")
    (found,) = good(open_rows(write(table(row, head=head)), date_order="dmy"))
    application = found.applications[0]
    assert found.tags == ("silver medal", "b, c")
    assert application.finalist
    assert application.applied_on == date(2026, 2, 1)
    assert application.reason
    assert application.reason.sayable
    assert found.notes == (NoteRecord("strength", "kind"), NoteRecord("internal", "shy"))


def test_empty_cells_say_nothing(write: Write) -> None:
    head = ("given_name", "email", "role", "outcome", "finalist", "reason_sayable", "consent_basis", "tags")
    (found,) = good(open_rows(write(table(("Ada", "ada@example.org", "", "", "no", "no", "", " ; "), head=head))))
    assert found.applications == ()
    assert found.consent.basis == "unknown"
    assert found.tags == ()


def test_a_row_without_an_id_is_known_by_its_address(write: Write) -> None:
    head = ("given_name", "email")
    rows = (("Ada", "Ada@example.org"), ("Ada", "ada@EXAMPLE.org"), ("Bo", "bo@example.org"))
    one, same, other = good(open_rows(write(table(*rows, head=head))))
    assert one.source == "csv"
    assert one.source_id == same.source_id != other.source_id
    assert "ada" not in one.source_id


def test_a_source_that_is_named_wins_over_the_column(write: Write) -> None:
    assert good(open_rows(write(table(ROW)), source="archive"))[0].source == "archive"


def test_problems_are_said_under_the_header_of_the_file(write: Write) -> None:
    head = ("Source", "Source ID", "Given Name", "E-Mail", "Role", "Outcome", "Decided On")
    (row,) = bad(open_rows(write(table(changed(email="x", outcome="maybe", decided_on="soon"), head=head))))
    assert row.line == 2
    assert {problem.column for problem in row.problems} == {"E-Mail", "Outcome", "Decided On"}
    assert [problem.value_shown for problem in row.problems if problem.column == "Outcome"] == ["maybe"]


def test_a_problem_of_a_note_names_its_column(write: Write) -> None:
    row = (*ROW, "fine", "x" * 4001)
    (found,) = bad(open_rows(write(table(row, head=(*HEAD, "Note Strength", "Note Internal")))))
    assert found.problems[0].column == "Note Internal"


def test_an_ambiguous_day_is_refused_until_its_order_is_declared(write: Write) -> None:
    file = write(table(changed(decided_on="04/05/2026")))
    assert "declare their order: dmy or mdy" in said(bad(open_rows(file))[0])
    assert good(open_rows(file, date_order="dmy"))[0].applications[0].decided_on == date(2026, 5, 4)
    assert good(open_rows(file, date_order="mdy"))[0].applications[0].decided_on == date(2026, 4, 5)


def test_what_is_dated_in_the_future_is_refused(write: Write) -> None:
    assert "future" in said(bad(open_rows(write(table(changed(decided_on="2027-05-02"))), today=TODAY))[0])


def test_too_few_and_too_many_columns_are_bad(write: Write) -> None:
    rows = open_rows(write(table(ROW, ROW[:-1], (*ROW, "more"), (*ROW, "", ""), ROW)))
    assert [(type(row), row.line) for row in rows] == [(Good, 2), (Bad, 3), (Bad, 4), (Good, 5), (Good, 6)]
    assert said(bad(rows)[0]) == "line: 6 columns; expected 7, as in the header"


def test_a_row_over_several_lines_is_known_by_its_first(write: Write) -> None:
    head = (*HEAD, "note_internal")
    rows = open_rows(write(table((*ROW, '"one\n\nthree, ""four"""'), (*ROW, "x"), ROW, head=head)))
    assert [(type(row), row.line) for row in rows] == [(Good, 2), (Good, 5), (Bad, 6)]
    assert good(rows)[0].notes[0].text == 'one\n\nthree, "four"'


@pytest.mark.parametrize("broken", ['"open,quote', 'x,"y"z,w', '"', '17,"' + "x" * 200_000 + '"'])
def test_a_row_with_broken_quotes_takes_no_other_with_it(write: Write, broken: str) -> None:
    rows = open_rows(write(table(ROW) + broken + "\n" + table(ROW, ROW, head=ROW)))
    assert [(type(row), row.line) for row in rows] == [(Good, 2), (Bad, 3), (Good, 4), (Good, 5), (Good, 6)]


def test_an_open_quote_far_from_the_end_costs_one_row(write: Write) -> None:
    rows = open_rows(write(table(ROW) + '"open\n' + (",".join(ROW) + "\n") * 5000))
    assert [row.line for row in bad(rows)] == [3]
    assert len(good(rows)) == 5001


def test_a_line_that_does_not_end_is_bad_and_not_in_memory(write: Write) -> None:
    rows = open_rows(write(table(ROW) + "x," * LONGEST + "\n" + table(head=ROW)))
    assert [(type(row), row.line) for row in rows] == [(Good, 2), (Bad, 3), (Good, 4)]


def test_half_a_file_loses_its_last_row_only(write: Write) -> None:
    whole = table(ROW, changed(given_name="Ó")).encode()
    rows = open_rows(write(whole[: whole.index("Ó".encode()) + 1]))
    assert [(type(row), row.line) for row in rows] == [(Good, 2), (Bad, 3)]


def test_empty_rows_are_nothing(write: Write) -> None:
    rows = open_rows(write("\n" + table(ROW) + "\n,,,,,,\n  \n" + ",".join(ROW)))
    assert [(type(row), row.line) for row in rows] == [(Good, 3), (Good, 7)]


def test_cells_that_could_be_formulas_are_text(write: Write) -> None:
    found = good(open_rows(write(table(changed(role="=1+1", given_name="@Ada")))))[0]
    assert (found.applications[0].role, found.given_name) == ("=1+1", "@Ada")


def test_columns_nothing_is_read_from_are_named(write: Write) -> None:
    rows = open_rows(write(table((*ROW, "030", ""), head=(*HEAD, "Phone", ""))))
    assert rows.unread == ("Phone",)
    assert len(good(rows)) == 1


def test_two_columns_of_one_name_are_refused(write: Write) -> None:
    assert "two columns are called E-Mail" in refused(write(table(head=(*HEAD, "E-Mail"))))
    assert len(good(open_rows(write(table((*ROW, "a", "b"), head=(*HEAD, "Other", "Other")))))) == 1


def test_a_list_without_addresses_or_names_is_refused(write: Write) -> None:
    assert "no column email" in refused(write("given_name,Mail address\nAda,ada@example.org\n"))
    assert "Mail address" in refused(write("given_name,Mail address\n"))
    assert "no column given_name" in refused(write("email\n"))


def test_a_header_alone_is_an_empty_list(write: Write) -> None:
    assert list(open_rows(write(table()))) == []


@pytest.mark.parametrize(
    ("order", "given", "family"),
    [("whole", "Nguyễn Minh Anh", ""), ("given-first", "Nguyễn Minh", "Anh"), ("family-first", "Minh Anh", "Nguyễn")],
)
def test_a_full_name_is_cut_only_where_that_is_declared(write: Write, order: str, given: str, family: str) -> None:
    preset = Preset("own", full_name=order)  # type: ignore[arg-type]  # the words are the cases
    rows = open_rows(write("full_name,email\nNguyễn Minh Anh,a@example.org\nWulan,w@example.org\n"), preset=preset)
    first, mononym = good(rows)
    assert (first.given_name, first.family_name) == (given, family)
    assert (mononym.given_name, mononym.family_name) == ("Wulan", "")


def test_the_same_file_reads_the_same_under_any_name(write: Write, tmp_path: Path) -> None:
    file = tmp_path / "candidates.jsonl"
    file.write_text(table(ROW), encoding="utf-8")
    assert open_rows(file).form == "csv"
