import io
import json
from pathlib import Path

import pytest

from rekindle.journey.bulk import nurture
from rekindle.store.content import Content
from rekindle.store.engine import Store
from rekindle.wiring import Rekindle
from tests.cast import NOW, news, stored
from tests.cli.calling import Command
from tests.feeds import feed, feed_server, item, says

ITEM = ("--title", "How we plan", "--url", "https://blog.acme.example/plan", "--summary", "We threw it away.")


def test_an_item_is_added_and_listed(command: Command) -> None:
    told = command("content", "add", *ITEM, "--topic", "roadmaps", "--topic", "pricing", "--family", "product")
    assert told.out == "1 added, 0 brought up to date, 0 known already\n"
    found = json.loads(command("content", "list", "--json").out)
    assert found[0]["topics"] == ["roadmaps", "pricing"]
    assert found[0]["published_on"] == "2026-10-13"
    listed = command("content", "list").out
    assert all(word in listed for word in ("How we plan", "roadmaps,", "pricing,", "product", "by hand"))


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


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_at_a_terminal_each_field_is_asked_for_until_it_is_sound(
    command: Command, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = ["How we plan", "blog", "https://blog.acme.example/plan", "We threw it away.", "roadmaps, pricing", ""]
    monkeypatch.setattr("sys.stdin", Terminal("\n".join([*typed, "de", "", "soon", "2027-01-31", ""])))
    told = command("content", "add")
    assert "1 added, 0 brought up to date" in told.out
    assert "url: blog; expected a web address" in told.out
    assert "valid_until: soon; expected a date" in told.out
    with store.reading() as session:
        row = session.query(Content).one()
        assert (row.title, row.topics, row.families, row.language) == ("How we plan", ["roadmaps", "pricing"], [], "de")
        assert (row.published_on, row.valid_until and row.valid_until.isoformat()) == (NOW.date(), "2027-01-31")


def test_who_stops_at_the_prompt_has_stored_nothing(
    command: Command, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("How we plan\n"))
    assert command("content", "add").code == 1
    with store.reading() as session:
        assert session.query(Content).count() == 0


def test_an_item_is_shown_in_full_and_taken_out_of_use(command: Command) -> None:
    command("content", "add", *ITEM, "--topic", "roadmaps")
    shown = command("content", "show", "1").out
    for said in ("How we plan", "https://blog.acme.example/plan", "We threw it away.", "roadmaps", "by hand"):
        assert said in shown
    assert json.loads(command("content", "show", "1", "--json").out)["valid"] is True
    assert command("content", "retire", "1").out == "item 1 is out of use\n"
    assert json.loads(command("content", "show", "1", "--json").out)["valid_until"] == "2026-10-12"
    assert " over " in command("content", "list").out
    assert command("content", "retire", "1").err == "error: item 1 is out of use since 2026-10-12\n"
    assert command("content", "show", "7").err.startswith("error: there is no item 7")


def test_what_an_edition_carries_is_told_when_it_is_changed_or_taken_out_of_use(
    command: Command, rekindle: Rekindle
) -> None:
    with rekindle.store.writing() as session:
        news(session, 1), news(session, 2), stored(session, "Anne")
    nurture.plan_update(rekindle.store, "2026-Q4", NOW, rekindle.rule, rekindle.frozen)
    told = command("content", "add", *ITEM[:3], "https://blog.acme.example/planning-1", *ITEM[4:])
    assert "edition 1 carries what has changed: what was approved is void" in told.out
    assert "edition 1 carries item 2 still" in command("content", "retire", "2").out


def test_news_is_pulled_from_a_source_and_listed_with_it(command: Command) -> None:
    with feed_server() as server:
        place = server.at("/feed", feed(item(1), item(2, title=None)))
        added = command("content", "sources", "add", place, "--topics", "a,b", "--families", "x", "--allow-private")
        assert added.out.startswith(f"source 1 is known now: {place}\n")
        dry = command("content", "pull", "--dry-run").out
        assert "  1 new, 0 changed, 0 known already, 0 not changed, 1 left out\n" in dry
        assert dry.endswith("A dry run: nothing was stored.\n")
        told = command("content", "pull", "--source", "1")
        assert "  new: News 1\n" in told.out
        assert "  left out: https://blog.acme.example/2: it has no title\n" in told.out
        (line,) = json.loads(command("content", "pull", "--json").out)
        assert (line["known"], line["added"], line["failed"]) == (1, [], False)
    (listed,) = json.loads(command("content", "list", "--json").out)
    assert (listed["source"], listed["got"], listed["valid"], listed["topics"]) == (1, 0, True, ["a", "b"])
    assert "source 1" in command("content", "list").out
    assert json.loads(command("content", "show", "1", "--json").out)["from"] == place


def test_a_source_that_fails_is_told_and_remembered(command: Command) -> None:
    with feed_server() as server:
        for path, answer in {"/gone": says(404), "/good": feed(item(1))}.items():
            command("content", "sources", "add", server.at(path, answer), "--allow-private")
        told = command("content", "pull")
        assert told.code == 1
        assert "  failed: there is nothing at this address\n" in told.out
        assert "  new: News 1\n" in told.out
    first, second = json.loads(command("content", "sources", "list", "--json").out)
    assert (first["problem"], first["items"]) == ("there is nothing at this address", 0)
    assert (second["problem"], second["items"]) == (None, 1)
    assert command("content", "sources", "list").out.endswith("source 1: there is nothing at this address\n")


def test_a_source_is_forgotten_and_its_items_stay(command: Command, folder: Path) -> None:
    (folder / "plan.md").write_text("---\ntitle: Plan\nurl: https://a.example/plan\n---\nWe plan.\n")
    command("content", "sources", "add", ".", "--valid-days", "0", "--language", "de")
    (line,) = json.loads(command("content", "sources", "list", "--json").out)
    assert (line["kind"], line["place"], line["valid_days"], line["language"]) == ("folder", str(folder), None, "de")
    command("content", "pull")
    assert command("content", "sources", "remove", "1").out == "source 1 is forgotten; 1 item from it stay\n"
    assert command("content", "sources", "list").out.startswith("There is no source yet")
    assert json.loads(command("content", "list", "--json").out)[0]["source"] is None
    assert command("content", "pull").out.startswith("There is no source yet")
    assert command("content", "sources", "remove", "1").code == 2


def test_an_edition_tells_of_everybody_what_they_get_and_why(command: Command, rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        news(session, 1), news(session, 2)
        stored(session, "Anne"), stored(session, "Bert", opted_out_at=NOW), stored(session, "Emil")
    nurture.plan_update(rekindle.store, "2026-Q4", NOW, rekindle.rule, rekindle.frozen)
    told = command("editions", "show", "1", "--people", "--limit", "2")
    shown = " ".join(told.out.split())
    assert "c-1 awaiting 2: How we plan, part 2 it is about roadmaps, which you work with" in shown
    assert "c-2 none the candidate asked us to stop" in shown
    assert told.out.endswith("2 of 3: --after 2 shows the next, --limit more at once.\n")
    (rest,) = json.loads(command("editions", "show", "1", "--people", "--after", "2", "--json").out)
    assert (rest["candidate"], rest["letter"], rest["left_out"]) == ("c-3", "awaiting", None)
    assert rest["items"][0] == {
        "id": 2,
        "title": "How we plan, part 2",
        "why": "it is about roadmaps, which you work with",
    }
    assert command("editions", "show", "1", "--people", "--after", "9").out == "Nobody else is in this edition.\n"
    assert command("editions", "show", "7", "--people").code == 2
