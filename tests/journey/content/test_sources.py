"""Which feeds and folders may be sources, and what is kept of them."""

from pathlib import Path

import pytest

from rekindle.errors import BadInput, NotFound
from rekindle.journey.content import sources
from rekindle.journey.content.sources import Terms
from rekindle.store.content import Content
from rekindle.store.engine import Store
from rekindle.store.sources import SourceKind
from tests.cast import NOW, news

FEED = "https://blog.acme.example/feed.xml"


def test_a_feed_is_kept_with_what_its_items_are_taken_for(store: Store) -> None:
    with store.writing() as session:
        terms = Terms(["hiring, pricing", "Hiring"], ["product"], "de_AT", 90)
        source, is_new = sources.add(session, FEED, terms, NOW)
        assert is_new
        assert (source.kind, source.topics, source.families) == (SourceKind.FEED, ["hiring", "pricing"], ["product"])
        assert (source.language, source.valid_days, source.may_be_private) == ("de", 90, False)


def test_the_same_place_again_changes_what_is_said_of_it(store: Store) -> None:
    with store.writing() as session:
        first, _ = sources.add(session, FEED, Terms(), NOW)
        first.etag, first.modified = '"1"', "yesterday"
        again, is_new = sources.add(session, f" {FEED} ", Terms(valid_days=0), NOW)
        assert (again.id, is_new, again.valid_days, again.etag, again.modified) == (first.id, False, None, None, None)


def test_a_folder_is_kept_in_full(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news").mkdir()
    monkeypatch.chdir(tmp_path)
    with store.writing() as session:
        source, _ = sources.add(session, "news", Terms(), NOW)
        assert (source.kind, source.place) == (SourceKind.FOLDER, str((tmp_path / "news").resolve()))


@pytest.mark.parametrize(
    ("place", "terms", "said"),
    [
        ("", Terms(), "a source is the address of a feed or a folder"),
        ("https://a.example/" + "x" * 1000, Terms(), "a source is the address"),
        ("https://a.example/\x07", Terms(), "a source is the address"),
        ("https://ann:secret@a.example/", Terms(), "no user name, no password in it"),
        ("https://größe.example/", Terms(), "plain ASCII"),
        ("https://", Terms(), "this is no address a feed can be asked at"),
        ("file:///etc", Terms(), "a feed is asked by http or https"),
        ("ftp://a.example/feed", Terms(), "a feed is asked by http or https"),
        ("feed:https://a.example/", Terms(), "a feed is asked by http or https"),
        ("no/such/folder", Terms(), "no/such/folder is neither a web address nor a folder"),
        (__file__, Terms(), "is no folder"),
        (str(Path(__file__).parent), Terms(may_be_private=True), "--allow-private is for feeds"),
        ("http://127.0.0.1/feed", Terms(), "lies inside a private network; add --allow-private if you mean it"),
        ("http://10.0.0.1/feed", Terms(), "lies inside a private network"),
        ("http://[::1]/feed", Terms(), "lies inside a private network"),
        ("http://localhost:8000/feed", Terms(), "lies inside a private network"),
        ("http://wiki/feed", Terms(), "lies inside a private network"),
        ("http://wiki.internal/feed", Terms(), "lies inside a private network"),
        (FEED, Terms(language="German!"), "the language is a language, such as en"),
        (FEED, Terms(valid_days=-1), "--valid-days is a number from 1 to 3650"),
        (FEED, Terms(topics=["x" * 101]), "topics are at most 50 words or phrases"),
    ],
)
def test_what_can_be_no_source_is_refused(sqlite_store: Store, place: str, terms: Terms, said: str) -> None:
    with sqlite_store.writing() as session, pytest.raises(BadInput, match=said):
        sources.add(session, place, terms, NOW)


@pytest.mark.parametrize("place", ["http://127.0.0.1:8000/feed", "http://wiki/feed"])
def test_a_colleague_may_name_a_host_inside(sqlite_store: Store, place: str) -> None:
    with sqlite_store.writing() as session:
        assert sources.add(session, place, Terms(may_be_private=True), NOW)[0].may_be_private


def test_a_source_that_is_forgotten_leaves_its_items(store: Store) -> None:
    with store.writing() as session:
        source, _ = sources.add(session, FEED, Terms(), NOW)
        news(session, 1, source_id=source.id, source_key="1"), news(session, 2)
        assert [(row.place, count) for row, count in sources.all_of(session)] == [(FEED, 1)]
        assert sources.remove(session, source.id) == 1
        assert sources.all_of(session) == []
        session.expire_all()
        assert [(row.source_id, row.source_key) for row in session.query(Content)] == [(None, None)] * 2
        with pytest.raises(NotFound, match="there is no source 1"):
            sources.remove(session, 1)
