import json
from pathlib import Path

from tests.cli.calling import Command

ITEM = ("--title", "How we plan", "--url", "https://blog.acme.example/plan", "--summary", "We threw it away.")


def test_an_item_is_added_and_listed(command: Command) -> None:
    told = command("content", "add", *ITEM, "--topic", "roadmaps", "--topic", "pricing", "--family", "product")
    assert told.out == "1 added, 0 brought up to date, 0 known already\n"
    found = json.loads(command("content", "list", "--json").out)
    assert found[0]["topics"] == ["roadmaps", "pricing"]
    assert found[0]["published_on"] == "2026-10-13"
    assert "roadmaps, pricing, product" in " ".join(command("content", "list").out.split())


def test_the_same_address_again_brings_it_up_to_date(command: Command) -> None:
    command("content", "add", *ITEM)
    assert command("content", "add", *ITEM).out == "0 added, 0 brought up to date, 1 known already\n"
    newer = (*ITEM[:1], "How we plan now", *ITEM[2:])
    assert command("content", "add", *newer).out == "0 added, 1 brought up to date, 0 known already\n"


def test_a_file_is_added_whole(command: Command, folder: Path) -> None:
    line = {"title": "A", "url": "https://blog.acme.example/{}", "summary": "B"}
    text = "\n".join(json.dumps({**line, "url": line["url"].format(number)}) for number in range(3))
    (folder / "news.jsonl").write_text(text)
    assert command("content", "add", "news.jsonl").out.startswith("3 added")


def test_a_file_with_a_bad_line_adds_nothing(command: Command, folder: Path) -> None:
    (folder / "news.jsonl").write_text('{"title": "A", "url": "https://a.example/1", "summary": "B"}\n{"title": "B"}\n')
    told = command("content", "add", "news.jsonl")
    assert told.code == 2
    assert "line 2, url: (nothing)" in told.err
    assert command("content", "list").out.startswith("There is no news yet")


def test_a_file_and_options_are_too_much(command: Command) -> None:
    told = command("content", "add", "news.jsonl", *ITEM)
    assert (told.code, told.err) == (2, "error: give a file or the options of one item, not both\n")


def test_nothing_at_all_is_too_little(command: Command) -> None:
    told = command("content", "add")
    assert told.code == 2
    assert told.err.startswith("error: title: (nothing); expected what it is called")


def test_there_has_to_be_a_file(command: Command) -> None:
    assert command("content", "add", "missing.jsonl").err == "error: there is no file missing.jsonl\n"
