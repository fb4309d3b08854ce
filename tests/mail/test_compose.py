"""Whole messages, read back by the standard library as a mail program would."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.errors import BadInput
from rekindle.mail.compose import Composer, Letterhead
from rekindle.mail.correspondent import Correspondent
from rekindle.mail.render import Rendered, Renderer
from rekindle.resources import shipped
from tests.emails.samples import FOOTER, QUARTERLY_UPDATE

NOW = datetime(2026, 10, 13, 8, 30, tzinfo=UTC)
ANN = Correspondent("Ann Lee", "ann@acme.example")
ZOE = Correspondent("Zoë Ångström", "zoe@example.org")
LETTER = Rendered("News: the café is open", "Hello Zoë\n", "<p>Hello Zoë</p>\n")
BULK = Letterhead(
    sender=ANN,
    reply_to=Correspondent("Acme Labs — Hiring", "hello@acme.example"),
    list_id="quarterly-update.acme.example",
    feedback=("candidates", "2026-Q4", "quarterly-update", "acme"),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def composed(
    letter: Rendered = LETTER,
    letterhead: Letterhead = BULK,
    stop_url: str | None = None,
    stop_mailto: str | None = None,
    to: Correspondent = ZOE,
) -> bytes:
    sent = {"message_id": "<m-1@acme.example>", "stop_url": stop_url, "stop_mailto": stop_mailto}
    return Composer(letterhead).compose(letter, to=to, now=NOW, **sent)  # type: ignore[arg-type]


def read(message: bytes) -> EmailMessage:
    parsed = message_from_bytes(message, policy=policy.default)
    assert not [defect for part in parsed.walk() for defect in part.defects]
    return parsed


def bodies(message: bytes) -> list[tuple[str, str]]:
    parts = read(message).iter_parts()
    return [(part.get_content_type(), part.get_content().replace("\r\n", "\n")) for part in parts]


def test_the_headers_are_these_and_no_others() -> None:
    message = read(composed(stop_url="https://acme.example/stop/x", stop_mailto="stop+x.y@acme.example"))

    assert dict(message.items()) == {
        "From": "Ann Lee <ann@acme.example>",
        "To": "Zoë Ångström <zoe@example.org>",
        "Subject": "News: the café is open",
        "Date": "Tue, 13 Oct 2026 08:30:00 +0000",
        "Message-ID": "<m-1@acme.example>",
        "List-Unsubscribe": "<https://acme.example/stop/x>, <mailto:stop+x.y@acme.example?subject=stop>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Reply-To": "Acme Labs — Hiring <hello@acme.example>",
        "List-Id": "<quarterly-update.acme.example>",
        "Feedback-ID": "candidates:2026-Q4:quarterly-update:acme",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_rekindle_alternative"',
    }


def test_a_personal_letter_has_no_list_headers() -> None:
    message = read(composed(letterhead=Letterhead(ANN)))

    assert list(message) == ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]


@pytest.mark.parametrize(("approved", "header"), [(True, None), (False, "auto-generated")])
def test_only_a_mail_nobody_approved_is_called_automatic(approved: bool, header: str | None) -> None:  # noqa: FBT001
    assert read(composed(letterhead=replace(BULK, approved=approved)))["Auto-Submitted"] == header


def test_the_text_comes_first_and_the_html_last() -> None:
    # RFC 2046 5.1.4: the last alternative is the one a reader shows if it can.
    assert bodies(composed()) == [("text/plain", "Hello Zoë\n"), ("text/html", "<p>Hello Zoë</p>\n")]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(text=TEXT, html=TEXT)
def test_any_two_bodies_arrive_as_they_were(text: str, html: str) -> None:
    for (_, content), body in zip(bodies(composed(replace(LETTER, text=text, html=html))), (text, html), strict=True):
        lines = body.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
        assert content == f"{lines}\n"


@settings(deadline=None, derandomize=True, max_examples=200)
@given(text=TEXT, subject=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200))
def test_what_goes_out_is_ascii_in_short_lines(text: str, subject: str) -> None:
    message = composed(Rendered(subject, text, text))

    assert message.isascii()
    assert message.endswith(b"\r\n")
    assert message.count(b"\r\n") == message.count(b"\n") == message.count(b"\r")
    assert max(map(len, message.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "x\r\nBcc: y@z.example"},
        {"subject": "x\ny"},
        {"to": Correspondent("x\r\nBcc: y@z.example", "x@y.example")},
        {"to": Correspondent("x", "x@y.example\nBcc: y@z.example")},
        {"message_id": "<m@x>\r\nBcc: y@z.example"},
        {"stop_url": "https://acme.example/\r\nBcc:y@z.example"},
    ],
)
def test_no_value_can_add_a_header(change: dict[str, object]) -> None:
    values: dict[str, object] = {"to": ZOE, "message_id": "<m@x>", "stop_url": None} | change
    letter = replace(LETTER, subject=str(values.pop("subject", "x")))

    with pytest.raises(BadInput):
        Composer(BULK).compose(letter, now=NOW, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"sender": Correspondent("x\ny", "x@y.example")},
        {"reply_to": Correspondent("", "nobody")},
        {"list_id": "x\r\nBcc: y"},
        {"feedback": ("ann@acme.example",)},
    ],
)
def test_a_letterhead_that_cannot_be_used_is_refused_before_the_first_message(change: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        Composer(replace(BULK, **change))  # type: ignore[arg-type]


def test_headers_are_utf8_only_where_the_address_needs_it() -> None:
    message = composed(to=Correspondent("Zoë", "zoë@bücher.example"))
    head, _, body = message.partition(b"\r\n\r\n")
    wide = [line for line in head.decode().split("\r\n") if not line.isascii()]

    assert wide == ["To: =?utf-8?q?Zo=C3=AB?= <zoë@xn--bcher-kva.example>"]
    assert body.isascii()
    assert composed(to=Correspondent("Zoë", "zoe@bücher.example")).isascii()


def test_a_letterhead_without_an_address_in_ascii_is_refused() -> None:
    with pytest.raises(BadInput, match="From"):
        Composer(Letterhead(Correspondent("Zoë", "zoë@acme.example")))


def test_the_same_message_is_the_same_bytes_every_time() -> None:
    assert composed() == composed()


def test_a_real_letter_survives_the_journey() -> None:
    letter = Renderer([shipped("templates") / "emails"]).render("quarterly-update", QUARTERLY_UPDATE)

    message = composed(letter, stop_url=FOOTER.stop_url)

    assert read(message)["Subject"] == letter.subject
    assert [body for _, body in bodies(message)] == [letter.text, f"{letter.html}\n"]
