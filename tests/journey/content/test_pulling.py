"""Pulling news from feeds and folders: what becomes of each entry, what is remembered, and who fails alone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import NotFound
from rekindle.exchange.news.fetching import Bounds
from rekindle.exchange.news.parsing import parse
from rekindle.journey.bulk import publishing
from rekindle.journey.content import pulling, sources
from rekindle.journey.content.pulling import Pulled, pull
from rekindle.journey.content.shelf import retire
from rekindle.journey.content.sources import Terms
from rekindle.store.content import Content
from rekindle.store.editions import Edition, EditionState
from rekindle.store.engine import Store
from rekindle.store.sources import Source
from tests.cast import NOW, news
from tests.feeds import FeedServer, breaks_off, endless, feed, feed_server, item, redirects, rss, says, unless_known
from tests.journey.stage import planned

TODAY = NOW.date()
BOUNDS = Bounds(seconds=3, step=1, size=100_000)


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    with feed_server() as running:
        yield running


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds are read in a process of their own, which has tests of its own; to start it takes half a second."""
    monkeypatch.setattr(pulling, "read_feed", lambda body, kind, address, _patience: parse(body, kind, address))


def known(store: Store, place: str, terms: Terms | None = None) -> int:
    with store.writing() as session:
        given = terms or Terms(may_be_private=place.startswith("http"))
        return sources.add(session, place, given, NOW)[0].id


def pulled(store: Store, number: int | None = None, *, dry_run: bool = False) -> list[Pulled]:
    return list(pull(store, NOW, number, dry_run=dry_run, bounds=BOUNDS))


def only(store: Store) -> Pulled:
    (done,) = pulled(store)
    return done


def library(store: Store) -> list[Content]:
    with store.reading() as session:
        return list(session.scalars(select(Content).order_by(Content.id)))


def source(store: Store, number: int = 1) -> Source:
    with store.reading() as session:
        return session.get_one(Source, number)


def test_what_a_feed_says_is_in_the_library_once(store: Store, server: FeedServer) -> None:
    place = server.at("/two", feed(item(1), item(2, category="pricing", pubDate=None)))
    known(store, place, Terms(("hiring",), ("product",), "de", 100, may_be_private=True))
    done = only(store)
    assert (done.taken.added, done.taken.changed, done.taken.known) == (["News 1", "News 2"], [], 0)
    first, second = library(store)
    assert (first.topics, first.families, first.language) == (["hiring"], ["product"], "de")
    assert (first.published_on, first.valid_until) == (date(2026, 10, 6), date(2026, 10, 6) + timedelta(days=100))
    assert (second.topics, second.published_on) == (["pricing"], TODAY)
    assert (first.source_id, first.source_key) == (1, f"{server.base}/guid-1")
    assert only(store).taken.known == 2
    assert len(library(store)) == 2
    assert (source(store).pulled_at, source(store).problem) == (NOW, None)


def test_an_item_that_changed_at_its_source_changes_here(store: Store, server: FeedServer) -> None:
    known(store, server.at("/changing", feed(item(1))))
    only(store)
    server.at("/changing", feed(item(1, title="News 1, mended", link="https://blog.acme.example/moved")))
    assert only(store).taken.changed == ["News 1, mended"]
    assert [(row.title, row.url) for row in library(store)] == [("News 1, mended", "https://blog.acme.example/moved")]


@pytest.mark.parametrize("state", [EditionState.AWAITING, EditionState.APPROVED, EditionState.PAUSED])
def test_the_words_of_what_an_edition_carries_stay(store: Store, server: FeedServer, state: EditionState) -> None:
    known(store, server.at("/carried", unless_known('"1"', rss(item(1, category="roadmaps")))))
    only(store)
    edition_id = planned(store, "Anne")
    with store.writing() as session:
        session.get_one(Edition, edition_id).state = state
    server.at("/carried", unless_known('"2"', rss(item(1, title="Mended", category="roadmaps"))))
    (held,) = only(store).taken.held
    assert held.why.startswith(f"edition {edition_id} carries it, and a change would void")
    assert library(store)[0].title == "News 1"
    with store.writing() as session:
        session.get_one(Edition, edition_id).state = EditionState.DONE
    # It is asked for whole again, though the server knows no news.
    assert only(store).taken.changed == ["Mended"]
    assert only(store).is_unchanged


