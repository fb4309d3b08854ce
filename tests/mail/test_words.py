"""Text in headers: short lines, whole characters, and no way to begin another header."""

import re
from email import message_from_bytes, policy

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rekindle.errors import BadInput
from rekindle.mail.words import encoded, unstructured

# Whatever a person may type into one line.
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300)
AWKWARD = [
    "",
    " outer spaces ",
    "two  spaces",
    "=?utf-8?q?not_encoded?=",
    "=?",
    "x" * 500,
    "word " * 60 + "end",
    "Zoë wins",
    "日本語の題名" * 20,
    "👩🏽‍💻" * 30,
    "e\u0301" * 90,
    "שלום, מה שלומך היום",
    '?=_ =3D =20 "quoted" <a@b> , ; ( \\',
]


def read_back(header: str, lines: str) -> str:
    return str(message_from_bytes(f"{lines}\r\n\r\n".encode("ascii"), policy=policy.default)[header])


@settings(deadline=None, derandomize=True, max_examples=300)
@given(LINE)
def test_any_subject_arrives_as_it_was(subject: str) -> None:
    assert read_back("Subject", unstructured("Subject", subject)) == subject


@pytest.mark.parametrize("subject", AWKWARD)
def test_awkward_subjects_arrive_as_they_were(subject: str) -> None:
    assert read_back("Subject", unstructured("Subject", subject)) == subject


@settings(deadline=None, derandomize=True, max_examples=300)
@given(LINE)
@example("é" * 200)
def test_lines_keep_to_their_limits(subject: str) -> None:
    for line in unstructured("Subject", subject).split("\r\n"):
        assert len(line) <= (76 if "=?utf-8?" in line else 78)
        assert line.strip()
        assert all(len(word) <= 75 for word in re.findall(r"=\?utf-8\?.*?\?=", line))


@pytest.mark.parametrize("character", [*map(chr, [*range(32), *range(0x7F, 0xA0)]), "\u2028", "\u2029", "\ud800"])
def test_a_control_character_is_refused_and_not_repeated(character: str) -> None:
    with pytest.raises(BadInput, match=r"the Subject header must not hold the character U\+") as refusal:
        unstructured("Subject", f"secret{character}Bcc: x@y.example")

    assert "secret" not in str(refusal.value)


def test_plain_words_stay_readable() -> None:
    assert unstructured("Subject", "News from us") == "Subject: News from us"


def test_long_plain_text_is_folded_between_words() -> None:
    folded = unstructured("Subject", "word " * 30 + "end")

    assert "=?" not in folded
    assert [len(line) <= 78 for line in folded.split("\r\n")] == [True, True, True]


def test_mostly_latin_text_is_encoded_readably_and_others_shortly() -> None:
    assert encoded("Zoë Smith", 9) == "=?utf-8?q?Zo=C3=AB_Smith?="
    assert encoded("日本", 9).startswith("=?utf-8?b?")


@settings(deadline=None, derandomize=True)
@given(st.text(st.characters(min_codepoint=0xA0, exclude_categories=["Cs"]), min_size=1), st.integers(5, 30))
def test_each_encoded_word_is_whole_characters(text: str, used: int) -> None:
    words = encoded(text, used).split("\r\n ")

    assert "".join(read_back("Subject", f"Subject: {word}") for word in words) == text
