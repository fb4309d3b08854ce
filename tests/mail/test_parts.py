"""Bodies on the wire: every line short and seven-bit, every word as it was."""

from email import message_from_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.errors import BadInput
from rekindle.mail.parts import part

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
AWKWARD = [
    "",
    "\n",
    "\n\n\n",
    ".\n..\n.a\n",
    "From me\nFrom From From you\n>From here\n" + "From " * 60,
    "x" * 69 + " From y",
    "trailing \nspaces\t\n",
    "one\rtwo\r\nthree\n\rfour",
    "x" * 5000,
    "=20 =\n=3D",
    "--=_rekindle_alternative--\n",
    "日本語のお知らせ\n" * 50,
    "привет " * 100,
    "👩🏽‍💻" * 100,
    "\x00\x01\x0b\x0c\x1c\x85\u2028\x7f",
    "é" + "x" * 80 + "é",
]


def read_back(encoded: bytes) -> str:
    payload = message_from_bytes(b"Content-Type: text/plain; charset=utf-8\r\n" + encoded).get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def sent(body: str) -> str:
    """What is expected: CRLF for every line end, and one at the end."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    return lines.replace("\n", "\r\n") + "\r\n"


@settings(deadline=None, derandomize=True, max_examples=300)
@given(TEXT)
def test_any_body_arrives_as_it_was(body: str) -> None:
    assert read_back(part(body)) == sent(body)


@pytest.mark.parametrize("body", AWKWARD)
def test_awkward_bodies_arrive_as_they_were(body: str) -> None:
    assert read_back(part(body)) == sent(body)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(TEXT | st.sampled_from(AWKWARD))
def test_every_line_is_short_and_safe(body: str) -> None:
    lines = part(body).split(b"\r\n")

    assert lines[-1] == b""
    assert all(len(line) <= 76 and line.isascii() for line in lines)
    assert not any(line.startswith(b"From ") or line.endswith((b" ", b"\t")) for line in lines)
    assert b"=_" not in part(body)
    assert not {b"\r", b"\n"} & {line[index : index + 1] for line in lines for index in range(len(line))}


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        ("Dear Ann", b"quoted-printable"),
        ("Liebe Grüße aus München", b"quoted-printable"),
        ("Спасибо за интерес", b"base64"),
        ("お知らせ", b"base64"),
        ("<p>" + "x" * 500 + "</p>お知らせ", b"quoted-printable"),
    ],
)
def test_the_encoding_is_the_one_that_is_readable_or_short(body: str, encoding: bytes) -> None:
    assert part(body).startswith(b"Content-Transfer-Encoding: " + encoding)


@pytest.mark.parametrize("body", ["half \ud83c", "\udfff" * 50])
def test_half_a_character_is_refused(body: str) -> None:
    with pytest.raises(BadInput, match="surrogate"):
        part(body)
