"""Check-ins on the real engine: drafted and asked about, and a second run the same morning does nothing."""

import pytest
from sqlalchemy import select

from flows.check_ins import check_ins
from rekindle.store.approvals import Approval
from rekindle.wiring import Rekindle
from tests import cast
from tests.journey.letters import stage

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("engine")]


def test_a_morning_asks_once_about_whoever_is_due(rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        stage.sarah(session)
        cast.bert(session)
    state = check_ins(return_state=True)
    assert (state.name, state.message) == ("Asked", "1 asked about, 1 due but left out")
    state = check_ins(return_state=True)
    assert (state.name, state.message) == ("NobodyDue", "0 asked about, 2 due but left out")
    with rekindle.store.reading() as session:
        assert session.scalars(select(Approval.assignee)).all() == ["ann@acme.example"]
