"""JSON Lines: one line is one candidate, and a bad line costs itself alone."""

import json

import pytest

from rekindle.exchange.lines import LONGEST
from rekindle.exchange.reading import Bad, Good, open_rows
from tests.exchange.samples import TODAY, Write, bad, decoded, good, jsonl, note, record, refused, said


def test_every_line_is_a_candidate_with_its_number(write: Write) -> None:
    rows = open_rows(write(jsonl(decoded(), decoded(source_id="c-2"))), today=TODAY)
    assert rows.form == "rekindle"
    assert [row.line for row in rows] == [1, 2]
    assert good(rows) == [record(), record(source_id="c-2")]


def test_blank_lines_are_nothing_but_count(write: Write) -> None:
    rows = list(open_rows(write("\n\n" + jsonl(decoded()) + " \t\n" + jsonl(decoded(email="x")))))
    assert [(type(row), row.line) for row in rows] == [(Good, 3), (Bad, 5)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(write: Write, end: str) -> None:
    rows = open_rows(write(jsonl(decoded(), decoded(), decoded()).replace("\n", end)))
    assert [row.line for row in rows if isinstance(row, Good)] == [1, 2, 3]


def test_separators_within_a_text_do_not_end_a_line(write: Write) -> None:
    text = "one\u2028two\u2029three"
    rows = open_rows(write(jsonl(decoded(notes=[note(text=text)]), decoded())))
    assert [row.line for row in rows] == [1, 2]
    assert good(rows)[0].notes[0].text == text


def test_half_a_file_loses_its_last_line_only(write: Write) -> None:
    whole = jsonl(decoded(), decoded(given_name="Łucja")).encode()
    for cut in (whole[:-40], whole[: whole.rindex("Ł".encode()) + 1]):
        rows = open_rows(write(cut))
        assert len(good(rows)) == 1
        (row,) = bad(rows)
        assert row.line == 2
        assert "is the file cut?" in said(row)


@pytest.mark.parametrize(
    "line",
    [
        "{'a': 1}",
        '{"a": NaN}',
        '{"a": 1} {"b": 2}',
        '"text"',
        "[1]",
        "12",
        "{" * 5000,
        '{"a":' + "9" * 5000 + "}",
        '{"a": \x01}',
    ],
)
def test_a_line_that_is_no_object_of_json_is_bad(write: Write, line: str) -> None:
    rows = open_rows(write(jsonl(decoded()) + line + "\n" + jsonl(decoded())))
    assert [type(row) for row in rows] == [Good, Bad, Good]
    (row,) = bad(rows)
    assert row.line == 2
    assert row.problems[0].value_shown.isprintable()


def test_deep_nesting_is_bad_and_not_the_end(write: Write) -> None:
    rows = open_rows(write(jsonl(decoded()) + '{"a":' + "[" * 200_000 + "\n" + jsonl(decoded())))
    assert [type(row) for row in rows] == [Good, Bad, Good]


def test_a_name_that_stands_twice_would_lose_one_value(write: Write) -> None:
    line = json.dumps(decoded()).replace('"city"', '"city": "Riga", "city"')
    (row,) = bad(open_rows(write(line)))
    assert row.problems[0].column == "city"
    assert "once" in said(row)


def test_a_line_that_does_not_end_is_bad_and_not_in_memory(write: Write) -> None:
    giant = '{"source": "' + "x" * (3 * LONGEST) + '"}\n'
    rows = list(open_rows(write(jsonl(decoded()) + giant + jsonl(decoded()))))
    assert [(type(row), row.line) for row in rows] == [(Good, 1), (Bad, 2), (Good, 3)]
    assert isinstance(rows[1], Bad)
    assert "1,000,000 characters" in said(rows[1])


def test_the_offset_goes_up_to_the_size_of_the_file(write: Write) -> None:
    rows = open_rows(write(jsonl(*[decoded(source_id=str(number)) for number in range(500)])))
    offsets = [row.offset for row in rows]
    assert offsets == sorted(offsets)
    assert offsets[0] < offsets[-1] == rows.total_bytes


def test_an_array_is_refused_with_the_way_out(write: Write) -> None:
    assert "jq -c '.[]'" in refused(write(json.dumps([decoded()])))


def test_an_object_spread_over_lines_is_refused_with_the_way_out(write: Write) -> None:
    assert "jq -c ." in refused(write(json.dumps(decoded(), indent=2)))


def test_options_for_csv_are_not_silently_ignored(write: Write) -> None:
    file = write(jsonl(decoded()))
    assert "leave these options out" in refused(file, date_order="dmy")
    assert "leave these options out" in refused(file, source="lever")
    assert "should be CSV" in refused(file, form="csv")


def test_rows_can_be_read_again(write: Write) -> None:
    rows = open_rows(write(jsonl(decoded())))
    assert good(rows) == good(rows) == [record()]


def test_a_file_that_is_cut_while_it_is_read_gives_bad_rows(write: Write) -> None:
    file = write(jsonl(decoded(), decoded()))
    rows = open_rows(file)
    file.write_bytes(jsonl(decoded()).encode() + b'{"given_name": "\xff\xfe')
    assert [type(row) for row in rows] == [Good, Bad]
