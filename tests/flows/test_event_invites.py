"""The mail about an event on the real engine: asked about, sent once, and followed by its notices."""

from dataclasses import replace
from typing import Any

import pytest

from flows.event_invites import event_invites
from flows.plan import plan
from flows.sweep import sweep
from rekindle import clock
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.events import keeping, notices
from rekindle.journey.events.answering import answer
from rekindle.journey.events.kinds import Kind
from rekindle.store.events import Answer
from rekindle.wiring import Rekindle
from tests import cast
from tests.flows.conftest import Mails
from tests.journey.events.stage import RECORD, SLUG

pytestmark = pytest.mark.prefect


def run(**given: str) -> Any:
    return event_invites(**given, return_state=True)


def approve(rekindle: Rekindle, kind: Kind) -> None:
    with rekindle.store.writing() as session:
        event = keeping.find_event(session, SLUG)
        question = approval.of_edition(session, notices.of_event(session, event.id, kind)[-1].id)
        assert question is not None
        ann = rekindle.decider("ann@acme.example")
        deciding.decide(session, question.id, Decision.APPROVE, ann, terms=rekindle.terms, now=clock.now(), via="cli")


@pytest.fixture
def evening(rekindle: Rekindle) -> int:
    """An evening to come, and people of whom two are invited; returns Anne's id."""
    with rekindle.store.writing() as session:
        anne = cast.anne(session)
        for one in (cast.bert, cast.cara, cast.dana):
            one(session)
        keeping.add(session, RECORD, cast.NOW)
        return anne.id


@pytest.mark.usefixtures("engine", "evening")
def test_an_invitation_is_asked_about_and_then_sent_once(
    rekindle: Rekindle, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(event=SLUG).name == "AwaitingApproval"
    assert mails.recipients() == []
    approve(rekindle, Kind.INVITE)
    # Over two days, as the policy wants it.
    first = run(event=SLUG)
    monkeypatch.setenv("REKINDLE_NOW", "2026-10-14T09:00+00:00")
    assert {first.name, run(event=SLUG).name} <= {"Sending", "Sent"}
    assert run(event=SLUG).name == "Sent"
    assert mails.recipients() == ["anne@example.org", "dana@example.org"]


@pytest.mark.usefixtures("engine")
def test_the_plan_starts_the_invitation_and_later_the_reminder_once(
    rekindle: Rekindle, evening: int, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plan(return_state=True).name == "Started"
    with rekindle.store.writing() as session:
        answer(session, SLUG, evening, Answer.YES, cast.NOW, rekindle.frozen)
    monkeypatch.setenv("REKINDLE_NOW", "2026-11-04T08:00+00:00")
    assert plan(return_state=True).name == "Started"
    plan(return_state=True)
    approve(rekindle, Kind.REMIND)
    assert run(period="1-remind").name == "Sent"
    assert mails.recipients() == ["anne@example.org"]
    with rekindle.store.reading() as session:
        assert [each.period for each in notices.of_event(session, 1)] == ["1-invite", "1-remind"]


@pytest.mark.usefixtures("engine")
def test_a_notice_that_nobody_shows_is_given_a_run_by_sweep(rekindle: Rekindle, evening: int, mails: Mails) -> None:
    with rekindle.store.writing() as session:
        answer(session, SLUG, evening, Answer.YES, cast.NOW, rekindle.frozen)
        changed = keeping.change(session, SLUG, replace(RECORD, place="Elsewhere 3"), cast.NOW, rekindle.frozen)
    assert changed.notice is not None
    assert changed.notice.run_id is None
    sweep()
    with rekindle.store.reading() as session:
        assert notices.of_event(session, 1, Kind.CHANGE)[0].run_id is not None
    approve(rekindle, Kind.CHANGE)
    assert run(period="1-change-1").name == "Sent"
    assert mails.recipients() == ["anne@example.org"]


@pytest.mark.usefixtures("engine", "evening")
def test_an_event_too_near_invites_nobody(monkeypatch: pytest.MonkeyPatch, mails: Mails) -> None:
    monkeypatch.setenv("REKINDLE_NOW", "2026-10-28T08:00+00:00")
    state = run(event=SLUG)
    assert (state.name, "too short a notice" in state.message) == ("TooLate", True)
    assert mails.recipients() == []
