"""What a person goes through in a batch: theirs, soonest due first, and nothing but what was shown is approved."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rekindle.errors import LostRace
from rekindle.journey import recording
from rekindle.journey.approvals import approval, reviewing
from rekindle.journey.approvals.approval import Decider, Decision
from rekindle.journey.approvals.reviewing import Sheet
from rekindle.journey.letters.asking import ask
from rekindle.journey.letters.proposing import lay_down_check_in
from rekindle.store.approvals import ApprovalState
from rekindle.store.engine import Store
from states.message import Occasion
from tests.cast import NOW
from tests.journey.letters.route import DRAFTING
from tests.journey.letters.stage import STANDARDS, drafted, role, sarah
from tests.journey.stage import ANN, BEN, TERMS

CLEO = Decider("cleo@acme.example", frozenset({"recruiter"}), frozenset({"ann@acme.example"}))


@pytest.fixture
def waiting(store: Store) -> None:
    """A check-in and a letter about a role wait for Ann, a check-in for Ben."""
    with store.writing() as session:
        ask(session, lay_down_check_in(session, sarah(session), DRAFTING, NOW), STANDARDS, by="rekindle", now=NOW)
        theirs = sarah(session, "Dana", recruiter="ben@acme.example")
        ask(session, lay_down_check_in(session, theirs, DRAFTING, NOW), STANDARDS, by="rekindle", now=NOW)
        letter = drafted(session, sarah(session, "Emil"), role(session), _to("Emil"))
        ask(session, letter, STANDARDS, by="rekindle", now=NOW)


def _to(name: str) -> str:
    from tests.journey.letters.stage import BODY  # noqa: PLC0415

    return BODY.replace("Sarah", name)


def queue(store: Store, person: Decider, occasion: Occasion | None = None, *, everyone: bool = False) -> list[int]:
    with store.reading() as session:
        return reviewing.queue(session, person, NOW, occasion=occasion, everyone=everyone)


def look(store: Store, number: int) -> Sheet:
    with store.reading() as session:
        return reviewing.look(session, number, STANDARDS, NOW) or pytest.fail("it does not wait")


@pytest.mark.usefixtures("waiting")
def test_each_goes_through_their_own_and_those_of_whom_they_stand_in_for(store: Store) -> None:
    assert queue(store, ANN) == [1, 3]
    assert queue(store, BEN) == [2]
    assert queue(store, CLEO) == [1, 3]
    assert queue(store, ANN, Occasion.CHECK_IN) == [1]
    assert queue(store, ANN, everyone=True) == [1, 2, 3]
    assert queue(store, replace(ANN, roles=frozenset({"ops"}))) == []


@pytest.mark.usefixtures("waiting")
def test_what_is_put_off_does_not_come_before_its_time(store: Store) -> None:
    with store.writing() as session:
        approval.defer(session, 1, ANN, until=NOW + timedelta(days=1), now=NOW, due=timedelta(days=7))
    assert queue(store, ANN) == [3]


@pytest.mark.usefixtures("waiting")
def test_a_sheet_shows_words_records_and_findings(store: Store) -> None:
    sheet = look(store, 1)
    assert (sheet.occasion, sheet.candidate, sheet.name) == (Occasion.CHECK_IN, "c-1", "Sarah Example")
    assert "Sarah," in sheet.body
    assert ("last-contact", "a-1", "Senior Product Manager, rejected 2026-05-02") in sheet.facts
    assert ("interest", "interest", "0-to-1 products") in sheet.facts
    assert (sheet.findings, sheet.objection) == ((), "")


@pytest.mark.usefixtures("waiting")
def test_what_was_shown_is_approved(store: Store) -> None:
    sheet = look(store, 1)
    with store.writing() as session:
        decided = reviewing.decide(session, sheet, Decision.APPROVE, ANN, terms=TERMS, now=NOW)
    assert (decided.won, decided.approval.state) == (True, ApprovalState.APPROVED)
    with store.reading() as session:
        assert reviewing.look(session, 1, STANDARDS, NOW) is None


@pytest.mark.usefixtures("waiting")
def test_words_that_are_not_those_shown_are_not_approved(store: Store) -> None:
    sheet = replace(look(store, 1), digest="of other words")
    with pytest.raises(LostRace, match="other words"), store.writing() as session:
        reviewing.decide(session, sheet, Decision.APPROVE, ANN, terms=TERMS, now=NOW)


@pytest.mark.usefixtures("waiting")
def test_a_contact_since_it_was_shown_voids_it(store: Store) -> None:
    sheet = look(store, 1)
    with store.writing() as session:
        told = {"on": NOW.date().isoformat(), "channel": "call", "direction": "out"}
        recording.touch(session, 1, told, NOW)
    assert look(store, 1).objection
    with store.writing() as session:
        decided = reviewing.decide(session, sheet, Decision.APPROVE, ANN, terms=TERMS, now=NOW)
    assert (decided.won, decided.approval.state) == (False, ApprovalState.VOIDED)
