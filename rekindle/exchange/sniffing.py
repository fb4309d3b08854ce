"""Finds out what a file is by its content, never by its name, and that all of it is text, before a row is read."""

import codecs
from pathlib import Path
from typing import Literal

from rekindle.errors import BadInput

Form = Literal["rekindle", "csv"]

_HEAD = 1 << 16
_CHUNK = 1 << 20
_SAVE_AS_CSV = "open it and save it as “CSV UTF-8”"
_BEGINNINGS = (
    (b"PK\x03\x04", f"an Excel workbook or a zip archive: {_SAVE_AS_CSV}"),
    (b"\xd0\xcf\x11\xe0", f"an old Excel workbook: {_SAVE_AS_CSV}"),
    (b"%PDF", "a PDF: export the list as CSV instead"),
    (b"{\\rtf", "a text document (RTF): save it as plain text"),
    (b"\x1f\x8b", "compressed: unpack it with gunzip"),
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_head(path: Path) -> bytes:
    """Return how the file begins. Raises BadInput when there is nothing to read or it is known to be no text."""
    if not path.is_file():
        raise BadInput(f"{path} is no file" if path.exists() else f"there is no file {path}")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from None
    if not head:
        raise BadInput(f"{path} is empty")
    for beginning, what in _BEGINNINGS:
        if head.startswith(beginning):
            raise BadInput(f"{path} is {what}")
    return head


def encoding_of(path: Path, head: bytes, declared: str | None) -> str:
    """Return the encoding: what was declared, else what the byte order mark or the zero bytes say, else UTF-8."""
    if declared:
        return _declared(declared, head)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding
    encoding = _utf16_without_mark(head)
    if encoding == "utf-8" and b"\0" in head:
        raise _binary(path)
    return encoding


def verify_text(path: Path, encoding: str) -> None:
    """Decode the whole file once. Raises BadInput at the first byte that is no text in that encoding.

    A last letter cut in half passes: that is half a file, and costs its last row only.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                raise _undecodable(path, encoding, lines, error) from None
            except UnicodeError as error:
                raise BadInput(f"{path} is not {encoding.upper()}: {error}") from None
            if "\0" in text:
                raise _binary(path)
            lines += text.count("\n")


def form_of(path: Path, head: bytes, encoding: str, claimed: Form | None) -> Form:
    """Say what the text is. Raises BadInput when it is something else, or not what was claimed."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head).lstrip()
    if not text:
        raise BadInput(f"{path} is empty but for spaces")
    if text[0] == "<":
        raise BadInput(f"{path} is a web page or XML, no list; was it saved while signed out?")
    if text[0] == "[":
        raise BadInput(f"{path} is one JSON array; make it one candidate a line: jq -c '.[]' < FILE > candidates.jsonl")
    found: Form = "rekindle" if text[0] == "{" else "csv"
    if found == "rekindle" and not text.partition("\n")[0].strip("{ \t\r"):
        raise BadInput(
            f"{path} spreads a JSON object over lines; make it one a line: jq -c . < FILE > candidates.jsonl"
        )
    if claimed and claimed != found:
        what = {"rekindle": "JSON Lines", "csv": "CSV"}
        raise BadInput(f"{path} should be {what[claimed]} but looks like {what[found]}")
    return found


def _declared(name: str, head: bytes) -> str:
    try:
        "".encode(name)  # refuses codecs that are no encodings of text
        canonical = codecs.lookup(name).name
    except (LookupError, UnicodeError, ValueError):
        raise BadInput(f"there is no encoding {name!r}; usual are utf-8, utf-16, cp1252, iso8859-1") from None
    marked = (of for mark, of in _BYTE_ORDER_MARKS if head.startswith(mark) and of.startswith(canonical[:6]))
    return next(marked, canonical)


def _utf16_without_mark(head: bytes) -> str:
    """Letters of the Latin script are every second byte zero in UTF-16, and names in other scripts have commas too."""
    pairs = max(1, len(head) // 2)
    even, odd = head[0::2].count(0) / pairs, head[1::2].count(0) / pairs
    often, rarely = 0.3, 0.02
    if odd > often and even < rarely:
        return "utf-16-le"
    return "utf-16-be" if even > often and odd < rarely else "utf-8"


def _binary(path: Path) -> BadInput:
    return BadInput(f"{path} is a binary file, no text")


def _undecodable(path: Path, encoding: str, lines: int, error: UnicodeDecodeError) -> BadInput:
    before = error.object[: error.start].decode(error.encoding, "ignore")
    place = f"line {lines + before.count(chr(10))}: the byte 0x{error.object[error.start]:02X}"
    if not encoding.startswith("utf-8"):
        return BadInput(f"{path}, {place} is not {encoding.upper()}")
    return BadInput(
        f"{path}, {place} is not UTF-8. If it was saved as Windows-1252 (Latin-1), convert it:"
        " iconv -f WINDOWS-1252 -t UTF-8 < FILE > candidates.csv; or import it with --encoding cp1252"
    )
