"""An edition that stops in the middle, and a colleague who leaves, as the flows see them."""

import pytest
from sqlalchemy import select, update

from flows.deliver import deliver
from flows.housekeeping import housekeeping
from flows.quarterly_update import quarterly_update
from flows.sweep import sweep
from rekindle import clock
from rekindle.journey.approvals import deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.bulk import editions, pausing
from rekindle.journey.letters import asking, proposing
from rekindle.journey.people.leaving import leave
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.editions import EditionState
from rekindle.store.messages import Message
from rekindle.wiring import Rekindle
from states.message import MessageState
from tests import cast
from tests.flows.conftest import Mails
from tests.journey.letters.stage import role, sarah

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("engine")]

ANN, BEN = "ann@acme.example", "ben@acme.example"


def approved(rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        cast.news(session)
        for name in ("Anne", "Emil", "Fay"):
            cast.stored(session, name)
    quarterly_update("2026-Q4")
    with rekindle.store.writing() as session:
        terms, who = rekindle.terms, rekindle.decider(ANN)
        assert deciding.decide(session, 1, Decision.APPROVE, who, terms=terms, now=clock.now(), via="cli").won


def state(rekindle: Rekindle) -> EditionState:
    with rekindle.store.reading() as session:
        return editions.find(session, 1).state


def test_an_edition_of_which_too_much_comes_back_stops_and_whoever_approved_it_is_told(
    rekindle: Rekindle, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_EDITIONS_PAUSE_FROM", "1")
    approved(rekindle)
    with rekindle.store.writing() as session:
        bounced = {"state": MessageState.BOUNCED, "sending_at": clock.now()}
        session.execute(update(Message).where(Message.id == 1).values(**bounced))
    assert deliver(return_state=True).message == "0 sent"
    assert state(rekindle) is EditionState.PAUSED
    assert mails.recipients() == [ANN]
    assert quarterly_update("2026-Q4", return_state=True).name == "StoppedInTheMiddle"
    assert "0 runs replaced" in str(sweep(return_state=True).message)
    assert deliver(return_state=True).message == "0 sent"
    assert mails.recipients() == [ANN], "told once"
    with rekindle.store.writing() as session:
        assert pausing.resume(session, 1, rekindle.frozen, by=ANN, now=clock.now()) is None
    assert deliver(return_state=True).message == "2 sent"
    assert state(rekindle) is EditionState.DONE


def test_the_morning_hands_over_what_whoever_has_left_leaves_behind(rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        row = proposing.lay_down_proposal(session, sarah(session), role(session), rekindle.drafting, clock.now())
        asking.ask(session, row, rekindle.standards, by="rekindle", now=clock.now())
    with rekindle.store.writing() as session:
        today = rekindle.today(clock.now())
        leave(session, ANN, BEN, on=today, team=rekindle.team(()), by=BEN, now=clock.now())
    housekeeping()
    with rekindle.store.reading() as session:
        waiting = select(Approval.assignee).where(Approval.state == ApprovalState.WAITING)
        assert list(session.scalars(waiting)) == [BEN]
