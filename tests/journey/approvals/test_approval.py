"""An approval is a row that the first person decides: later ones are told, latecomers and strangers refused."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound, NotYours
from rekindle.journey.approvals import approval
from rekindle.journey.approvals.approval import Ask, Decided, Decider, Decision
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.engine import Store
from tests.cast import NOW
from tests.journey.stage import ANN, BEN, CLEO
from tests.racing import at_once, while_uncommitted

DIGEST = "d" * 64
WEEK = timedelta(days=7)
LATER = NOW + timedelta(hours=1)


def ask(session: Session, now: datetime = NOW, due: timedelta = WEEK) -> int:
    what = Ask(ApprovalKind.MOVE, "Begin to interview c-1?", DIGEST, {"trigger": "interview"})
    return approval.ask(session, what, by="cleo@acme.example", deciders=("lead",), now=now, due=due).id


def decide(
    session: Session,
    approval_id: int,
    decision: Decision = Decision.APPROVE,
    person: Decider = ANN,
    *,
    now: datetime = LATER,
    digest: str = DIGEST,
    note: str = "",
) -> Decided:
    return approval.decide(session, approval_id, decision, person, digest=digest, now=now, via="web", note=note)


@pytest.fixture
def asked(store: Store) -> int:
    with store.writing() as session:
        return ask(session)


def found(store: Store, approval_id: int) -> Approval:
    with store.reading() as session:
        return approval.find(session, approval_id)


def test_what_is_asked_is_kept_with_what_it_rests_on(store: Store, asked: int) -> None:
    row = found(store, asked)
    assert (row.state, row.digest, row.evidence) == (ApprovalState.WAITING, DIGEST, {"trigger": "interview"})
    assert (row.asked_by, row.deciders, row.due_at) == ("cleo@acme.example", ["lead"], NOW + WEEK)


@pytest.mark.parametrize(
    ("decision", "state"), [(Decision.APPROVE, ApprovalState.APPROVED), (Decision.DECLINE, ApprovalState.DECLINED)]
)
def test_a_decision_is_kept_with_who_when_how_and_why(
    store: Store, asked: int, decision: Decision, state: ApprovalState
) -> None:
    with store.writing() as session:
        assert decide(session, asked, decision, note="read it twice").won
    row = found(store, asked)
    assert (row.state, row.decided_by, row.decided_at) == (state, "ann@acme.example", LATER)
    assert (row.via, row.note) == ("web", "read it twice")


def test_the_second_to_decide_reads_who_was_first(store: Store, asked: int) -> None:
    with store.writing() as session:
        decide(session, asked)
    with store.writing() as session:
        second = decide(session, asked, Decision.DECLINE, BEN, now=LATER + WEEK)
    assert not second.won
    assert second.sentence == (
        f"approval {asked} was already approved by ann@acme.example on 2026-10-13 09:00 UTC via web"
    )
    assert found(store, asked).decided_by == "ann@acme.example"


def test_of_two_who_decide_at_once_one_wins(store: Store, asked: int) -> None:
    outcomes = at_once(
        store,
        lambda session: decide(session, asked, Decision.APPROVE, ANN),
        lambda session: decide(session, asked, Decision.DECLINE, BEN),
    )
    decided = [outcome for outcome in outcomes if isinstance(outcome, Decided)]
    assert sorted(outcome.won for outcome in decided) == [False, True]
    assert {outcome.approval.decided_by for outcome in decided} == {found(store, asked).decided_by}


def test_who_reads_before_the_first_has_committed_still_comes_second(store: Store, asked: int) -> None:
    second = while_uncommitted(store, lambda s: decide(s, asked), lambda s: decide(s, asked, Decision.DECLINE, BEN))
    assert isinstance(second, Decided)
    assert not second.won
    assert "was already approved by ann@acme.example" in second.sentence


def test_who_may_not_decide_is_refused_and_told_who_may(store: Store, asked: int) -> None:
    with pytest.raises(NotYours, match=f"approval {asked} is decided by: lead"), store.writing() as session:
        decide(session, asked, person=CLEO)
    assert found(store, asked).state is ApprovalState.WAITING


def test_nothing_is_approved_after_its_due_time(store: Store, asked: int) -> None:
    with store.writing() as session:
        assert not decide(session, asked, now=NOW + WEEK).won
    row = found(store, asked)
    assert (row.state, row.decided_by, row.note) == (ApprovalState.EXPIRED, None, "nobody decided in time")


def test_what_has_changed_since_it_was_asked_is_voided(store: Store, asked: int) -> None:
    with store.writing() as session:
        outcome = decide(session, asked, digest="e" * 64)
    assert not outcome.won
    assert outcome.sentence == (
        f"approval {asked} is voided since 2026-10-13 09:00 UTC: what was shown has changed since it was asked"
    )
    assert found(store, asked).state is ApprovalState.VOIDED


def test_there_is_no_approval_of_that_number(store: Store) -> None:
    with pytest.raises(NotFound, match="there is no approval 7; `rekindle approvals list`"), store.writing() as session:
        decide(session, 7)


def test_a_deferred_approval_comes_back_with_its_full_time(store: Store, asked: int) -> None:
    until = NOW + timedelta(days=3)
    with store.writing() as session:
        approval.defer(session, asked, ANN, until=until, now=LATER, due=WEEK)
    assert found(store, asked).due_at == until + WEEK
    with store.reading() as session:
        assert approval.waiting(session, LATER) == []
        assert [row.id for row in approval.waiting(session, until)] == [asked]
        assert approval.overdue(session, NOW + WEEK) == []


def test_what_is_decided_is_not_deferred_any_more(store: Store, asked: int) -> None:
    with store.writing() as session:
        decide(session, asked)
    with pytest.raises(BadInput, match=r"does not wait any more: .* approved by ann"), store.writing() as session:
        approval.defer(session, asked, BEN, until=NOW + WEEK, now=LATER, due=WEEK)


def test_nobody_defers_what_is_overdue_or_not_theirs_or_into_the_past(store: Store, asked: int) -> None:
    with pytest.raises(BadInput, match="still waits"), store.writing() as session:
        approval.defer(session, asked, ANN, until=NOW + 2 * WEEK, now=NOW + WEEK, due=WEEK)
    with pytest.raises(NotYours), store.writing() as session:
        approval.defer(session, asked, CLEO, until=NOW + WEEK, now=LATER, due=WEEK)
    with pytest.raises(BadInput, match="still to come"), store.writing() as session:
        approval.defer(session, asked, ANN, until=LATER, now=LATER, due=WEEK)


def test_those_that_wait_are_listed_by_due_time(store: Store) -> None:
    with store.writing() as session:
        late, soon, over = ask(session, due=2 * WEEK), ask(session), ask(session, NOW - WEEK)
        assert [row.id for row in approval.waiting(session, NOW)] == [over, soon, late]
        assert [row.id for row in approval.overdue(session, NOW)] == [over]


def test_a_closed_approval_is_not_closed_again(store: Store, asked: int) -> None:
    with store.writing() as session:
        row = approval.find(session, asked)
        assert approval.close(session, row, ApprovalState.VOIDED, NOW, "the role was closed")
        assert not approval.close(session, row, ApprovalState.EXPIRED, LATER, "nobody decided in time")
        assert (row.state, row.note) == (ApprovalState.VOIDED, "the role was closed")


def test_a_note_the_database_cannot_keep_is_refused_and_decides_nothing(postgres_store: Store) -> None:
    with postgres_store.writing() as session:
        asked = ask(session)
    for note in ("x" * 2001, "half a \x00 word"):
        with pytest.raises(BadInput), postgres_store.writing() as session:
            decide(session, asked, note=note)
    assert found(postgres_store, asked).state is ApprovalState.WAITING
