from pathlib import Path

import pytest

from flows.pull import pull
from rekindle.journey.content import sources
from rekindle.journey.content.sources import Terms
from rekindle.store.content import Content
from rekindle.wiring import Rekindle
from tests import cast
from tests.feeds import feed, feed_server, item, says

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("engine")]


def test_pull_takes_news_in_once_and_goes_on_after_a_source_that_fails(rekindle: Rekindle, tmp_path: Path) -> None:
    assert pull(return_state=True).message == "0 new items from 0 sources, 0 could not be read"
    (tmp_path / "plan.md").write_text("---\ntitle: Plan\nurl: https://a.example/plan\n---\nWe plan.\n")
    with feed_server() as server:
        places = (server.at("/gone", says(404)), server.at("/good", feed(item(1), item(2))), str(tmp_path))
        with rekindle.store.writing() as session:
            for place in places:
                sources.add(session, place, Terms(may_be_private=place.startswith("http")), cast.NOW)
        state = pull(return_state=True)
        assert (state.name, state.message) == ("SomeFailed", "3 new items from 3 sources, 1 could not be read")
        state = pull(return_state=True)
        assert (state.name, state.message) == ("SomeFailed", "0 new items from 3 sources, 1 could not be read")
    with rekindle.store.reading() as session:
        assert session.query(Content).count() == 3
