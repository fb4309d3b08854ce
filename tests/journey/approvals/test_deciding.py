"""What follows from a decision, whichever door it came through: once, for what was shown, and never by default."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from rekindle.errors import MoveRefused, NotYours
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Ask, Decided, Decider, Decision
from rekindle.journey.bulk import editions
from rekindle.journey.bulk.freezing import move_digest, people_digest
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.content import Content
from rekindle.store.editions import EditionState
from rekindle.store.engine import Store
from states.candidate import CandidateState, Trigger
from tests.cast import NOW, anne, stored
from tests.journey.stage import (
    ANN,
    BEN,
    CLEO,
    FROZEN,
    TERMS,
    change,
    change_candidate,
    decide,
    edition,
    letter_states,
    moves_of,
    planned,
    state_of,
)
from tests.racing import at_once, while_uncommitted

DUE = timedelta(days=7)
WARM = CandidateState.REJECTED_WARM


def edit_items(session: Session) -> None:
    for item in session.query(Content):
        item.title = "Something else altogether"


def approvals(store: Store) -> list[Approval]:
    with store.reading() as session:
        return session.query(Approval).order_by(Approval.id).all()


def take(session: Session, asked: int, decision: Decision, person: Decider, **changes: Any) -> Decided:
    told = {"terms": TERMS, "now": NOW, "via": "web", **changes}
    return deciding.decide(session, asked, decision, person, **told)


# An edition.


def test_an_approved_edition_may_go(store: Store) -> None:
    edition_id = planned(store, "Anne", "Emil")
    assert decide(store, edition_id).won
    assert edition(store, edition_id).state is EditionState.APPROVED
    assert letter_states(store) == ["approved", "approved"]


def test_a_declined_edition_is_cancelled_with_all_its_letters(store: Store) -> None:
    edition_id = planned(store, "Anne", "Emil")
    assert decide(store, edition_id, Decision.DECLINE).won
    assert edition(store, edition_id).state is EditionState.DECLINED
    assert letter_states(store) == ["cancelled", "cancelled"]


def test_of_two_who_decide_an_edition_at_once_one_takes_effect(store: Store) -> None:
    edition_id = planned(store, "Anne")
    (asked,) = approvals(store)
    outcomes = at_once(
        store,
        lambda session: take(session, asked.id, Decision.APPROVE, ANN),
        lambda session: take(session, asked.id, Decision.DECLINE, BEN),
    )
    decided = [outcome for outcome in outcomes if isinstance(outcome, Decided)]
    assert sorted(outcome.won for outcome in decided) == [False, True]
    (told,) = [outcome.sentence for outcome in decided if not outcome.won]
    approved = approvals(store)[0].state is ApprovalState.APPROVED
    assert ("was already approved by ann" if approved else "was already declined by ben") in told
    assert letter_states(store, edition_id) == ["approved" if approved else "cancelled"]


def test_who_may_not_decide_changes_nothing(store: Store) -> None:
    edition_id = planned(store, "Anne")
    with pytest.raises(NotYours):
        decide(store, edition_id, person=CLEO)
    assert letter_states(store) == ["awaiting"]


def test_a_changed_item_voids_the_approval_and_it_is_asked_anew(store: Store) -> None:
    edition_id = planned(store, "Anne")
    change(store, edit_items)
    outcome = decide(store, edition_id)
    assert not outcome.won
    assert "is voided" in outcome.sentence
    assert [row.state for row in approvals(store)] == [ApprovalState.VOIDED, ApprovalState.WAITING]
    assert edition(store, edition_id).state is EditionState.AWAITING
    assert letter_states(store) == ["awaiting"]
    assert decide(store, edition_id).won
    assert letter_states(store) == ["approved"]


@pytest.mark.parametrize("changed", [{"template": "another template"}, {"rule": "half of them"}])
def test_a_changed_template_or_rule_voids_the_approval(sqlite_store: Store, changed: dict[str, str]) -> None:
    edition_id = planned(sqlite_store, "Anne")
    frozen = editions.Frozen(**{**{n: getattr(FROZEN, n) for n in FROZEN.__slots__}, **changed})
    assert "is voided" in decide(sqlite_store, edition_id, frozen=frozen).sentence


def test_a_voided_approval_is_asked_anew_once_however_often_it_is_decided(store: Store) -> None:
    planned(store, "Anne")
    change(store, edit_items)
    (first,) = approvals(store)
    for person in (ANN, BEN, ANN):
        with store.writing() as session:
            assert not take(session, first.id, Decision.APPROVE, person).won
    assert [row.state for row in approvals(store)] == [ApprovalState.VOIDED, ApprovalState.WAITING]


def test_of_two_who_find_it_changed_at_once_one_asks_anew(store: Store) -> None:
    planned(store, "Anne")
    change(store, edit_items)
    (first,) = approvals(store)
    second = while_uncommitted(
        store,
        lambda session: take(session, first.id, Decision.APPROVE, ANN),
        lambda session: take(session, first.id, Decision.APPROVE, BEN),
    )
    assert isinstance(second, Decided)
    assert [row.state for row in approvals(store)] == [ApprovalState.VOIDED, ApprovalState.WAITING]


def test_deciding_too_late_takes_everything_back(store: Store) -> None:
    edition_id = planned(store, "Anne")
    (asked,) = approvals(store)
    with store.writing() as session:
        outcome = take(session, asked.id, Decision.APPROVE, ANN, now=NOW + DUE)
    assert not outcome.won
    assert "is expired" in outcome.sentence
    assert edition(store, edition_id).state is EditionState.EXPIRED
    assert letter_states(store) == ["expired"]


def test_what_nobody_decides_in_time_expires_and_nothing_goes(store: Store) -> None:
    edition_id = planned(store, "Anne")
    with store.writing() as session:
        assert deciding.expire(session, NOW + DUE - timedelta(seconds=1)) == []
        assert deciding.expire(session, NOW + DUE) == [approvals(store)[0].id]
        assert deciding.expire(session, NOW + DUE) == []
    assert edition(store, edition_id).state is EditionState.EXPIRED
    assert letter_states(store) == ["expired"]
    assert not decide(store, edition_id).won


def test_a_deferred_approval_does_not_expire_meanwhile(store: Store) -> None:
    edition_id = planned(store, "Anne")
    (asked,) = approvals(store)
    with store.writing() as session:
        approval.defer(session, asked.id, ANN, until=NOW + DUE, now=NOW, due=DUE)
        assert deciding.expire(session, NOW + DUE) == []
        assert take(session, asked.id, Decision.APPROVE, ANN, now=NOW + DUE).won
    assert letter_states(store, edition_id) == ["approved"]


# Many candidates into nurturing.


def ask_to_nurture(session: Session, ids: list[int]) -> int:
    what = Ask(ApprovalKind.NURTURE, "Keep them warm?", people_digest(Trigger.NURTURE, ids), {"candidates": ids})
    return approval.ask(session, what, by="rekindle", deciders=("lead",), now=NOW, due=DUE).id


def test_those_still_fit_are_nurtured_and_the_others_are_passed_over(store: Store) -> None:
    with store.writing() as session:
        ids = [stored(session, name, state=WARM).id for name in ("Anne", "Bert", "Emil", "Finn")]
        asked = ask_to_nurture(session, ids)
    fit, stopped, moved, erased = ids
    change_candidate(store, stopped, opted_out_at=NOW)
    change_candidate(store, moved, state=CandidateState.DECLINED)
    change(store, lambda session: session.execute(delete(Candidate).where(Candidate.id == erased)))
    with store.writing() as session:
        assert take(session, asked, Decision.APPROVE, ANN).won
    assert [state_of(store, one) for one in (fit, stopped, moved)] == [
        CandidateState.NURTURING,
        WARM,
        CandidateState.DECLINED,
    ]
    assert [(kept.by, kept.approval_id) for kept in moves_of(store, fit)] == [("ann@acme.example", asked)]


def test_declining_to_nurture_leaves_everybody_where_they_are(store: Store) -> None:
    with store.writing() as session:
        person = stored(session, "Anne", state=WARM)
        asked = ask_to_nurture(session, [person.id])
        assert take(session, asked, Decision.DECLINE, ANN).won
    assert state_of(store, person.id) is WARM


# One candidate's move.


def ask_to_interview(session: Session, person: Candidate, *, yes: bool = True) -> int:
    reason = "said yes on the phone"
    evidence = {"trigger": "interview", "actor": "recruiter", "reason": reason, "facts": {"candidate_said_yes": yes}}
    digest = move_digest(Trigger.INTERVIEW, person.id, person.state, reason)
    what = Ask(ApprovalKind.MOVE, f"Interview c-{person.id}?", digest, evidence, candidate_id=person.id)
    return approval.ask(session, what, by="cleo@acme.example", deciders=("lead",), now=NOW, due=DUE).id


def test_an_approved_move_is_made_in_the_name_of_who_approved_it(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        asked = ask_to_interview(session, person)
        assert take(session, asked, Decision.APPROVE, ANN).won
    assert state_of(store, person.id) is CandidateState.INTERVIEWING
    (kept,) = moves_of(store, person.id)
    assert (kept.by, kept.approval_id, kept.reason) == ("ann@acme.example", asked, "said yes on the phone")


def test_a_declined_move_is_not_made(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        assert take(session, ask_to_interview(session, person), Decision.DECLINE, ANN).won
    assert state_of(store, person.id) is CandidateState.NURTURING


def test_a_move_asked_from_another_state_is_voided(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        asked = ask_to_interview(session, person)
    change_candidate(store, person.id, state=CandidateState.RE_ENGAGED)
    with store.writing() as session:
        assert "is voided" in take(session, asked, Decision.APPROVE, ANN).sentence
    assert state_of(store, person.id) is CandidateState.RE_ENGAGED
    assert len(approvals(store)) == 1, "nobody is asked anew about a move: whoever wants it asks"


def test_a_move_that_is_refused_is_not_decided_either(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        asked = ask_to_interview(session, person, yes=False)
    with pytest.raises(MoveRefused, match="has not said that they are interested"), store.writing() as session:
        take(session, asked, Decision.APPROVE, ANN)
    assert [row.state for row in approvals(store)] == [ApprovalState.WAITING]
    assert moves_of(store, person.id) == []


def test_an_expired_move_is_not_made(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        asked = ask_to_interview(session, person)
        assert deciding.expire(session, NOW + DUE) == [asked]
    assert state_of(store, person.id) is CandidateState.NURTURING
