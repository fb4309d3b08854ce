"""A name and a context become a letter; a template that cannot be sent says so before anything is."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rekindle.errors import BadInput, NotFound, TemplateError
from rekindle.mail.render import Renderer
from rekindle.resources import shipped
from tests.emails.samples import FOOTER, QUARTERLY_UPDATE, SPARE_UPDATE

SHIPPED = shipped("templates") / "emails"
MAIL = "quarterly-update"


def write(folder: Path, name: str, source: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")
    return folder


def test_a_letter_says_what_it_was_given() -> None:
    letter = Renderer([SHIPPED]).render(MAIL, QUARTERLY_UPDATE)

    assert letter.subject == (
        "Quillon & Daughters, autumn 2026: What usage pricing taught us about <angle brackets> (and 1 more)"
    )
    assert "Hello Şebnem," in letter.text
    assert "Hello Şebnem," in letter.html
    assert "about &lt;angle brackets&gt;</a>" in letter.html
    assert 'href="https://quillon.example/blog/pricing?ref=letter&amp;edition=2026-Q4#top"' in letter.html


def test_a_letter_to_somebody_without_a_name_and_a_history_reads_well() -> None:
    letter = Renderer([SHIPPED]).render(MAIL, SPARE_UPDATE)

    assert "\n\nHello,\n\nHere is what is new at Quillon & Daughters" in letter.text
    assert "We met" not in letter.text + letter.html
    assert "\nQuillon & Daughters\n" in letter.text
    assert "(and" not in letter.subject


def test_a_letter_from_the_company_itself_is_signed_once() -> None:
    ours = replace(QUARTERLY_UPDATE, sender_name=FOOTER.company, sender_title="")

    letter = Renderer([SHIPPED]).render(MAIL, ours)

    assert f"\n\n{FOOTER.company}\n\n\n-- \n" in letter.text
    assert 'class="position"' not in letter.html


def test_markup_in_a_name_is_shown_and_not_obeyed() -> None:
    letter = Renderer([SHIPPED]).render(MAIL, replace(QUARTERLY_UPDATE, given_name='<b onclick="x">'))

    assert "Hello &lt;b onclick=&#34;x&#34;&gt;," in letter.html
    assert 'Hello <b onclick="x">,' in letter.text


def test_template_code_in_a_name_is_only_a_name() -> None:
    letter = Renderer([SHIPPED]).render(MAIL, replace(QUARTERLY_UPDATE, given_name="{{ 7 * 7 }}{% if %}"))

    assert "Hello {{ 7 * 7 }}{% if %}," in letter.text


@pytest.mark.parametrize("end", ["\n", "\r", "\x0b", "\x1e", "\x85", "\u2028"])
def test_a_subject_of_two_lines_is_refused(end: str) -> None:
    items = (replace(QUARTERLY_UPDATE.items[0], title=f"one{end}two"),)

    with pytest.raises(TemplateError, match=r"quarterly_update/subject\.txt must become exactly one line"):
        Renderer([SHIPPED]).render(MAIL, replace(QUARTERLY_UPDATE, items=items))


def test_an_empty_subject_is_refused(tmp_path: Path) -> None:
    team = write(tmp_path, "quarterly_update/subject.txt", "{% if false %}{{ quarter }}{% endif %} \n")

    with pytest.raises(TemplateError, match="exactly one line"):
        Renderer([team, SHIPPED]).render(MAIL, QUARTERLY_UPDATE)


def test_another_emails_context_is_refused() -> None:
    with pytest.raises(BadInput, match="is rendered from QuarterlyUpdate, not Footer"):
        Renderer([SHIPPED]).render(MAIL, FOOTER)


def test_an_unknown_email_is_refused() -> None:
    with pytest.raises(NotFound, match="there is no email called 'newsletter'"):
        Renderer([SHIPPED]).render("newsletter", QUARTERLY_UPDATE)


@pytest.mark.parametrize("part", ["subject.txt", "body.txt", "body.html"])
def test_a_missing_part_is_an_error_and_not_a_fallback(part: str, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "emails")
    (tmp_path / "emails" / "quarterly_update" / part).unlink()

    with pytest.raises(TemplateError, match=f"quarterly_update/{part} is missing"):
        Renderer([tmp_path / "emails"]).render(MAIL, QUARTERLY_UPDATE)


def test_a_team_overrides_the_subject_alone(tmp_path: Path) -> None:
    team = write(tmp_path, "quarterly_update/subject.txt", "{{ quarter }} bei {{ footer.company }}\n")

    letter = Renderer([team, SHIPPED]).render(MAIL, QUARTERLY_UPDATE)

    assert letter.subject == "autumn 2026 bei Quillon & Daughters"
    assert letter.html == Renderer([SHIPPED]).render(MAIL, QUARTERLY_UPDATE).html


def test_a_team_changes_a_colour_without_copying_a_template(tmp_path: Path) -> None:
    css = (SHIPPED / "_base" / "letter.css").read_text().replace("#24564a", "#7a1f3d")
    team = write(tmp_path, "_base/letter.css", css)

    html = Renderer([team, SHIPPED]).render(MAIL, QUARTERLY_UPDATE).html

    assert "color:#7a1f3d" in html
    assert "#24564a" not in html


def test_a_team_says_a_phrase_its_own_way_by_extending_the_file_it_hides(tmp_path: Path) -> None:
    team = write(
        tmp_path,
        "_base/base.txt",
        '{% extends "_base/base.txt" %}\n{% block stop %}\nKeine Post mehr: {{ footer.stop_url }}\n{% endblock %}\n',
    )

    text = Renderer([team, SHIPPED]).render(MAIL, QUARTERLY_UPDATE).text

    assert f"{FOOTER.why}\n\nKeine Post mehr: {FOOTER.stop_url}\n\n{FOOTER.postal_address}" in text
    assert "Rather not?" not in text


@pytest.mark.parametrize("part", ["why", "postal_address", "stop_url"])
@pytest.mark.parametrize("base", ["base.txt", "base.html"])
def test_no_team_can_leave_out_the_footer(base: str, part: str, tmp_path: Path) -> None:
    source = (SHIPPED / "_base" / base).read_text().replace(f"{{{{ footer.{part} }}}}", "")
    team = write(tmp_path, f"_base/{base}", source)

    with pytest.raises(TemplateError, match=f"must show footer.{part}: no mail to a candidate goes without it"):
        Renderer([team, SHIPPED]).render(MAIL, QUARTERLY_UPDATE)


def test_a_misspelt_field_is_found_before_the_first_message(tmp_path: Path) -> None:
    team = write(tmp_path, "quarterly_update/subject.txt", "{{ qarter }}")

    with pytest.raises(TemplateError, match=r"subject\.txt uses qarter; QuarterlyUpdate has .*quarter"):
        Renderer([team, SHIPPED]).digest(MAIL)


def test_a_misspelt_part_of_an_item_is_an_error_and_not_a_gap(tmp_path: Path) -> None:
    team = write(tmp_path, "quarterly_update/subject.txt", "{{ items[0].titel }}")

    with pytest.raises(TemplateError, match=r"subject\.txt: .*has no attribute 'titel'"):
        Renderer([team, SHIPPED]).render(MAIL, QUARTERLY_UPDATE)


def test_a_failing_template_does_not_tell_whose_letter_it_was(tmp_path: Path) -> None:
    team = write(tmp_path, "quarterly_update/subject.txt", "{{ given_name|int(given_name) + 1 }}")

    with pytest.raises(TemplateError, match=r"subject\.txt failed with TypeError") as failure:
        Renderer([team, SHIPPED]).render(MAIL, QUARTERLY_UPDATE)

    assert "Şebnem" not in str(failure.value)


def test_an_unknown_filter_is_found_when_it_is_compiled(tmp_path: Path) -> None:
    team = write(tmp_path, "quarterly_update/subject.txt", "{{ quarter|shout }}")

    with pytest.raises(TemplateError, match=r"quarterly_update/subject\.txt: No filter named 'shout'"):
        Renderer([team, SHIPPED]).digest(MAIL)


def test_a_digest_is_the_same_for_the_same_words() -> None:
    first, second = Renderer([SHIPPED]).digest(MAIL), Renderer([SHIPPED]).digest(MAIL)

    assert first == second
    assert len(first) == 64


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("quarterly_update/subject.txt", "more"),
        ("quarterly_update/body.txt", "Why"),
        ("quarterly_update/body.html", "Why"),
        ("_base/base.txt", "Rather"),
        ("_base/letter.css", "24564a"),
    ],
)
def test_a_digest_changes_with_any_file_that_is_part_of_the_letter(name: str, word: str, tmp_path: Path) -> None:
    team = write(tmp_path, name, (SHIPPED / name).read_text().replace(word, word[::-1], 1))

    assert Renderer([team, SHIPPED]).digest(MAIL) != Renderer([SHIPPED]).digest(MAIL)


def test_a_run_speaks_with_one_voice_even_if_a_file_changes(tmp_path: Path) -> None:
    team = write(tmp_path, "quarterly_update/subject.txt", "before {{ quarter }}")
    renderer = Renderer([team, SHIPPED])
    digest = renderer.digest(MAIL)

    write(tmp_path, "quarterly_update/subject.txt", "after {{ quarter }}")

    assert renderer.render(MAIL, QUARTERLY_UPDATE).subject == "before autumn 2026"
    assert renderer.digest(MAIL) == digest != Renderer([team, SHIPPED]).digest(MAIL)
