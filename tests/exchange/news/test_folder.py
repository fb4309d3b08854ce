"""Folders of Markdown files: each file is an item, or left out with every reason; nothing outside is ever read."""

import os
from datetime import date
from pathlib import Path

import pytest

from rekindle.exchange.news import folder
from rekindle.exchange.news.folder import read_folder
from rekindle.exchange.news.found import Entry, Found, Unreadable
from rekindle.exchange.news.frontmatter import parted
from rekindle.exchange.news.markdown import first_paragraph, read_item

PLAN = """---
title: How we plan
url: https://blog.acme.example/plan?utm_source=x
topics: [roadmaps, pricing]
families: product, design
language: de-AT
published: 2026-10-01
valid_until: 2027-01-31
---
# How we plan

We threw our **roadmap** away, and [wrote](https://a.example/) a *letter*.
It took a week.

Nothing of this paragraph is used.
"""


def write(place: Path, **files: str | bytes) -> Found:
    for name, text in files.items():
        raw = text if isinstance(text, bytes) else text.encode()
        (place / f"{name}.md").write_bytes(raw)
    return read_folder(place)


def item(**changes: str) -> str:
    told = {"title": "How we plan", "url": "https://blog.acme.example/plan", "summary": "We threw it away.", **changes}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in told.items() if value != "-") + "---\n"


def test_a_file_is_an_item(tmp_path: Path) -> None:
    assert write(tmp_path, plan=PLAN) == Found(
        (
            Entry(
                key="plan.md",
                title="How we plan",
                url="https://blog.acme.example/plan",
                summary="We threw our roadmap away, and wrote a letter. It took a week.",
                topics=("roadmaps", "pricing"),
                families=("product", "design"),
                language="de",
                published_on=date(2026, 10, 1),
                valid_until=date(2027, 1, 31),
            ),
        )
    )


@pytest.mark.parametrize("text", [PLAN.replace("\n", "\r\n"), "\ufeff" + PLAN, "\n" + PLAN.replace("---\n#", "...\n#")])
def test_it_does_not_matter_how_a_file_is_saved(tmp_path: Path, text: str) -> None:
    assert write(tmp_path, plan=text) == write(tmp_path, plan=PLAN)


def test_values_are_what_is_written_and_not_what_yaml_makes_of_them() -> None:
    entry = read_item(item(title="404", language="no", summary="yes"), "x")
    assert (entry.title, entry.language, entry.summary) == ("404", "no", "yes")


def test_all_that_is_wrong_with_a_file_is_said_at_once() -> None:
    text = item(title="-", url="blog", published="1 May", valid_until="2026-02-30", topics="{a: b}", titel="x")
    with pytest.raises(Unreadable) as caught:
        read_item(text, "x")
    said = str(caught.value)
    for name in ("title: (nothing)", "url: blog", "published: 1 May", "valid_until: 2026-02-30", "topics: {…}"):
        assert name in said
    assert "titel: x; expected a known name: did you mean title?" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        ("# How we plan\n", "it has no front matter: begin it with title and url"),
        ("---\ntitle: x\n", "its front matter does not end"),
        ("---\n---\n", "its front matter is empty"),
        ("---\n- a\n- b\n---\n", "its front matter is no list of names and values"),
        ("---\ntitle: a: b\n---\n", "line 2: mapping values are not allowed here; put a value that holds a colon in q"),
        ("---\ntitle: a\ntitle: b\n---\n", "its front matter says title twice"),
        ("---\ntitle: &a [*a]\n---\n", "its front matter is no YAML"),
        ("---\ntitle: !!python/object/apply:os.system [ls]\n---\n", "title: […]; expected text in quotes"),
        ("---\n" + "a: [" * 3000 + "\n---\n", "its front matter "),
        ("---\ntitle: " + "x" * 30_000 + "\n---\n", "its front matter has more than 20000 characters"),
        ("+++\ntitle = 'x'\n+++\n", "its front matter is TOML"),
        ("title: Größe".encode("latin-1"), "line 1: the byte 0xF6 is not UTF-8; save it as UTF-8"),
        (b"---\ntitle: a\0b\n---\n", "it is a binary file, no text"),
        (b"x" * 1_000_001, "it is larger than 1 MB"),
        (item(summary="-"), "summary: (nothing); expected what it says"),
        (item(url="https://u:p@acme.example/"), "url: https://u:p@acme.example/; expected a web address"),
        (item(published="2026-05-02", valid_until="2026-05-01"), "expected a day not before published"),
        (item(title="one\u202etwo"), "expected one line without control characters"),
    ],
)
def test_what_is_no_item_is_left_out_with_the_reason(tmp_path: Path, text: str | bytes, said: str) -> None:
    found = write(tmp_path, good=PLAN, other=text)
    assert [entry.key for entry in found.entries] == ["good.md"]
    (omission,) = found.left_out
    assert omission.what == "other.md"
    assert said in omission.why
    assert found.remark == "1 file was left out: other.md"


