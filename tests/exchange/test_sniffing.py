"""What a file is, is found by its content; what it is not changes nothing."""

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.errors import BadInput
from rekindle.exchange.reading import Bad, Good, open_rows
from tests.exchange.samples import Write, bad, decoded, good, jsonl, refused

NAMES = ["Zoë", "Łukasz", "陈", "ليلى", "अनन्या", "Đức"]
JSON = jsonl(*[decoded(given_name=name) for name in NAMES])
CSV = "Given name,Email,Role,Outcome\n" + "".join(f"{name},a@example.org,Editor,rejected\n" for name in NAMES)
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16 LE with mark": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "UTF-16 BE with mark": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "UTF-16 LE": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: text.encode("utf-16-be"),
    "UTF-32 with mark": lambda text: text.encode("utf-32"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [JSON, CSV, JSON.replace("\n", "\r\n"), CSV.replace("\n", "\r\n")])
def test_names_survive_every_unicode_encoding(write: Write, encoding: str, text: str) -> None:
    rows = open_rows(write(ENCODINGS[encoding](text)))
    assert [record.given_name for record in good(rows)] == NAMES
    assert not bad(rows)


@pytest.mark.parametrize(
    ("declared", "content"),
    [
        ("UTF8", codecs.BOM_UTF8 + CSV.encode()),
        ("utf_8_sig", CSV.encode()),
        ("utf-16", CSV.encode("utf-16")),
        ("utf-16-le", codecs.BOM_UTF16_LE + CSV.encode("utf-16-le")),
        ("UTF-16BE", codecs.BOM_UTF16_BE + CSV.encode("utf-16-be")),
    ],
)
def test_a_mark_is_no_letter_when_the_encoding_is_declared(write: Write, declared: str, content: bytes) -> None:
    assert [record.given_name for record in good(open_rows(write(content), encoding=declared))] == NAMES


def test_what_is_not_unicode_is_refused_with_line_byte_and_way_out(write: Write) -> None:
    text = "Given name,Email\nAda,a@example.org\nRenée,r@example.org\n".encode("cp1252")
    message = refused(write(text))
    assert "line 3: the byte 0xE9" in message
    assert "iconv -f WINDOWS-1252" in message
    assert "--encoding cp1252" in message


def test_what_is_not_unicode_is_read_once_that_is_declared(write: Write) -> None:
    text = "Given name,Email,Role,Outcome\nRenée,r@example.org,Editor,open\n"
    rows = open_rows(write(text.encode("cp1252")), encoding="cp1252")
    assert good(rows)[0].given_name == "Renée"
    rows = open_rows(write(text.replace("Renée", "Łódź").encode("iso8859-2")), encoding="ISO-8859-2")
    assert good(rows)[0].given_name == "Łódź"


def test_one_bad_byte_at_the_end_of_a_long_file_changes_nothing(write: Write) -> None:
    lines = jsonl(decoded()) * 4000
    message = refused(write(lines.encode() + b'{"given_name": "Ren\xe9e"}\n'))
    assert "line 4001: the byte 0xE9" in message


def test_a_letter_on_the_border_of_two_pieces_is_one_letter(write: Write) -> None:
    for shift in range(4):
        text = "x" * ((1 << 20) - shift - 2) + "\n" + jsonl(decoded(given_name="𝒳"))
        rows = open_rows(write(jsonl(decoded()) + text))
        assert len(good(rows)) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "empty but for spaces"),
        (codecs.BOM_UTF8, "empty but for spaces"),
        (b"PK\x03\x04rest of a workbook", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08\x00", "gunzip"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"<?xml version='1.0'?>", "web page or XML"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"Given name,Email\nA\x00da,a@example.org\n", "binary"),
        (jsonl(decoded()).encode() * 300 + b"\0\n", "binary"),
        (b"\xff\xfe\x00", "empty but for spaces"),
        (b"Dear all,\nplease find the list below.\n", "names none of our columns"),
        (b"1,2,3\n4,5,6\n", "names none of our columns"),
    ],
)
def test_what_is_no_list_of_candidates_is_refused_as_what_it_is(write: Write, content: bytes, said: str) -> None:
    assert said in refused(write(content))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "there is no file" in refused(tmp_path / "nothing")
    assert "is no file" in refused(tmp_path)


def test_a_claim_that_does_not_hold_is_refused(write: Write) -> None:
    assert "should be JSON Lines but looks like CSV" in refused(write(CSV), form="rekindle")
    assert "should be CSV but looks like JSON Lines" in refused(write(JSON), form="csv")


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "base64", "utf-16\0"])
def test_an_encoding_that_is_none_is_refused(write: Write, name: str) -> None:
    assert "there is no encoding" in refused(write(CSV), encoding=name)


def test_the_wrong_declared_encoding_is_refused(write: Write) -> None:
    assert "is not UTF-16" in refused(write(CSV.encode()), encoding="utf-16")
    assert "is not ASCII" in refused(write(CSV.encode()), encoding="ascii")


MARKS = [b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9", b"\x80", b"\xed\xa0\x80", b"\xf0\x9f", b"\0", b"\x1a"]
SIGNS = [b"{", b"}", b'"', b"[", b"\n", b"\r", b",", b";", b"'", b"\\"]
WORDS = [b"Email", b"Given name", JSON.encode()[:700], CSV.encode()]
PIECES = st.sampled_from([*MARKS, *SIGNS, *WORDS])


@given(st.lists(PIECES | st.binary(max_size=10), max_size=8).map(b"".join))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_whatever_bytes_arrive_give_rows_or_one_clear_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "whatever"
    file.write_bytes(content)
    try:
        rows = list(open_rows(file))
    except BadInput:
        return
    assert all(isinstance(row, Good | Bad) for row in rows)