def test_only_the_days_of_what_an_edition_carries_may_change(store: Store, server: FeedServer) -> None:
    known(store, server.at("/days", feed(item(1, category="roadmaps"))))
    only(store)
    planned(store, "Anne")
    server.at("/days", feed(item(1, category="roadmaps", pubDate="Wed, 07 Oct 2026 08:00:00 GMT")))
    assert only(store).taken.changed == ["News 1"]
    assert library(store)[0].published_on == date(2026, 10, 7)


def by_hand(session: Session, row: Content, **changes: object) -> None:
    told = {name: getattr(row, name) for name in ("title", "url", "summary", "topics", "families", "language")}
    days = {"published_on": row.published_on.isoformat(), "valid_until": "2027-12-31"}
    publishing.publish(session, [publishing.checked({**told, **days, **changes}, TODAY)], NOW)


def test_what_somebody_changed_by_hand_is_theirs(store: Store, server: FeedServer) -> None:
    known(store, server.at("/theirs", feed(item(1))))
    only(store)
    with store.writing() as session:
        by_hand(session, session.get_one(Content, 1), summary="In our own words.")
    server.at("/theirs", feed(item(1, title="Mended")))
    assert only(store).taken.known == 1
    assert [(row.title, row.summary) for row in library(store)] == [("News 1", "In our own words.")]


def test_what_was_taken_out_of_use_does_not_come_back(store: Store, server: FeedServer) -> None:
    known(store, server.at("/retired", feed(item(1))))
    only(store)
    with store.writing() as session:
        retire(session, 1, TODAY)
    server.at("/retired", feed(item(1, title="Mended")))
    assert only(store).taken.known == 1
    assert library(store)[0].valid_until == TODAY - timedelta(days=1)


def test_what_is_known_from_elsewhere_is_left_alone(store: Store, server: FeedServer) -> None:
    with store.writing() as session:
        news(session, 1, url="http://blog.acme.example/1/?utm_source=letter")
    known(store, server.at("/elsewhere", feed(item(1), item(2))))
    assert (only(store).taken.known, len(library(store))) == (1, 2)
    assert library(store)[0].title == "How we plan, part 1"


def test_an_item_does_not_take_the_link_of_another(store: Store, server: FeedServer) -> None:
    known(store, server.at("/taken", feed(item(1), item(2))))
    only(store)
    server.at("/taken", feed(item(1, link="https://blog.acme.example/2")))
    (held,) = only(store).taken.held
    assert held.why == "its new link is that of item 2"


def test_a_feed_that_calls_everything_anew_changes_nothing(store: Store, server: FeedServer) -> None:
    known(store, server.at("/renamed", feed(item(1))))
    only(store)
    server.at("/renamed", feed(item(1, guid="other")))
    assert (only(store).taken.known, len(library(store))) == (1, 1)
    assert library(store)[0].source_key == f"{server.base}/other"


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("Tue, 06 Jan 2026 08:00:00 GMT", "it is of 2026-01-06 and was worth telling until 2026-07-05"),
        ("Tue, 06 Oct 2037 08:00:00 GMT", "it is dated 2037-10-06, more than a year ahead"),
    ],
)
def test_what_is_too_old_or_from_the_future_is_left_out(store: Store, server: FeedServer, day: str, why: str) -> None:
    known(store, server.at("/days", feed(item(1, pubDate=day))))
    assert [each.why for each in only(store).taken.left_out] == [why]
    assert library(store) == []


def test_what_is_dated_tomorrow_waits_for_its_day(store: Store, server: FeedServer) -> None:
    known(store, server.at("/tomorrow", feed(item(1, pubDate="Wed, 14 Oct 2026 08:00:00 GMT"))))
    only(store)
    with store.writing() as session:
        assert sources.find(session, 1).problem is None
    assert library(store)[0].published_on == TODAY + timedelta(days=1)


def test_a_feed_is_asked_for_what_is_new_only(store: Store, server: FeedServer) -> None:
    known(store, server.at("/known", unless_known('"7"', rss(item(1)))))
    assert not only(store).is_unchanged
    assert only(store).is_unchanged
    assert server.asked[-1][1]["if-none-match"] == '"7"'
    known(store, f"{server.base}/known", Terms(("hiring",), may_be_private=True))
    # Its items are taken for something else now.
    assert only(store).taken.changed == ["News 1"]


