from typing import Any

import pytest

from flows.deliver import deliver
from flows.quarterly_update import quarterly_update
from rekindle import clock
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.wiring import Rekindle
from tests import cast
from tests.flows.conftest import Mails

pytestmark = pytest.mark.prefect


def run(period: str = "2026-Q4") -> Any:
    return quarterly_update(period, return_state=True)


def approve(rekindle: Rekindle) -> None:
    decide(rekindle, Decision.APPROVE)


def decide(rekindle: Rekindle, decision: Decision) -> None:
    with rekindle.store.writing() as session:
        question = approval.of_edition(session, 1)
        assert question is not None
        person = rekindle.decider("ann@acme.example")
        deciding.decide(
            session,
            question.id,
            decision,
            person,
            terms=rekindle.terms,
            now=clock.now(),
            via="cli",
        )


@pytest.fixture
def people(rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        for one in (cast.anne, cast.bert, cast.cara, cast.dana):
            one(session)
        cast.news(session)


@pytest.mark.usefixtures("engine", "people")
def test_nothing_goes_before_a_person_has_approved(mails: Mails) -> None:
    assert run().name == "AwaitingApproval"
    assert deliver(return_state=True).name == "NothingToSend"
    assert mails.recipients() == []


@pytest.mark.usefixtures("engine", "people")
def test_an_approved_edition_reaches_those_who_may_be_mailed_once(rekindle: Rekindle, mails: Mails) -> None:
    run()
    approve(rekindle)
    assert run().name == "Sent"
    assert mails.recipients() == ["anne@example.org", "dana@example.org"]
    assert run().name == "Sent"
    assert deliver(return_state=True).name == "NothingToSend"
    assert mails.recipients() == ["anne@example.org", "dana@example.org"]


@pytest.mark.usefixtures("engine", "people")
def test_a_declined_edition_sends_nothing(rekindle: Rekindle, mails: Mails) -> None:
    run()
    decide(rekindle, Decision.DECLINE)
    assert run().name == "Declined"
    assert mails.recipients() == []


@pytest.mark.usefixtures("engine")
def test_an_edition_for_nobody_says_so() -> None:
    state = run()
    assert (state.name, state.message) == ("NobodyDue", "nobody is due")


@pytest.mark.usefixtures("engine", "people")
def test_without_a_mail_server_the_messages_wait_and_go_later(
    rekindle: Rekindle, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    approve(rekindle)
    monkeypatch.setenv("REKINDLE_SMTP_PORT", "1")
    monkeypatch.setenv("REKINDLE_MAILBOX_PORT", "1")
    assert run().name == "Sending"
    monkeypatch.setenv("REKINDLE_SMTP_PORT", str(rekindle.settings.smtp.port))
    monkeypatch.setenv("REKINDLE_MAILBOX_PORT", str(rekindle.settings.smtp.port))
    monkeypatch.setenv("REKINDLE_NOW", "2026-10-13T09:00+00:00")
    assert deliver(return_state=True).message == "2 sent"
    assert mails.recipients() == ["anne@example.org", "dana@example.org"]