def test_yaml_that_multiplies_itself_stays_small() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    told, _ = parted("---\n" + "\n".join(lines) + "\n---\n")
    assert len(told) == 30


def test_files_are_found_in_folders_and_what_is_no_news_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "2026").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("2026/b.markdown", "a.MD", "README.md", ".hidden.md", "_draft.md", ".git/c.md", "d.txt"):
        (tmp_path / name).write_text(item(url=f"https://a.example/{name}"))
    assert [entry.key for entry in read_folder(tmp_path).entries] == ["a.MD", "2026/b.markdown"]


def test_two_files_about_one_page_are_one_item(tmp_path: Path) -> None:
    found = write(tmp_path, a=item(), b=item(url="http://blog.acme.example/plan/"))
    assert [entry.key for entry in found.entries] == ["a.md"]
    assert [(each.what, each.why) for each in found.left_out] == [("b.md", "url: the same as in a.md")]


def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.md").write_text(PLAN)
    (inside / "link.md").symlink_to(outside / "secret.md")
    (inside / "folder").symlink_to(outside)
    (inside / "loop.md").symlink_to("loop.md")
    (inside / "real.md").write_text(PLAN)
    (inside / "zlink.md").symlink_to("real.md")
    os.mkfifo(inside / "pipe.md")
    found = read_folder(inside)
    assert [entry.key for entry in found.entries] == ["real.md"]
    assert {each.what: each.why for each in found.left_out} == {
        "folder": "a link to a folder is not followed",
        "link.md": "it is a link that leads out of the folder",
        "loop.md": "it cannot be read: it leads in a circle",
        "pipe.md": "it is no file",
        "zlink.md": "url: the same as in real.md",
    }


def test_a_folder_may_be_reached_by_a_link_or_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news").mkdir()
    write(tmp_path / "news", plan=PLAN)
    (tmp_path / "link").symlink_to("news")
    monkeypatch.chdir(tmp_path)
    assert len(read_folder(Path("link")).entries) == len(read_folder(Path("news")).entries) == 1


def test_only_so_many_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MOST", 2)
    found = write(tmp_path, **{name: item(url=f"https://a.example/{name}") for name in "abcd"})
    assert [entry.key for entry in found.entries] == ["a.md", "b.md"]
    assert found.left_out[0].why == "only the first 2 are read"
    assert found.remark == "1 file was left out: more files"


def test_of_many_files_left_out_a_few_are_named(tmp_path: Path) -> None:
    assert write(tmp_path, **dict.fromkeys("abcde", "x")).remark == "5 files were left out: a.md, b.md, c.md, …"


@pytest.mark.parametrize("place", ["gone", "file.txt"])
def test_there_has_to_be_such_a_folder(tmp_path: Path, place: str) -> None:
    (tmp_path / "file.txt").touch()
    with pytest.raises(Unreadable, match="the folder cannot be opened"):
        read_folder(tmp_path / place)


@pytest.mark.parametrize(
    ("body", "paragraph"),
    [
        ("", ""),
        ("# Heading\n\nText.", "Text."),
        ("Heading\n=======\n\nText.", "Text."),
        ("![an image](x.png)\n\nText.", "Text."),
        ("- a list\n\n1. a list\n\n> quoted\n\n| a | table |\n\nText.", "Text."),
        ("```\ncode\n\nmore code\n```\n\nText.", "Text."),
        ("<!-- remark -->\n\nText.", "Text."),
        ("{{< youtube x >}}\n\nText.", "Text."),
        ("---\n\nText.", "Text."),
        ("Some `code`, __strong__, ~~gone~~, _soft_, snake_case_name and 2 * 3 * 4.", None),
        ("Not \\*bold\\*, a [ref][1] and <b>HTML</b> &amp; more.", "Not *bold*, a ref and HTML & more."),
        ("![icon](i.png) Text with an image.", "Text with an image."),
        ("Two\nlines.", "Two lines."),
    ],
)
def test_the_first_paragraph_is_told_as_plain_text(body: str, paragraph: str | None) -> None:
    plain = "Some code, strong, gone, soft, snake_case_name and 2 * 3 * 4."
    assert first_paragraph(body) == (plain if paragraph is None else paragraph)