def test_a_broken_feed_is_read_as_far_as_it_goes_and_again_the_next_time(store: Store, server: FeedServer) -> None:
    whole = rss(item(1), item(2))
    known(store, server.at("/broken", unless_known('"8"', whole[:-40])))
    done = only(store)
    assert done.taken.added[0] == "News 1"
    assert not done.failed
    assert source(store).problem == done.problem
    assert (done.problem or "").startswith("its XML is broken (")
    assert not only(store).is_unchanged


def test_one_that_fails_keeps_no_other_from_being_pulled(store: Store, server: FeedServer, tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text("---\ntitle: Plan\nurl: https://a.example/plan\n---\nWe plan.\n")
    places = {
        server.at("/gone", says(404)): "there is nothing at this address",
        server.at("/page", says(200, b"<html>hi</html>")): "it is a web page, no feed",
        server.at("/half", breaks_off(rss(item(1)))): "its answer breaks off, or is no HTTP",
        server.at("/endless", endless()): "it is larger than 0.1 MB; nothing of it was read",
        server.at("/loop", redirects("/loop")): "it leads from one address to the next, more than 5 times",
        server.at("/slow", endless(b"x", pause=0.1)): "it did not answer in time",
        server.at("/good", feed(item(1))): None,
        str(tmp_path): None,
    }
    for place in places:
        known(store, place)
    done = {each.place: each for each in pulled(store)}
    assert {place: each.problem for place, each in done.items()} == places
    assert [row.title for row in library(store)] == ["Plan", "News 1"]
    with store.reading() as session:
        assert {row.place: row.problem for row, _ in sources.all_of(session)} == places
    server.at("/gone", feed(item(3)))
    assert pulled(store, 1)[0].problem is None
    assert source(store, 1).problem is None


def test_a_feed_that_moved_for_good_says_where(store: Store, server: FeedServer) -> None:
    end = server.at("/new", feed(item(1)))
    known(store, server.at("/old", redirects("/new", 301)))
    assert only(store).problem == f"it has moved for good; add its new address as a source: {end}"
    assert len(library(store)) == 1


def test_a_feed_inside_is_asked_only_where_a_colleague_said_so(store: Store, server: FeedServer) -> None:
    with store.writing() as session:
        session.add(Source(kind="feed", place=server.at("/in", feed(item(1))), topics=[], families=[], created_at=NOW))
    assert "inside a private network" in (only(store).problem or "")
    assert library(store) == []


def test_a_folder_is_pulled_and_a_bad_file_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\nurl: https://a.example/a\nvalid_until: 2026-12-31\n---\nIt is A.\n")
    (tmp_path / "b.md").write_text("no front matter")
    known(store, str(tmp_path), Terms(("hiring",)))
    done = only(store)
    assert (done.taken.added, done.failed) == (["A"], False)
    assert done.problem == "1 file was left out: b.md"
    (row,) = library(store)
    assert (row.summary, row.topics, row.valid_until) == ("It is A.", ["hiring"], date(2026, 12, 31))
    assert (row.source_key, row.published_on) == ("a.md", TODAY)


def test_a_folder_that_is_gone_takes_nothing_away(store: Store, tmp_path: Path) -> None:
    place = tmp_path / "news"
    place.mkdir()
    (place / "a.md").write_text("---\ntitle: A\nurl: https://a.example/a\n---\nIt is A.\n")
    known(store, str(place))
    only(store)
    place.rename(tmp_path / "elsewhere")
    assert only(store).problem == "the folder cannot be opened: No such file or directory"
    assert len(library(store)) == 1


def test_a_dry_run_says_the_same_and_keeps_nothing(store: Store, server: FeedServer) -> None:
    known(store, server.at("/dry", feed(item(1))))
    (would,) = pulled(store, dry_run=True)
    assert would.taken.added == ["News 1"]
    assert library(store) == []
    assert source(store).pulled_at is None
    assert only(store) == would


def test_two_pulls_at_once_take_everything_in_once(store: Store, server: FeedServer) -> None:
    known(store, server.at("/once", feed(*(item(number) for number in range(20)))))
    with ThreadPoolExecutor(2) as pool:
        done = [each.taken for (each,) in pool.map(lambda _: pulled(store), range(2))]
    assert sorted((len(each.added), each.known) for each in done) == [(0, 20), (20, 0)]
    assert len(library(store)) == 20


def test_there_has_to_be_such_a_source(store: Store) -> None:
    with pytest.raises(NotFound, match="there is no source 7"):
        pulled(store, 7)
    assert pulled(store) == []
