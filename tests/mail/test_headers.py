"""Each header by its standard, and nothing that could break it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rekindle.errors import BadInput
from rekindle.mail import headers

NOON = datetime(2026, 10, 13, 12, 0, 5, tzinfo=timezone(timedelta(hours=2)))


def test_the_date_carries_its_offset() -> None:
    assert headers.date(NOON) == "Date: Tue, 13 Oct 2026 12:00:05 +0200"
    assert headers.date(NOON.astimezone(UTC)) == "Date: Tue, 13 Oct 2026 10:00:05 +0000"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(BadInput, match="time zone"):
        headers.date(NOON.replace(tzinfo=None))


def test_a_message_id_is_taken_as_it_is() -> None:
    assert headers.message_id("<m-17.ab@acme.example>") == "Message-ID: <m-17.ab@acme.example>"


@pytest.mark.parametrize("value", ["", "m@x", "<m>", "<m@x>\r\nBcc: y", "<m@x> ", "<a b@x>", "<é@x>", "<m@x><n@x>"])
def test_a_message_id_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(BadInput, match="Message-ID"):
        headers.message_id(value)


def test_a_list_id_stands_in_brackets() -> None:
    assert headers.list_id("quarterly-update.acme.example") == "List-Id: <quarterly-update.acme.example>"


@pytest.mark.parametrize("value", ["", "acme", "a..b", "a b.c", "<a.b>", "ä.example", "a.b\n"])
def test_a_list_id_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(BadInput, match="List-Id"):
        headers.list_id(value)


def test_the_stop_link_promises_that_one_post_is_enough() -> None:
    assert headers.list_unsubscribe("https://acme.example/stop/a.b-c_d?x=1").split("\r\n") == [
        "List-Unsubscribe: <https://acme.example/stop/a.b-c_d?x=1>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ]


def test_a_mail_address_for_stops_comes_second() -> None:
    assert headers.list_unsubscribe("https://acme.example/s", "stop@bücher.example").split("\r\n") == [
        "List-Unsubscribe: <https://acme.example/s>,",
        " <mailto:stop@xn--bcher-kva.example?subject=stop>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ]


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/stop/x", "http://localhost/x", "http://[::1]:8080/x"])
def test_a_rehearsal_on_this_machine_needs_no_https(url: str) -> None:
    assert f"<{url}>" in headers.list_unsubscribe(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://acme.example/stop/x",
        "mailto:stop@acme.example",
        "https://acme.example/a b",
        "https://acme.example/x>",
        "https://acme.example/x>, <https://evil.example/",
        "https://acme.example/\r\nBcc: x",
        "https://acme.example/é",
        "https://acme.example/" + "x" * 1000,
        "https://[::1/x",
        "",
    ],
)
def test_a_stop_link_that_could_not_work_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match=r"List-Unsubscribe|stop link"):
        headers.list_unsubscribe(url)


def test_a_feedback_id_tells_campaigns_apart() -> None:
    parts = ("candidates", "2026-Q4", "quarterly-update", "acme")

    assert headers.feedback_id(parts) == "Feedback-ID: candidates:2026-Q4:quarterly-update:acme"


@pytest.mark.parametrize("parts", [(), ("a",) * 5, ("a", ""), ("a:b",), ("ann@acme.example",), ("a\n",), ("é",)])
def test_a_feedback_id_holds_no_more_than_that(parts: tuple[str, ...]) -> None:
    with pytest.raises(BadInput, match="Feedback-ID"):
        headers.feedback_id(parts)


def test_a_mail_nobody_approved_says_so() -> None:
    assert headers.auto_submitted() == "Auto-Submitted: auto-generated"
