"""What is kept of a server's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.mail.outcome import (
    Accepted,
    Deferred,
    Failed,
    NotSent,
    Outcome,
    Step,
    enhanced_status,
    judged,
    without_addresses,
)


@pytest.mark.parametrize(
    ("code", "text", "status"),
    [
        (550, "5.1.1 unknown", "5.1.1"),
        (450, "4.2.0", "4.2.0"),
        (250, "2.0.0 OK", "2.0.0"),
        (550, "5.7.515 denied", "5.7.515"),
        (550, "4.1.1 the class of another code", None),
        (550, "5.1.1.2 is an address of something else", None),
        (550, "no 5.1.1 at the beginning", None),
        (550, "3.1.1 no such class", None),
        (550, "5.1111.1 too long", None),
        (550, "", None),
    ],
)
def test_an_enhanced_status_is_read_where_the_reply_begins_with_one(code: int, text: str, status: str | None) -> None:
    assert enhanced_status(code, text) == status


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<anne@example.org>: not here", "<…>: not here"),
        ("user anne@example.org, unknown", "user <…>, unknown"),
        ('"anne lee"@example.org is unknown', "<…> is unknown"),
        ("returned to bounce+anne=40example.org", "returned to <…>"),
        ("see https://x.example/?who=anne%40example.org.", "see https:<…>"),
        ("grüße@bücher.example", "<…>"),
        ("line one\nline two\tand\r\nthree", "line one line two and three"),
        ("bell\x07, escape\x1b[31m and \udcff", "bell , escape [31m and"),
        ("queued as 4711", "queued as 4711"),
    ],
)
def test_a_reply_is_kept_on_one_line_without_addresses(text: str, kept: str) -> None:
    assert without_addresses(text) == kept


def test_the_name_before_the_at_is_masked_only_as_a_word() -> None:
    said = "Lee is unknown; sleeping; lee@example.org"
    assert without_addresses(said, "lee@example.org") == "<…> is unknown; sleeping; <…>"


def test_a_long_reply_is_cut() -> None:
    assert without_addresses("no " * 100_000) == ("no " * 100).rstrip()


@given(st.text(), st.emails())
def test_no_address_survives_whatever_surrounds_it(around: str, address: str) -> None:
    kept = without_addresses(f"{around} <{address}> {address}", address)
    assert address not in kept
    assert kept.isprintable()


@pytest.mark.parametrize(
    ("code", "step", "expected"),
    [
        (250, Step.ANSWER, Accepted),
        (299, Step.ANSWER, Accepted),
        (250, Step.RCPT, type(None)),
        (354, Step.ANSWER, type(None)),
        (-1, Step.ANSWER, type(None)),
        (421, Step.ANSWER, Deferred),
        (552, Step.ANSWER, Failed),
        (530, Step.MAIL, NotSent),
        (535, Step.RCPT, NotSent),
        (666, Step.ANSWER, type(None)),
    ],
)
def test_the_first_digit_of_a_reply_decides(code: int, step: Step, expected: type[Outcome]) -> None:
    assert type(judged(code, "words", step, "anne@example.org")) is expected
