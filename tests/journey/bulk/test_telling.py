"""Whoever approved an edition is told once that it has paused by itself."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from rekindle.journey.bulk import pausing, telling
from rekindle.journey.bulk.telling import Herald, Notice
from rekindle.journey.outbox.sending import Outgoing
from rekindle.mail.outcome import Accepted, NotSent, Outcome
from rekindle.mail.render import Renderer
from rekindle.resources import shipped
from rekindle.store.editions import EditionState
from rekindle.store.engine import Store
from tests.cast import NOW
from tests.journey.letters.stage import STANDARDS
from tests.journey.outbox.test_writing import HOUSE
from tests.journey.stage import FROZEN, approved, change, edition

LATER = NOW + timedelta(hours=1)
HERE = {"ann@acme.example": frozenset({"lead"}), "ben@acme.example": frozenset({"lead"})}
WHY = "paused by itself: of 5 letters 2 came back (40.0 %, at most 25 % may)"
HERALD = Herald(HOUSE, Renderer([shipped("templates") / "emails"]), "acme.example")


def paused(store: Store) -> None:
    approved(store, "Anne")
    change(store, lambda session: pausing.pause_by_itself(session, 1, WHY))


def due(store: Store, here: dict[str, frozenset[str]] = HERE) -> list[Notice]:
    with store.reading() as session:
        return telling.due(session, STANDARDS, here)


def tell(store: Store, outcome: Outcome, notices: list[Notice] | None = None) -> list[Outgoing]:
    """Send what is due, with this outcome; return what was handed over."""
    step = telling.rounds(store, notices if notices is not None else due(store), HERALD.write, LATER)
    sent: list[Outgoing] = []
    done: list[tuple[int, Outcome]] = []
    while batch := step(done, 2):
        done = [(out.message_id, outcome) for out in batch]
        sent += batch
    step(done, 0)
    return sent


def test_whoever_approved_it_reads_the_figures_and_what_to_do(store: Store) -> None:
    paused(store)
    (out,) = tell(store, Accepted(250, "queued"))
    mail = message_from_bytes(out.data, policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    words = body.get_content()
    assert (out.recipient, mail["Subject"]) == ("ann@acme.example", "Edition 1 has paused by itself")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Paused by itself: of 5 letters 2 came back" in words
    assert "rekindle editions resume 1" in words
    assert due(store) == []


def test_what_no_server_took_was_not_told(store: Store) -> None:
    paused(store)
    assert len(tell(store, NotSent("connecting: refused"))) == 1
    assert [notice.edition_id for notice in due(store)] == [1]


def test_two_passes_at_once_tell_it_once(store: Store) -> None:
    paused(store)
    notices = due(store)
    assert [len(tell(store, Accepted(250, "queued"), notices)) for _ in range(2)] == [1, 0]


def test_whoever_paused_it_themselves_is_not_told(store: Store) -> None:
    approved(store, "Anne")
    change(store, lambda session: pausing.pause(session, 1, because="a wrong link", by="ann@acme.example", now=LATER))
    assert due(store) == []


def test_what_goes_on_meanwhile_is_not_told(store: Store) -> None:
    paused(store)
    notices = due(store)
    change(store, lambda session: pausing.resume(session, 1, FROZEN, by="ann@acme.example", now=LATER))
    assert edition(store, 1).state is EditionState.APPROVED
    assert tell(store, Accepted(250, "queued"), notices) == []


@pytest.mark.parametrize(
    ("here", "to"), [({"ben@acme.example": frozenset({"lead"})}, ["ben@acme.example"]), ({}, [])], ids=["Ben", "nobody"]
)
def test_when_they_have_left_somebody_else_who_may_decide_is_told(
    store: Store, here: dict[str, frozenset[str]], to: list[str]
) -> None:
    paused(store)
    assert [notice.to for notice in due(store, here)] == to
