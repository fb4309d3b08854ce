"""The pages are whole HTML, quiet, readable by everybody, and carry nothing of the company's name as markup."""

import base64
import hashlib
import re
from dataclasses import fields
from pathlib import Path

import pytest

from rekindle.errors import TemplateError
from rekindle.resources import shipped
from rekindle.web.pages import Letterhead, Pages, render
from tests.emails.reading import Page
from tests.emails.test_contrast import contrast

FOLDER = shipped("templates") / "pages"
ACME = Letterhead("Acme Labs", "Beispielweg 1, 10115 Berlin", "hello@acme.example")
NASTY = Letterhead(
    '<script>alert("1")</script> & {{ company }} "Sons"', "</p><img src=x onerror=y>", "a?b&c='d'%e@acme.example"
)
NAMES = ["stop", "stopped", "not_found", "refused", "unavailable", "failed"]
CSS = (FOLDER / "_base.css").read_text(encoding="utf-8")


def html(name: str, letterhead: Letterhead = ACME) -> str:
    page: bytes = getattr(render([FOLDER], letterhead), name)
    return page.decode()


@pytest.mark.parametrize("letterhead", [ACME, NASTY], ids=["acme", "nasty"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_html_with_a_language_a_title_and_one_heading(name: str, letterhead: Letterhead) -> None:
    source = html(name, letterhead)
    page = Page(source)
    tags = [tag for tag, _ in page.elements]

    assert source.startswith("<!DOCTYPE html>\n<html lang=")
    assert page.unclosed == []
    assert [tags.count(tag) for tag in ("title", "h1", "main", "header", "footer")] == [1] * 5
    assert dict(page.elements)["html"] == {"lang": "en"}


@pytest.mark.parametrize("letterhead", [ACME, NASTY], ids=["acme", "nasty"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_loads_nothing_and_runs_nothing(name: str, letterhead: Letterhead) -> None:
    page = Page(html(name, letterhead))
    tags = {tag for tag, _ in page.elements}

    assert not tags & {"script", "img", "link", "iframe", "object", "embed", "svg"}
    assert not list(page.every("src"))
    assert not [each for _, attributes in page.elements for each in attributes if each.startswith("on")]
    assert all(link == "" or link.startswith("mailto:") for link in page.every("href"))
    assert not re.search(r"url\(|@import|https?:", "".join(page.styles))


def test_a_company_may_be_called_anything() -> None:
    page = Page(html("stop", NASTY))
    button = f"Stop all mail from {NASTY.company}"
    assert button in page.text
    assert NASTY.postal_address in page.text
    assert render([FOLDER], NASTY).stopped_text.decode() == f"Done: no more mail from {NASTY.company}.\n"


def test_an_address_to_write_to_stays_one_address_in_a_link() -> None:
    page = Page(html("not_found", NASTY))
    assert list(page.every("href")) == ["mailto:a%3Fb%26c%3D%27d%27%25e@acme.example"]
    assert NASTY.reply_to in page.text


def test_the_only_style_is_the_one_the_policy_names() -> None:
    pages = render([FOLDER], ACME)
    for name in NAMES:
        (style,) = Page(getattr(pages, name).decode()).styles
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert pages.style == f"sha256-{digest}"


def test_the_stop_page_has_one_button_that_says_what_it_does() -> None:
    page = Page(html("stop"))
    (form,) = [attributes for tag, attributes in page.elements if tag == "form"]
    (button,) = [attributes for tag, attributes in page.elements if tag == "button"]
    assert form == {"method": "post"}
    assert (button["name"], button["value"]) == ("answer", "stop")
    assert "Stop all mail from Acme Labs" in page.text
    for promise in ("changed nothing yet", "No login, no reason asked", "At once", "Everything", "is cancelled"):
        assert promise in page.text


@pytest.mark.parametrize("name", ["not_found", "refused", "unavailable", "failed"])
def test_whatever_goes_wrong_the_page_says_how_to_stop_all_the_same(name: str) -> None:
    page = Page(html(name))
    assert "To stop all mail from Acme Labs you need no link" in page.text
    assert "mailto:hello@acme.example" in list(page.every("href"))


def test_no_page_is_left_out_here() -> None:
    assert {field.name for field in fields(Pages)} == {*NAMES, "stopped_text", "style"}
    assert {file.stem for file in FOLDER.glob("[!_]*.html")} == set(NAMES)


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", css))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_colour_of_text_can_be_read(dark: bool) -> None:  # noqa: FBT001 - a parameter of the test
    light_part, dark_part = CSS.split("@media (prefers-color-scheme: dark)", 1)
    colour = colours(dark_part if dark else light_part)
    assert set(colour) == set(colours(light_part))
    for text in ("ink", "soft", "faint", "green"):
        assert min(contrast(colour[text], colour["sheet"]), contrast(colour[text], colour["table"])) >= 4.5
    for button in ("green", "green-pressed"):
        assert contrast(colour["on-green"], colour[button]) >= 4.5


def test_a_folder_without_pages_is_said(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"_base\.css"):
        render([tmp_path], ACME)
