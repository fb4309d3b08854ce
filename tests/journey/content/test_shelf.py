"""What the library shows of its items, and what taking one out of use means."""

from datetime import date, timedelta

import pytest

from rekindle.errors import BadInput, NotFound
from rekindle.journey.bulk import nurture
from rekindle.journey.bulk.freezing import edition_digest
from rekindle.journey.content.recipients import Given, Recipient, recipients
from rekindle.journey.content.shelf import one, retire, shelf
from rekindle.store.content import items_valid_on
from rekindle.store.editions import Edition
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from states.message import MessageState
from tests.cast import NOW, news, stored
from tests.journey.stage import FROZEN, RULE, planned

TODAY = NOW.date()


def test_the_library_is_listed_newest_first_with_how_many_got_each(store: Store) -> None:
    planned(store, "Anne", "Emil")
    with store.writing() as session:
        session.get_one(Message, 1).state = MessageState.SENT
        news(session, 2, valid_until=TODAY - timedelta(days=1)), news(session, 3, published_on=date(2027, 1, 1))
        found = shelf(session, TODAY, limit=2)
        assert ([each.item.id for each in found.lines], found.total) == ([3, 2], 3)
        assert [each.is_valid for each in found.lines] == [False, False]
        shown, editions = one(session, 1, TODAY)
        assert (shown.got, shown.is_valid, shown.source, editions) == (1, True, None, [1])


def test_an_item_out_of_use_is_in_no_edition_planned_from_now_on(store: Store) -> None:
    with store.writing() as session:
        item = news(session)
        assert retire(session, item.id, TODAY) == []
        assert items_valid_on(session, TODAY) == []
        with pytest.raises(BadInput, match="item 1 is out of use since 2026-10-12"):
            retire(session, item.id, TODAY)
        with pytest.raises(NotFound, match="there is no item 7"):
            retire(session, 7, TODAY)


def test_an_edition_that_carries_it_stays_as_it_was_approved(store: Store) -> None:
    edition_id = planned(store, "Anne")
    with store.writing() as session:
        edition = session.get_one(Edition, edition_id)
        before = edition_digest(session, edition, template="t", rule="r")
        assert retire(session, 1, TODAY) == [edition_id]
        assert edition_digest(session, edition, template="t", rule="r") == before


def test_everybody_in_an_edition_is_told_page_by_page_with_what_they_get_and_why(store: Store) -> None:
    with store.writing() as session:
        news(session, 1), news(session, 2, topics=[], families=[])
        for name, changes in {"Anne": {}, "Bert": {"opted_out_at": NOW}, "Emil": {}}.items():
            stored(session, name, **changes)
    edition_id = nurture.plan_update(store, "2026-Q4", NOW, RULE, FROZEN)
    given = (
        Given(1, "How we plan, part 1", "it is about roadmaps, which you work with"),
        Given(2, "How we plan, part 2", "it is news for everyone we know"),
    )
    with store.reading() as session:
        first = recipients(session, edition_id, limit=2)
        assert first.people == [
            Recipient(1, "awaiting", given),
            Recipient(2, None, left_out="the candidate asked us to stop"),
        ]
        assert (first.total, first.more) == (3, True)
        rest = recipients(session, edition_id, limit=2, after=2)
        assert rest.people == [Recipient(3, "awaiting", given)]
        assert (rest.total, rest.more) == (3, False)
        assert recipients(session, edition_id, limit=2, after=3).people == []
