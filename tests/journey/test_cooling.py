"""Who has cooled off is kept warm from now on, once; where a person is asked first, once too; the others stay."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from rekindle.errors import LostRace
from rekindle.journey import cooling
from rekindle.journey.approvals import deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.approvals.deciding import Terms
from rekindle.journey.cooling import CoolOff, begin_nurturing
from rekindle.journey.moving import move
from rekindle.store.applications import Application
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.engine import Store
from states.candidate import Actor, CandidateState, Trigger
from states.facts import Basis
from tests.cast import NOW, POLICY, anne, bert, cara, dana, stored
from tests.journey.arrivals import all_of, everything
from tests.journey.letters.stage import STANDARDS
from tests.journey.stage import BEN, FROZEN, change_candidate, moves_of, state_of

WARM, NURTURING = CandidateState.REJECTED_WARM, CandidateState.NURTURING
ASKING = replace(POLICY, needs_approval=POLICY.needs_approval | {Trigger.NURTURE})
A_DAY = timedelta(days=1)


def cool_off(store: Store, now: Any = NOW, policy: Any = POLICY) -> CoolOff:
    return begin_nurturing(store, now, policy, deciders=("lead",), due=timedelta(days=7))


def warm(store: Store, *names: str, **changes: Any) -> list[int]:
    with store.writing() as session:
        return [stored(session, name, state=WARM, **changes).id for name in names]


def decided_on(store: Store, candidate_id: int, day: date | None) -> None:
    with store.writing() as session:
        session.execute(update(Application).where(Application.candidate_id == candidate_id).values(decided_on=day))


def decide(store: Store, approval_id: int | None, decision: Decision, now: Any = NOW) -> None:
    with store.writing() as session:
        told = {"terms": Terms(FROZEN, replace(STANDARDS, policy=ASKING)), "now": now, "via": "cli"}
        assert deciding.decide(session, approval_id or 0, decision, BEN, **told).won


def test_who_has_cooled_off_is_kept_warm_and_the_move_is_on_record(store: Store) -> None:
    (anne_id,) = warm(store, "Anne")
    assert cool_off(store) == CoolOff(moved=[anne_id])
    assert state_of(store, anne_id) is NURTURING
    (move,) = moves_of(store, anne_id)
    assert (move.source, move.target, move.trigger, move.actor) == (WARM, NURTURING, Trigger.NURTURE, Actor.SCHEDULE)
    assert (move.reason, move.by, move.approval_id, move.at) == ("cooled off", None, None, NOW)


@pytest.mark.parametrize(("days", "moved"), [(29, 0), (30, 1)])
def test_a_rejection_has_cooled_off_on_the_day_the_policy_says(store: Store, days: int, moved: int) -> None:
    (anne_id,) = warm(store, "Anne")
    decided_on(store, anne_id, NOW.date() - days * A_DAY)
    done = cool_off(store)
    assert (len(done.moved), done.staying["cooled_off"]) == (moved, 1 - moved)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"basis": Basis.UNKNOWN}, "basis_is_known"),
        ({"consent_until": NOW.date() - A_DAY}, "basis_is_known"),
        ({"opted_out_at": NOW}, "is_contactable"),
        ({"unreachable_since": NOW}, "is_contactable"),
        ({"address": None}, "is_contactable"),
    ],
)
def test_who_may_not_be_written_to_stays_with_the_reason(store: Store, changes: dict[str, Any], code: str) -> None:
    (anne_id,) = warm(store, "Anne", **changes)
    done = cool_off(store)
    assert (done.moved, dict(done.staying)) == ([], {code: 1})
    assert (state_of(store, anne_id), moves_of(store, anne_id)) == (WARM, [])


def test_a_decision_without_a_day_never_cools_off(store: Store) -> None:
    (anne_id,) = warm(store, "Anne")
    decided_on(store, anne_id, None)
    assert dict(cool_off(store).staying) == {"cooled_off": 1}


def test_a_second_pass_moves_nobody(store: Store) -> None:
    warm(store, "Anne", "Emil")
    cool_off(store)
    before = everything(store)
    assert cool_off(store, NOW + A_DAY) == CoolOff()
    assert everything(store) == before


def test_nobody_else_is_touched(store: Store) -> None:
    with store.writing() as session:
        for member in (anne, bert, cara, dana):
            member(session)
        stored(session, "Emil", state=CandidateState.DECLINED)
    before = everything(store)
    assert cool_off(store) == CoolOff()
    assert everything(store) == before


def test_everybody_is_reached_page_by_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooling, "PAGE", 2)
    ids = warm(store, *(f"Person{number}" for number in range(5)))
    decided_on(store, ids[1], NOW.date())
    done = cool_off(store)
    assert done.moved == [ids[0], *ids[2:]]
    assert dict(done.staying) == {"cooled_off": 1}


def test_somebody_moved_by_another_hand_in_this_moment_keeps_that_state(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = warm(store, "Anne", "Emil")

    def lose(session: Any, candidate_id: int, *told: Any, **more: Any) -> Any:
        if candidate_id == ids[0]:
            raise LostRace("somebody was first")
        return move(session, candidate_id, *told, **more)

    monkeypatch.setattr(cooling, "move", lose)
    assert cool_off(store).moved == [ids[1]]
    assert [state_of(store, candidate_id) for candidate_id in ids] == [WARM, NURTURING]


def test_where_the_policy_asks_one_question_is_about_all(store: Store) -> None:
    ids = warm(store, "Anne", "Emil", "Finn")
    (bert_id,) = warm(store, "Bert", opted_out_at=NOW)
    done = cool_off(store, policy=ASKING)
    (asked,) = all_of(store, Approval)
    assert (done.moved, done.asked_for, done.approval_id) == ([], ids, asked.id)
    assert (asked.kind, asked.state, asked.deciders) == (ApprovalKind.NURTURE, ApprovalState.WAITING, ["lead"])
    assert asked.question == "Begin to keep 3 people warm whose rejection has cooled off?"
    assert asked.evidence == {"candidates": ids}
    assert asked.due_at == NOW + timedelta(days=7)
    assert {state_of(store, candidate_id) for candidate_id in (*ids, bert_id)} == {WARM}


def test_nobody_is_asked_about_twice(store: Store) -> None:
    warm(store, "Anne", "Emil")
    cool_off(store, policy=ASKING)
    done = cool_off(store, NOW + A_DAY, ASKING)
    assert (done.asked_for, done.approval_id, dict(done.staying)) == ([], None, {"awaits_approval": 2})
    (finn_id,) = warm(store, "Finn")
    assert cool_off(store, NOW + A_DAY, ASKING).asked_for == [finn_id]
    assert [asked.evidence["candidates"] for asked in all_of(store, Approval)] == [[1, 2], [finn_id]]


def test_what_is_approved_is_done_for_all_who_still_may(store: Store) -> None:
    ids = warm(store, "Anne", "Emil")
    done = cool_off(store, policy=ASKING)
    change_candidate(store, ids[1], opted_out_at=NOW)
    decide(store, done.approval_id, Decision.APPROVE)
    assert [state_of(store, candidate_id) for candidate_id in ids] == [NURTURING, WARM]
    assert [(move.by, move.approval_id) for move in moves_of(store, ids[0])] == [("ben@acme.example", done.approval_id)]
    assert cool_off(store, NOW + A_DAY, ASKING).asked_for == []


def test_a_no_is_respected_until_it_has_cooled_off_itself(store: Store) -> None:
    (anne_id,) = warm(store, "Anne")
    done = cool_off(store, policy=ASKING)
    decide(store, done.approval_id, Decision.DECLINE)
    assert state_of(store, anne_id) is WARM
    next_day = cool_off(store, NOW + A_DAY, ASKING)
    assert (next_day.asked_for, dict(next_day.staying)) == ([], {"declined_lately": 1})
    assert cool_off(store, NOW + 31 * A_DAY, ASKING).asked_for == [anne_id]


def test_what_nobody_decided_is_asked_again(store: Store) -> None:
    (anne_id,) = warm(store, "Anne")
    cool_off(store, policy=ASKING)
    later = NOW + 8 * A_DAY
    with store.writing() as session:
        assert deciding.expire(session, later) == [1]
    assert state_of(store, anne_id) is WARM
    assert cool_off(store, later, ASKING).asked_for == [anne_id]
