"""The catalogue says what templates are given, and the templates use nothing else and nothing less."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from rekindle.errors import BadInput, NotFound
from rekindle.mail.catalogue import EMAILS, Audience, Email, email, paragraphs, typed_paragraphs
from rekindle.mail.flatten import flatten
from rekindle.resources import shipped
from tests.emails.samples import FOOTER, LETTER, QUARTERLY_UPDATE, REMINDER

FOLDER = shipped("templates") / "emails"


def variables(folder: Path, row: Email) -> set[str]:
    parser = Environment(autoescape=True)
    parts = ("subject.txt", "body.txt", "body.html")
    sources = [flatten([folder], f"{row.folder}/{part}") for part in parts]
    return set().union(*(meta.find_undeclared_variables(parser.parse(source)) for source in sources))


@pytest.mark.parametrize("row", EMAILS.values(), ids=lambda row: row.name)
def test_an_email_uses_exactly_the_fields_of_its_context(row: Email) -> None:
    assert variables(FOLDER, row) == {field.name for field in fields(row.context)}


@pytest.mark.parametrize("row", EMAILS.values(), ids=lambda row: row.name)
def test_a_mail_to_many_candidates_is_approved_by_a_person(row: Email) -> None:
    assert row.needs_approval or row.audience is not Audience.CANDIDATE


def test_an_email_is_found_by_its_public_name() -> None:
    assert email("quarterly-update").folder == "quarterly_update"


def test_an_unknown_email_is_answered_with_those_there_are() -> None:
    with pytest.raises(NotFound, match=r"choose one of approval-reminder, .*quarterly-update, re-engagement"):
        email("newsletter")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "acme.example/blog",
        "https://",
        "https://a b.example",
        "https://acme.example/\nBcc: x",
        'https://acme.example/"onclick=',
        "https://café.example",
        "",
    ],
)
def test_what_is_no_web_address_does_not_become_a_link(url: str) -> None:
    with pytest.raises(BadInput, match="web address"):
        replace(QUARTERLY_UPDATE.items[0], url=url)
    with pytest.raises(BadInput, match="web address"):
        replace(FOOTER, stop_url=url)


def test_an_update_without_news_is_not_written() -> None:
    with pytest.raises(BadInput, match="without an item"):
        replace(QUARTERLY_UPDATE, items=())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ()),
        (" \n\n ", ()),
        ("one line", ("one line",)),
        ("wrapped\nby hand", ("wrapped by hand",)),
        ("first\n\nsecond", ("first", "second")),
        ("first\r\n \r\n\r\nsecond\r\n", ("first", "second")),
        ("old\r\rmac", ("old", "mac")),
    ],
)
def test_an_introduction_is_cut_at_its_empty_lines(typed: str, read: tuple[str, ...]) -> None:
    assert paragraphs(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Hi Sarah,\n\none line\n", ("Hi Sarah,", "one line")),
        # An editor broke the line; the signature was meant as it stands.
        (
            f"{'words ' * 12}\ngo on here.\n\nAnn Lee\nSenior Recruiter",
            (f"{'words ' * 12}go on here.", "Ann Lee\nSenior Recruiter"),
        ),
        (f"{'words ' * 12}:\n- one\n- two", (f"{'words ' * 11}words :\n- one\n- two",)),
        (f"{'words ' * 12}\n1. one", (f"{'words ' * 11}words\n1. one",)),
        ("Hi Sarah,\r\n\r\nspaces   and\ttabs", ("Hi Sarah,", "spaces and tabs")),
        ("Hi Sarah,\n" + "long " * 12 + "\nand on", ("Hi Sarah,\n" + "long " * 12 + "and on",)),
    ],
)
def test_a_typed_letter_keeps_the_line_breaks_somebody_meant(typed: str, read: tuple[str, ...]) -> None:
    assert typed_paragraphs(typed) == read
    assert replace(LETTER, body=typed).paragraphs == read


def test_a_letter_without_words_and_a_reminder_of_nothing_are_not_written() -> None:
    with pytest.raises(BadInput, match="without words"):
        replace(LETTER, body=" \n")
    with pytest.raises(BadInput, match="nothing waits"):
        replace(REMINDER, lines=())
