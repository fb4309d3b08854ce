"""What holds for every email that is shipped, whatever it says; a new folder is tested as soon as it is there."""

import re
from dataclasses import replace

import pytest

from rekindle.mail.catalogue import EMAILS, Audience
from rekindle.mail.render import Rendered, Renderer
from rekindle.resources import shipped
from tests.emails.reading import Page, links_in_html, links_in_text
from tests.emails.samples import FOOTER, GERMAN_LETTER, LETTER, SAMPLES

FOLDER = shipped("templates") / "emails"
FOLDERS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "_base")
NAMES = [folder.replace("_", "-") for folder in FOLDERS]
CASES = [
    pytest.param(name, context, id=f"{name}-{n}") for name in NAMES for n, context in enumerate(SAMPLES.get(name, ()))
]
TO_CANDIDATES = [case for case in CASES if EMAILS[str(case.values[0])].audience is Audience.CANDIDATE]

RENDERER = Renderer([FOLDER])


def rendered(name: str, context: object) -> Rendered:
    return RENDERER.render(name, context)


def test_every_folder_is_in_the_catalogue_and_every_row_has_a_folder() -> None:
    assert sorted(row.folder for row in EMAILS.values()) == FOLDERS


@pytest.mark.parametrize("name", NAMES)
def test_every_email_has_a_sample(name: str) -> None:
    assert SAMPLES[name]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_has_the_same_three_files(folder: str) -> None:
    assert {path.name for path in (FOLDER / folder).iterdir()} == {"subject.txt", "body.txt", "body.html"}


@pytest.mark.parametrize(("name", "context"), CASES)
def test_the_subject_is_one_line_a_phone_can_show(name: str, context: object) -> None:
    subject = rendered(name, context).subject

    assert subject == subject.strip()
    assert len(subject.splitlines()) == 1
    assert len(subject) <= 120


@pytest.mark.parametrize(("name", "context"), CASES)
def test_text_and_html_have_the_same_links_in_the_same_order(name: str, context: object) -> None:
    letter = rendered(name, context)

    assert links_in_text(letter.text) == links_in_html(letter.html)


@pytest.mark.parametrize(("name", "context"), TO_CANDIDATES)
@pytest.mark.parametrize("part", ["text", "html"])
def test_a_candidate_reads_why_how_to_stop_and_who_writes(part: str, name: str, context: object) -> None:
    letter = rendered(name, context)
    words, links = (
        (letter.text, links_in_text(letter.text))
        if part == "text"
        else (Page(letter.html).text, links_in_html(letter.html))
    )

    assert FOOTER.why in words
    assert FOOTER.postal_address in words
    assert FOOTER.stop_url in links


@pytest.mark.parametrize(("name", "context"), [case for case in CASES if case not in TO_CANDIDATES])
def test_a_mail_to_a_colleague_has_no_link_to_stop_and_names_no_candidate(name: str, context: object) -> None:
    letter = rendered(name, context)

    assert links_in_html(letter.html) == []
    assert FOOTER.company not in letter.text


@pytest.mark.parametrize(("name", "context"), CASES)
def test_nothing_is_loaded_from_anywhere(name: str, context: object) -> None:
    letter = rendered(name, context)
    page = Page(letter.html)

    assert not {tag for tag, _ in page.elements} & {
        "img",
        "link",
        "script",
        "iframe",
        "object",
        "embed",
        "video",
        "svg",
    }
    assert not any(set(attributes) & {"src", "srcset", "background"} for _, attributes in page.elements)
    assert not re.search(r"url\(|@import", letter.html, re.IGNORECASE)


@pytest.mark.parametrize(("name", "context"), CASES)
def test_no_template_code_is_left(name: str, context: object) -> None:
    letter = rendered(name, context)

    for part in (letter.subject, letter.text, letter.html):
        assert not re.search(r"\{[{%#]|[}%#]\}|None\b|\brk[0-9a-f]{10}", part)


@pytest.mark.parametrize(("name", "context"), CASES)
def test_the_html_is_well_formed_and_made_for_screen_readers(name: str, context: object) -> None:
    page = Page(rendered(name, context).html)

    assert page.unclosed == []
    assert dict(page.elements)["html"]["lang"] == getattr(context, "language", "en")
    assert all(attributes.get("role") == "presentation" for tag, attributes in page.elements if tag == "table")
    # A letter that one person writes to another has no heading.
    assert [tag for tag, _ in page.elements].count("h1") == EMAILS[name].bulk


@pytest.mark.parametrize(("name", "context"), CASES)
def test_both_colour_schemes_are_declared(name: str, context: object) -> None:
    page = Page(rendered(name, context).html)

    assert {"name": "color-scheme", "content": "light dark"} in [attributes for _, attributes in page.elements]
    assert "prefers-color-scheme: dark" in "".join(page.styles)


@pytest.mark.parametrize(("name", "context"), CASES)
def test_the_style_is_in_the_elements_for_readers_that_drop_style_sheets(name: str, context: object) -> None:
    page = Page(rendered(name, context).html)

    assert all("style" in attributes for tag, attributes in page.elements if tag in {"p", "a", "h1", "h2", "body"})
    assert "@media" in "".join(page.styles)


@pytest.mark.parametrize(("name", "context"), CASES)
def test_the_mail_is_small_enough_not_to_be_cut(name: str, context: object) -> None:
    # Gmail shows 102 kB and hides the rest, the stop link first.
    assert len(rendered(name, context).html.encode()) < 30_000


@pytest.mark.parametrize(("name", "context"), CASES)
def test_the_text_part_says_what_the_html_part_says(name: str, context: object) -> None:
    letter = rendered(name, context)
    text = " ".join(letter.text.split())

    for words in Page(letter.html).words:
        # Shorter pieces are names of links and signs between words.
        if len(words.split()) > 4:
            assert " ".join(words.split()).strip(" .,:;") in text


@pytest.mark.parametrize("name", ["re-engagement", "rejection-letter"])
def test_a_letter_arrives_word_for_word_as_it_was_approved(name: str) -> None:
    letter = rendered(name, LETTER)

    assert letter.text.startswith(LETTER.body)
    assert letter.subject == LETTER.subject
    assert "<br" in letter.html.partition("Ingrid Ødegård")[2].partition("Quillon &amp; Daughters")[0]


@pytest.mark.parametrize("name", ["re-engagement", "rejection-letter"])
def test_what_stands_around_a_german_letter_is_german(name: str) -> None:
    assert "Ein Klick" in Page(rendered(name, GERMAN_LETTER).html).text
    assert "One click" in Page(rendered(name, LETTER).html).text
    other = rendered(name, replace(LETTER, language="fr"))
    assert "One click" in other.text
    assert dict(Page(other.html).elements)["html"]["lang"] == "en"
