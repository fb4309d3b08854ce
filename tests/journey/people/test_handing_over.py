"""What somebody leaves behind: what they are asked, what they have to do, and letters that have not gone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from rekindle.journey.letters import asking, proposing, releasing
from rekindle.journey.letters.proposing import Desk
from rekindle.journey.people.handing_over import HandedOver, hand_over
from rekindle.journey.people.team import as_it_is
from rekindle.resources import shipped
from rekindle.store.applications import Application
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.engine import Store
from rekindle.store.letters import letters_of
from rekindle.store.messages import Message
from rekindle.store.tasks import Task, TaskKind
from states.message import MessageState
from tests.cast import NOW
from tests.journey.letters.stage import STANDARDS, drafted, role, sarah
from tests.journey.stage import change

ANN, BEN = "ann@acme.example", "ben@acme.example"
PHRASINGS = [shipped("templates") / "letters"]
BEFORE = Desk(STANDARDS, PHRASINGS)
AFTER = Desk(replace(STANDARDS, team=as_it_is(STANDARDS.team, ((ANN, BEN),)), spare_signer=BEN), PHRASINGS)
LATER = NOW + timedelta(hours=1)


def proposed(store: Store, *, asked: bool = True) -> int:
    """Draft Ann's letter to Sarah, and ask her about it."""
    with store.writing() as session:
        row = proposing.lay_down_proposal(session, sarah(session), role(session), BEFORE, NOW)
        if asked:
            asking.ask(session, row, STANDARDS, by="rekindle", now=NOW)
        return row.id


def done(store: Store) -> HandedOver:
    return hand_over(store, AFTER, LATER)


def message(store: Store) -> Message:
    with store.reading() as session:
        return session.scalars(select(Message)).one()


def words(store: Store) -> tuple[str, str]:
    """Return who signs the newest version, and what it says."""
    with store.reading() as session:
        (letter,) = letters_of(session, [message(store).id]).values()
    return letter.signer, letter.body


def approvals(store: Store) -> list[tuple[ApprovalState, str | None]]:
    with store.reading() as session:
        return [(row.state, row.assignee) for row in session.scalars(select(Approval).order_by(Approval.id))]


def release(session: Session) -> None:
    row = session.scalars(select(Message)).one()
    session.scalars(select(Approval)).one().state = ApprovalState.APPROVED
    releasing.release(session, row.id, NOW)


@pytest.mark.parametrize("approved", [False, True])
def test_a_letter_is_drafted_anew_and_put_to_whoever_took_over(store: Store, *, approved: bool) -> None:
    number = proposed(store)
    if approved:
        change(store, release)
    assert done(store).letters == [number]
    signer, body = words(store)
    assert signer == BEN
    assert "taken over" in body
    assert "Ann" in body
    assert body.splitlines()[-2:] == ["Ben Okafor", "Recruiter, Acme Labs"]
    assert message(store).state is MessageState.AWAITING
    assert approvals(store) == [(ApprovalState.VOIDED, ANN if approved else BEN), (ApprovalState.WAITING, BEN)]


def test_it_is_done_once(store: Store) -> None:
    proposed(store)
    done(store)
    before = approvals(store)
    assert done(store) == HandedOver()
    assert approvals(store) == before


def test_a_draft_nobody_was_asked_about_stays_on_the_desk_in_the_new_name(store: Store) -> None:
    number = proposed(store, asked=False)
    assert done(store).letters == [number]
    assert (words(store)[0], message(store).state, approvals(store)) == (BEN, MessageState.DRAFTED, [])


def test_words_that_a_person_wrote_are_kept_for_a_colleague_to_make_their_own(store: Store) -> None:
    with store.writing() as session:
        row = drafted(session, sarah(session), role(session), author=ANN)
        asking.ask(session, row, STANDARDS, by=ANN, now=NOW)
    before = words(store)
    found = done(store)
    assert (found.letters, list(found.on_the_desk)) == ([], [1])
    assert words(store) == before
    assert message(store).state is MessageState.DRAFTED
    assert approvals(store) == [(ApprovalState.VOIDED, BEN)]


def test_what_cannot_be_drafted_any_more_waits_with_the_reason(store: Store) -> None:
    number = proposed(store)
    change(store, lambda session: session.execute(delete(Application)))
    assert list(done(store).on_the_desk) == [number]
    assert (words(store)[0], message(store).state) == (ANN, MessageState.DRAFTED)


def test_a_letter_that_has_left_is_not_touched(store: Store) -> None:
    proposed(store)
    change(store, lambda session: setattr(session.scalars(select(Message)).one(), "state", MessageState.SENT))
    assert done(store).letters == []
    assert words(store)[0] == ANN


def test_open_tasks_and_questions_go_to_whoever_took_over_and_the_others_do_not(store: Store) -> None:
    proposed(store, asked=False)
    with store.writing() as session:
        for number, (assignee, over) in enumerate([(ANN, False), (ANN, True), ("zoe@acme.example", False)]):
            task = Task(
                candidate_id=1,
                kind=TaskKind.CALL,
                key=f"call:{number}",
                assignee=assignee,
                reason="a second no is told in person first",
                due_on=date(2026, 10, 20),
                created_at=NOW,
                done_at=NOW if over else None,
            )
            session.add(task)
    # Zoe has left by the settings: hers go the same way.
    assert done(store).tasks == 2
    with store.reading() as session:
        assert list(session.scalars(select(Task.assignee).order_by(Task.id))) == [BEN, ANN, BEN]


def test_whoever_took_over_is_reminded_anew(store: Store) -> None:
    with store.writing() as session:
        row = drafted(session, sarah(session), role(session), author=ANN)
        asked = asking.ask(session, row, STANDARDS, by=ANN, now=NOW)
        asked.reminded_at = NOW
    hand_over(store, AFTER, LATER)
    with store.reading() as session:
        assert session.get_one(Approval, asked.id).reminded_at is None
