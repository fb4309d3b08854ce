"""Signatures, checked by dkimpy as a receiver would: with the record that is published."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import dkim
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.mail.calendar import CalendarFile, Method
from rekindle.mail.compose import Composer, Letterhead
from rekindle.mail.correspondent import Correspondent
from rekindle.mail.render import Rendered
from rekindle.mail.signing import Seal
from rekindle.mail.signing_keys import SigningKey, new_key

NOW = datetime(2026, 10, 13, 8, 30, tzinfo=UTC)
RSA, ED25519 = new_key("rsa", "rsa-1"), new_key("ed25519", "ed-1")
BOTH = Seal("acme.example", (ED25519, RSA))
ANN = Correspondent("Ann Lee", "ann@acme.example")
HEAD = Letterhead(
    ANN, ANN, list_id="quarterly-update.acme.example", feedback=("2026-Q4", "quarterly-update", "acme"), seal=BOTH
)
ZOE = Correspondent("Zoë Ångström", "zoe@example.org")
LETTER = Rendered("News: the café is open", "Hello Zoë\n", "<p>Hello  Zoë</p>\n")
STOP = "https://acme.example/stop/x"
CALENDAR = CalendarFile(Method.REQUEST, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200)


def composed(letter: Rendered = LETTER, letterhead: Letterhead = HEAD, to: Correspondent = ZOE) -> bytes:
    stop = {"stop_url": STOP, "stop_mailto": "stop+x.y@acme.example"}
    return Composer(letterhead).compose(letter, to=to, message_id="<m-1@acme.example>", now=NOW, **stop)  # type: ignore[arg-type]


def verdicts(mail: bytes, *published: SigningKey) -> list[bool]:
    """Return what a receiver says of each signature, from the top."""
    zone = {f"{key.selector}._domainkey.acme.example.".encode(): key.record.encode() for key in published}
    checker = dkim.DKIM(mail)

    def look_up(name: bytes, timeout: float = 5) -> bytes | None:
        return zone.get(name)

    def each() -> Iterator[bool]:
        for number in range(mail.partition(b"\r\n\r\n")[0].count(b"DKIM-Signature:")):
            try:
                yield checker.verify(number, dnsfunc=look_up)
            except dkim.DKIMException:
                yield False

    return list(each())


def signed_names(mail: bytes) -> list[str]:
    head = mail.partition(b"\r\n\r\n")[0].decode().replace("\r\n ", "")
    return next(tag for tag in head.split(";") if tag.strip().startswith("h=")).strip()[2:].split(":")


def test_both_signatures_hold_and_the_one_everybody_knows_comes_first() -> None:
    mail = composed()

    assert verdicts(mail, RSA, ED25519) == [True, True]
    assert mail.index(b"a=rsa-sha256") < mail.index(b"a=ed25519-sha256")


@pytest.mark.parametrize("key", [RSA, ED25519], ids=["rsa", "ed25519"])
def test_one_key_makes_one_signature(key: SigningKey) -> None:
    assert verdicts(composed(letterhead=replace(HEAD, seal=Seal("acme.example", [key]))), key) == [True]


def test_what_a_receiver_relies_on_is_signed_and_the_headers_there_may_be_one_of_are_closed() -> None:
    names = signed_names(composed())
    wanted = [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "reply-to",
        "mime-version",
        "content-type",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "list-id",
        "feedback-id",
    ]

    assert [names.count(name) for name in wanted] == [2, 2, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1]
    assert set(names) == set(wanted)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Hello", b"Hullo"),
        (b"Subject: ", b"Subject: x"),
        (b"/stop/x", b"/stop/y"),
        (b"stop+x.y", b"stop+z.y"),
        (b"From: ", b"From: eve@other.example\r\nFrom: "),
        (b"Subject: ", b"Subject: another\r\nSubject: "),
        (b"One-Click", b"Two-Click"),
        (b"Feedback-ID: ", b"Feedback-ID: x"),
    ],
)
def test_whoever_changes_it_on_the_way_breaks_both(before: bytes, after: bytes) -> None:
    mail = composed()
    assert mail.replace(before, after) != mail
    assert verdicts(mail.replace(before, after), RSA, ED25519) == [False, False]


def test_another_key_in_dns_breaks_it() -> None:
    assert verdicts(composed(), new_key("rsa", "rsa-1"), ED25519) == [False, True]


def test_what_relays_do_to_spaces_and_folds_does_no_harm() -> None:
    mail = composed()
    altered = mail.replace(b"Subject: ", b"SUBJECT:   ").replace(b">,\r\n <mailto", b">,\r\n\t  <mailto") + b"\r\n\r\n"
    assert altered.count(b"\r\n\t") == 1
    assert verdicts(altered, RSA, ED25519) == [True, True]


@settings(deadline=None, derandomize=True, max_examples=100)
@given(text=TEXT, html=TEXT, subject=LINE, name=LINE)
def test_whatever_is_written_is_signed_as_a_receiver_reads_it(text: str, html: str, subject: str, name: str) -> None:
    mail = composed(Rendered(subject, text, html), to=Correspondent(name, "zoe@example.org"))
    assert verdicts(mail, RSA, ED25519) == [True, True]


def test_an_address_beyond_ascii_is_signed_as_utf8() -> None:
    assert verdicts(composed(to=Correspondent("Zoë", "zoë@example.org")), RSA, ED25519) == [True, True]


def test_a_mail_with_a_calendar_is_signed_as_a_whole() -> None:
    mail = Composer(HEAD).compose(LETTER, to=ZOE, message_id="<m@acme.example>", now=NOW, calendar=CALENDAR)
    assert verdicts(mail, RSA, ED25519) == [True, True]
    assert verdicts(mail.replace(b"END:VCALENDAR", b"end:vcalendar"), RSA, ED25519) == [False, False]


@given(
    st.lists(st.sampled_from(["a", " ", "\t", "  x", "\r\n", ".", "=", "é"]), max_size=40),
    st.sampled_from(["", "\r\n", " \r\n\r\n\t\r\n"]),
)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_any_body_is_made_canonical_as_a_receiver_does(pieces: list[str], end: str) -> None:
    body = ("".join(pieces) + end).encode()
    head = "From: ann@acme.example\r\nX-Other: y\r\n"
    signature = Seal("acme.example", [ED25519]).headers(head, body, NOW)
    # A mail goes out with a line end after it (RFC 5321 4.1.1.4), whether or not one was written.
    assert verdicts(signature.encode() + head.encode() + b"\r\n" + body, ED25519) == [True]


def test_no_line_of_a_signature_is_longer_than_78() -> None:
    head = composed().partition(b"From: ")[0]
    assert head.count(b"DKIM-Signature") == 2
    assert max(map(len, head.split(b"\r\n"))) <= 78


def test_a_letterhead_without_a_seal_is_not_signed() -> None:
    assert b"DKIM" not in composed(letterhead=replace(HEAD, seal=None))
