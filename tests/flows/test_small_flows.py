from datetime import timedelta

import pytest

from flows.deliver import deliver
from flows.housekeeping import housekeeping
from flows.plan import plan
from flows.quarterly_update import quarterly_update
from flows.sweep import sweep
from rekindle.journey.bulk import editions
from rekindle.store.candidates import Candidate
from rekindle.store.editions import EditionState
from rekindle.store.messages import Message
from rekindle.wiring import Rekindle
from states.candidate import CandidateState
from states.message import MessageState
from states.programme import Programme
from tests import cast

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("engine")]


def test_housekeeping_moves_who_has_cooled_off_and_nobody_twice(rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        warm = cast.anne(session, state=CandidateState.REJECTED_WARM).id
        cast.stored(session, "Unknown", state=CandidateState.REJECTED_WARM, basis="unknown")
    assert housekeeping(return_state=True).message == "1 now nurturing, 0 asked about"
    assert housekeeping(return_state=True).message == "0 now nurturing, 0 asked about"
    with rekindle.store.reading() as session:
        assert session.get_one(Candidate, warm).state is CandidateState.NURTURING


def test_plan_starts_what_is_due_once(rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        cast.anne(session)
        cast.news(session)
    state = plan(return_state=True)
    assert (state.name, state.message) == ("Started", "quarterly-update 2026-Q4")
    state = plan(return_state=True)
    assert (state.name, state.message) == ("NothingDue", "2026-Q4 is planned")


def test_plan_catches_up_after_days_of_downtime_but_not_after_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_NOW", "2026-11-30T08:00+00:00")
    assert plan(return_state=True).message == "2026-Q4 was missed by more than 28 days and is left out"
    monkeypatch.setenv("REKINDLE_NOW", "2026-10-20T08:00+00:00")
    assert plan(return_state=True).message == "quarterly-update 2026-Q4"


def test_sweep_expires_what_nobody_decided(rekindle: Rekindle, monkeypatch: pytest.MonkeyPatch) -> None:
    with rekindle.store.writing() as session:
        cast.anne(session)
        cast.news(session)
    quarterly_update("2026-Q4")
    monkeypatch.setenv("REKINDLE_NOW", (cast.NOW + timedelta(days=8)).isoformat())
    assert "1 approvals expired" in str(sweep(return_state=True).message)
    with rekindle.store.reading() as session:
        assert editions.find(session, 1).state is EditionState.EXPIRED
    assert deliver(return_state=True).message == "0 sent"


def test_sweep_hands_a_message_whose_sender_died_to_a_person(
    rekindle: Rekindle, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rekindle.store.writing() as session:
        session.add(
            Message(
                candidate_id=cast.anne(session).id,
                programme=Programme.QUARTERLY_UPDATE,
                state=MessageState.SENDING,
                key="k",
                due_at=cast.NOW,
                created_at=cast.NOW,
                sending_at=cast.NOW,
            )
        )
    monkeypatch.setenv("REKINDLE_NOW", (cast.NOW + timedelta(hours=1)).isoformat())
    assert "1 messages unconfirmed" in str(sweep(return_state=True).message)
    assert deliver(return_state=True).name == "NothingToSend"


def test_sweep_starts_an_edition_again_whose_run_is_gone(rekindle: Rekindle, monkeypatch: pytest.MonkeyPatch) -> None:
    with rekindle.store.writing() as session:
        cast.anne(session)
        cast.news(session)
    quarterly_update("2026-Q4")
    with rekindle.store.writing() as session:
        editions.find(session, 1).run_id = "00000000-0000-4000-8000-000000000000"
    monkeypatch.setenv("REKINDLE_NOW", (cast.NOW + timedelta(hours=1)).isoformat())
    assert "1 runs replaced" in str(sweep(return_state=True).message)
    with rekindle.store.reading() as session:
        assert editions.find(session, 1).run_id != "00000000-0000-4000-8000-000000000000"
