import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rekindle.errors import BadInput
from rekindle.journey.bulk.publishing import News, Published, checked, publish, read_items, wrong_with
from rekindle.store.content import Content
from rekindle.store.engine import Store
from tests.cast import NOW, news
from tests.journey.stage import planned

TODAY = NOW.date()
TOLD: dict[str, Any] = {
    "title": "How we plan",
    "url": "https://blog.acme.example/how-we-plan",
    "summary": "What changed when we threw our roadmap away.",
    "topics": ["roadmaps"],
    "families": ["product"],
}


def lines(path: Path, *told: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in told), encoding="utf-8")
    return path


def test_what_is_not_said_has_a_sensible_value() -> None:
    item = checked(TOLD, TODAY)
    assert (item.language, item.published_on, item.valid_until) == ("en", TODAY, None)


def test_a_language_is_kept_without_its_region() -> None:
    assert checked({**TOLD, "language": "de-AT"}, TODAY).language == "de"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "title: "),
        ({"title": "x" * 301}, "at most 300 characters"),
        ({"title": "one\r\ntwo"}, "one line without control characters"),
        ({"url": "blog.acme.example"}, "a web address"),
        ({"url": "javascript:alert(1)"}, "a web address"),
        ({"url": "https://blog.acme.example/a b"}, "a web address"),
        ({"url": "https://blog.acme.example/" + "a" * 1000}, "at most 1000 characters"),
        ({"summary": None}, "summary: "),
        ({"topics": "roadmaps"}, "a list of at most 50 texts"),
        ({"topics": [1]}, "text in quotes"),
        ({"language": "English, please"}, "a language, such as en"),
        ({"published_on": "1 May"}, "a date, such as"),
        ({"published_on": "2026-05-02", "valid_until": "2026-05-01"}, "a day not before published_on"),
        ({"link": "x"}, "link: x; expected a known name"),
    ],
)
def test_an_item_that_is_none_is_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        checked({**TOLD, **changes}, TODAY)


def test_the_same_address_again_brings_the_item_up_to_date(store: Store) -> None:
    first, second = checked(TOLD, TODAY), checked({**TOLD, "title": "How we plan now"}, TODAY)
    with store.writing() as session:
        assert publish(session, [first], NOW) == Published(1, 0)
    with store.writing() as session:
        assert publish(session, [first], NOW) == Published(0, 0)
        assert publish(session, [second], NOW) == Published(0, 1)
    with store.reading() as session:
        assert [row.title for row in session.query(Content)] == ["How we plan now"]


def test_the_same_address_twice_in_one_file_is_one_item(store: Store) -> None:
    with store.writing() as session:
        items = [checked(TOLD, TODAY), checked({**TOLD, "title": "Later"}, TODAY)]
        assert publish(session, items, NOW) == Published(1, 0)
        assert session.query(Content).one().title == "Later"


@pytest.mark.parametrize(
    "url",
    [
        "http://blog.acme.example/how-we-plan",
        "https://blog.acme.example/how-we-plan/",
        "https://Blog.Acme.example/how-we-plan?utm_source=feed&utm_medium=rss",
    ],
)
def test_a_link_to_the_same_page_is_the_same_item(store: Store, url: str) -> None:
    with store.writing() as session:
        publish(session, [checked(TOLD, TODAY)], NOW)
        assert publish(session, [checked({**TOLD, "url": url}, TODAY)], NOW) == Published(0, 1)
        assert session.query(Content).one().url == url


def test_of_two_old_items_with_one_page_the_one_with_the_very_link_is_changed(store: Store) -> None:
    with store.writing() as session:
        news(session, 1, url="http://blog.acme.example/how-we-plan"), news(session, 2, url=TOLD["url"])
        publish(session, [checked(TOLD, TODAY)], NOW)
        assert [row.title for row in session.query(Content).order_by(Content.id)] == [
            "How we plan, part 1",
            "How we plan",
        ]


def test_what_is_changed_by_hand_is_no_pulls_any_more_and_names_the_editions_that_carry_it(store: Store) -> None:
    edition_id = planned(store, "Anne")
    with store.writing() as session:
        row = session.query(Content).one()
        row.source_key = "guid-1"
        told = {**TOLD, "url": row.url, "topics": ["roadmaps"]}
        assert publish(session, [checked(told, TODAY)], NOW) == Published(0, 1, (edition_id,))
        assert row.source_key is None


def test_one_value_is_judged_by_itself() -> None:
    assert wrong_with("title", "How we plan", TODAY) is None
    assert str(wrong_with("title", "", TODAY)).startswith("title: (empty); expected what it is called")
    assert "a date, such as" in str(wrong_with("valid_until", "soon", TODAY))
    assert "topics" in str(wrong_with("topics", ["x" * 300], TODAY))


def test_a_file_is_read_line_by_line(tmp_path: Path) -> None:
    file = lines(tmp_path / "news.jsonl", TOLD, "", {**TOLD, "url": "https://blog.acme.example/2", "title": "Zwölf"})
    assert [item.title for item in read_items(file, date(2026, 1, 1))] == ["How we plan", "Zwölf"]
    assert all(isinstance(item, News) for item in read_items(file, TODAY))


def test_every_bad_line_is_named_and_nothing_is_taken(tmp_path: Path) -> None:
    file = lines(tmp_path / "news.jsonl", TOLD, '{"title": "half', {**TOLD, "url": "x"}, "[1]")
    with pytest.raises(BadInput) as caught:
        read_items(file, TODAY)
    said = str(caught.value).splitlines()
    assert said[0] == f"{file}: nothing was stored, because of"
    assert [line.partition(",")[0] for line in said[1:]] == ["line 2", "line 3", "line 4"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00\x00", "is"),
        (b"{\x00\x01\x02}" * 9, "binary"),
        (b"PK\x03\x04", "an Excel workbook or a zip archive"),
        (b"title,url\nA,https://a.example\n", "should be JSON Lines but looks like CSV"),
        ('{"title": "m\xfcde"}\n'.encode("latin-1"), "is not UTF-8"),
        (b"[" * 100_000, "one JSON array: write one item a line"),
    ],
)
def test_a_file_that_is_something_else_is_refused(written: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_bytes(written)
    with pytest.raises(BadInput, match=said):
        read_items(tmp_path / "news.jsonl", TODAY)


def test_a_file_of_rubbish_does_not_fill_the_screen(tmp_path: Path) -> None:
    file = lines(tmp_path / "news.jsonl", *["{}"] * 5000)
    with pytest.raises(BadInput) as caught:
        read_items(file, TODAY)
    assert len(str(caught.value).splitlines()) <= 21


def test_a_line_that_never_ends_is_refused(tmp_path: Path) -> None:
    file = lines(tmp_path / "news.jsonl", TOLD, '{"title": "' + "x" * 1_100_000)
    with pytest.raises(BadInput, match="line 2, line: "):
        read_items(file, TODAY)
