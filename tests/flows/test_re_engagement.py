"""Letters about a role on the real engine: drafted, asked about, decided through two doors, delivered, rested."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from flows.decide import decide
from flows.deliver import deliver
from flows.housekeeping import housekeeping
from flows.plan import plan
from flows.re_engagement import re_engagement
from flows.sweep import sweep
from rekindle import clock
from rekindle.journey.approvals import codes, deciding, redeeming
from rekindle.journey.approvals.approval import Decision
from rekindle.mail import maildir
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.notes import Note
from rekindle.store.roles import Role
from rekindle.wiring import Rekindle
from states.candidate import CandidateState
from tests import cast
from tests.flows.conftest import Mails
from tests.journey.letters import stage

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("engine")]
SLUG = "director-product"


@pytest.fixture(autouse=True)
def opened(rekindle: Rekindle) -> None:
    """A role that Sarah fits, and others who do not come into question."""
    with rekindle.store.writing() as session:
        stage.role(session)
        stage.sarah(session)
        cast.bert(session)
        cast.cara(session)


def run() -> Any:
    return re_engagement(SLUG, return_state=True)


def asked(rekindle: Rekindle) -> Approval:
    with rekindle.store.reading() as session:
        return session.scalars(select(Approval).order_by(Approval.id.desc()).limit(1)).one()


def state_of(rekindle: Rekindle) -> CandidateState | None:
    with rekindle.store.reading() as session:
        return session.get_one(Candidate, 1).state


def approve(rekindle: Rekindle, decision: Decision = Decision.APPROVE) -> None:
    with rekindle.store.writing() as session:
        who = rekindle.decider("ann@acme.example")
        number = asked(rekindle).id
        assert deciding.decide(session, number, decision, who, terms=rekindle.terms, now=clock.now(), via="cli").won


def code_of(rekindle: Rekindle) -> str:
    with rekindle.store.writing() as session:
        who = rekindle.decider("ann@acme.example")
        lasts = timedelta(hours=1)
        return codes.issue(session, asked(rekindle).id, who, secret=rekindle.secret, now=clock.now(), lasts=lasts)


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setenv("REKINDLE_NOW", (cast.NOW + timedelta(days=days)).isoformat())


def test_a_letter_waits_until_somebody_approves_and_then_re_engages(rekindle: Rekindle, mails: Mails) -> None:
    assert run().name == "AwaitingApproval"
    assert deliver(return_state=True).name == "NothingToSend"
    approve(rekindle)
    state = run()
    assert (state.name, state.message) == ("Sent", "1 sent")
    assert mails.recipients() == ["sarah@example.org"]
    assert state_of(rekindle) is CandidateState.RE_ENGAGED
    (mail,) = maildir.read(rekindle.settings.mailbox.folder)
    assert "ann@acme.example" in str(mail.message["From"])
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.message["List-Id"] is None


def test_a_declined_letter_ends_the_run_without_a_mail_and_a_closed_role_drafts_nothing(
    rekindle: Rekindle, mails: Mails
) -> None:
    run()
    approve(rekindle, Decision.DECLINE)
    state = run()
    assert (state.name, state.message) == ("NothingSent", "1 declined")
    assert mails.recipients() == []
    with rekindle.store.writing() as session:
        session.scalars(select(Role)).one().closed_at = clock.now()
    assert run().name == "RoleClosed"


def test_plan_begins_the_letters_of_a_role_that_was_opened_and_once(rekindle: Rekindle) -> None:
    assert plan(return_state=True).name == "Started"
    assert asked(rekindle).state is ApprovalState.WAITING
    assert plan(return_state=True).name == "NothingDue"


def test_a_letter_is_approved_in_prefects_form_with_a_one_time_code_until_it_is_closed(rekindle: Rekindle) -> None:
    run()
    number, code = asked(rekindle).id, code_of(rekindle)
    assert decide(number, "approve", "WRONG-00000", return_state=True).name == "NotDecided"
    assert decide(number, "approve", code, return_state=True).name == "Approved"
    assert (asked(rekindle).decided_by, asked(rekindle).via) == ("ann@acme.example", "prefect")
    with rekindle.store.writing() as session:
        session.get_one(Approval, number).wrong_codes = redeeming.MOST_WRONG_CODES - 1
    assert decide(number, "decline", code, return_state=True).name == "FormClosed"
    assert asked(rekindle).state is ApprovalState.APPROVED


def test_sweep_takes_back_what_does_not_stand_and_delivers_what_does(rekindle: Rekindle, mails: Mails) -> None:
    run()
    first = asked(rekindle)
    with rekindle.store.writing() as session:
        session.scalars(select(Note)).one().source = "final interview, Ben Okafor"
    swept = str(sweep(return_state=True).message)
    assert "1 letters taken back" in swept
    assert "0 deliveries started" in swept
    assert asked(rekindle).id > first.id
    approve(rekindle)
    assert "1 deliveries started" in str(sweep(return_state=True).message)
    assert mails.recipients() == ["sarah@example.org"]


def test_housekeeping_reminds_follows_up_once_and_then_lets_rest(
    rekindle: Rekindle, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    later(monkeypatch, 6)
    housekeeping()
    assert mails.recipients() == ["ann@acme.example"]
    approve(rekindle)
    deliver()
    later(monkeypatch, 6 + 11)
    housekeeping()
    assert "follow-up" in asked(rekindle).question
    approve(rekindle)
    deliver()
    assert mails.recipients() == ["ann@acme.example", "sarah@example.org", "sarah@example.org"]
    later(monkeypatch, 6 + 11 + 22)
    housekeeping()
    assert state_of(rekindle) is CandidateState.NURTURING
    assert len(mails.recipients()) == 3
