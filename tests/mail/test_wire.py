"""A message on the wire is the message, and ends where it ends."""

from hypothesis import given
from hypothesis import strategies as st

from rekindle.mail.wire import on_the_wire

TROUBLE = st.lists(st.sampled_from([b".", b"\r", b"\n", b"\r\n", b"a", b"\xc3\xbc", b"\0"])).map(b"".join)


@given(TROUBLE)
def test_nothing_in_a_message_can_end_it(data: bytes) -> None:
    wire = b"\r\n" + on_the_wire(data)
    assert wire.endswith(b"\r\n")
    assert b"\r\n.\r\n" not in wire
    assert wire.count(b"\r") == wire.count(b"\n") == wire.count(b"\r\n")


@given(TROUBLE)
def test_the_receiver_reads_the_lines_that_were_written(data: bytes) -> None:
    received = [line.removeprefix(b".") for line in on_the_wire(data).split(b"\r\n")[:-1]]
    assert received == (data.splitlines() or [b""])


def test_a_clean_message_is_not_copied() -> None:
    data = b"Subject: hello\r\n\r\nhow are you?\r\n"
    assert on_the_wire(data) is data
