"""Names and addresses in headers."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.errors import BadInput
from rekindle.mail.correspondent import Correspondent, ascii_address, mail_address, recipient, sender

NAME = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200)


def read_back(lines: str) -> tuple[str, str]:
    # decode_header knows that a space between two encoded words is none; address objects learned it in Python 3.12.
    name, address = parseaddr(message_from_bytes(f"{lines}\r\n\r\n".encode("ascii"))["To"].replace("\r\n", ""))
    return str(make_header(decode_header(name))), address


@settings(deadline=None, derandomize=True, max_examples=300)
@given(NAME)
def test_any_name_arrives_as_it_was_but_for_double_spaces(name: str) -> None:
    lines = recipient(Correspondent(name, "x@y.example"))

    assert read_back(lines) == (" ".join(name.split()), "x@y.example")
    assert max(map(len, lines.split("\r\n"))) <= 78


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("", "To: x@y.example"),
        ("   ", "To: x@y.example"),
        ("Ann Lee", "To: Ann Lee <x@y.example>"),
        ("Ann O'Hara, PhD", 'To: "Ann O\'Hara, PhD" <x@y.example>'),
        ('Ann "The" \\ Lee', 'To: "Ann \\"The\\" \\\\ Lee" <x@y.example>'),
        ("evil@z.example", 'To: "evil@z.example" <x@y.example>'),
        ("Zoë", "To: =?utf-8?q?Zo=C3=AB?= <x@y.example>"),
        ("=?utf-8?q?x?=", "To: =?utf-8?b?PT91dGYtOD9xP3g/PQ==?= <x@y.example>"),
        ("A" * 70, f"To: {'A' * 70}\r\n <x@y.example>"),
    ],
)
def test_a_name_is_bare_quoted_or_encoded(name: str, line: str) -> None:
    assert recipient(Correspondent(name, "x@y.example")) == line


@pytest.mark.parametrize(
    ("address", "ascii_"),
    [
        ("a.b+c@mail.y-z.example", "a.b+c@mail.y-z.example"),
        ("o'hara@y.example", "o'hara@y.example"),
        ("me@localhost", "me@localhost"),
        ("zoe@bücher.example", "zoe@xn--bcher-kva.example"),
        ("zoe@BÜCHER.example", "zoe@xn--bcher-kva.example"),
        ("zoe@straße.example", "zoe@xn--strae-oqa.example"),
        ("x@例え.example", "x@xn--r8jz45g.example"),
    ],
)
def test_an_international_domain_travels_as_punycode(address: str, ascii_: str) -> None:
    assert ascii_address("To", address) == ascii_


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "@y.example",
        "x@",
        "x@y@z.example",
        "x y@z.example",
        ".x@y.example",
        "x.@y.example",
        "x..y@z.example",
        '"x y"@z.example',
        "x@y..example",
        "x@-y.example",
        "x@y_z.example",
        "x@[127.0.0.1]",
        "<x@y.example>",
        "x@y.example>",
        "x@y.example, z@y.example",
        "x@y.example\r\nBcc: z@y.example",
        "x\x00@y.example",
        "zo\xa0e@y.example",
        "zo\u202ee@y.example",
        "zo\u200be@y.example",
        f"{'ë' * 33}@y.example",
        f"{'x' * 65}@y.example",
        f"x@{'y' * 64}.example",
        f"x@{'y.' * 130}example",
        f"x@{'é' * 70}.example",
        "x@\ud800.example",
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(BadInput, match="the To ") as refusal:
        mail_address("To", address)

    assert len(address) < 5 or address not in str(refusal.value)


@pytest.mark.parametrize(
    ("address", "travels"),
    [
        ("zoë@y.example", "zoë@y.example"),
        ("zoe\u0308@y.example", "zoë@y.example"),
        ("用户@例え.example", "用户@xn--r8jz45g.example"),
        ("Ørsted.å+x@y.example", "Ørsted.å+x@y.example"),
    ],
)
def test_letters_beyond_ascii_before_the_at_stay_as_they_are(address: str, travels: str) -> None:
    assert mail_address("To", address) == travels
    assert recipient(Correspondent("Zoë", address)) == f"To: =?utf-8?q?Zo=C3=AB?= <{travels}>"


def test_nobody_of_ours_writes_from_an_address_that_most_servers_refuse() -> None:
    with pytest.raises(BadInput, match="choose one that any server takes") as refusal:
        sender("From", Correspondent("Zoë", "zoë@y.example"))
    assert "zoë" not in str(refusal.value)


def test_a_correspondent_is_not_logged_by_accident() -> None:
    assert "ann" not in repr(Correspondent("Ann", "ann@y.example")).lower()
