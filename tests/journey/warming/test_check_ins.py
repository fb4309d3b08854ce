"""The check-ins of a day: who gets one, who does not and why; and what becomes of one when something happens."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey import recording
from rekindle.journey.answers import stop
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Decided, Decision
from rekindle.journey.letters import editing, rechecking
from rekindle.journey.letters.proposing import Desk, lay_down_proposal
from rekindle.journey.outbox.sending import record, take
from rekindle.journey.warming import check_ins
from rekindle.journey.warming.check_ins import Morning
from rekindle.mail.outcome import Accepted
from rekindle.resources import shipped
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.letters import letters_of
from rekindle.store.messages import Message
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from states.message import MessageState, Occasion
from tests.cast import NOW, POLICY
from tests.journey.letters.stage import STANDARDS, hashed, role, sarah
from tests.journey.stage import ANN, DESK, TERMS, change, change_candidate

DRAFTING = Desk(STANDARDS, (shipped("templates") / "letters",))
BERLIN = ZoneInfo("Europe/Berlin")


def morning(store: Store, now: datetime = NOW, a_day: int = 10) -> Morning:
    return check_ins.draft_all(store, DRAFTING, now, a_day, BERLIN)


def only(session: Session) -> Message:
    return session.scalars(select(Message).where(Message.occasion == Occasion.CHECK_IN)).one()


def states(store: Store) -> list[MessageState]:
    with store.reading() as session:
        return list(session.scalars(select(Message.state).order_by(Message.id)))


def asked(store: Store) -> Approval:
    with store.reading() as session:
        return session.scalars(select(Approval).order_by(Approval.id.desc())).first() or pytest.fail("nobody was asked")


def decide(store: Store, decision: Decision = Decision.APPROVE, now: datetime = NOW) -> Decided:
    with store.writing() as session:
        number = asked(store).id
        return deciding.decide(session, number, decision, ANN, terms=TERMS, now=now, via="cli")


def sent(store: Store, now: datetime = NOW) -> int:
    """Deliver what may go; return how many went."""
    with store.writing() as session:
        taken = take(session, 10, now, DESK)
    with store.writing() as session:
        record(session, [(each.message_id, Accepted(250, "OK")) for each in taken], now, DESK)
    return len(taken)


@pytest.fixture
def anne(store: Store) -> int:
    with store.writing() as session:
        return sarah(session).id


def test_whoever_knew_them_is_asked_about_a_few_words(store: Store, anne: int) -> None:
    done = morning(store)
    assert (len(done.asked), dict(done.left_out)) == (1, {})
    question = asked(store)
    assert (question.kind, question.assignee) == (ApprovalKind.LETTER, "ann@acme.example")
    assert question.question == f"Send c-{anne} this check-in?"
    with store.reading() as session:
        letter = letters_of(session, done.asked)[done.asked[0]]
    assert "0-to-1 products" in letter.body
    assert letter.proofs["last-contact"] == ["a-1"]


def test_another_morning_drafts_nothing_twice(store: Store, anne: int) -> None:
    morning(store)
    again = morning(store, NOW + timedelta(days=1))
    assert (again.asked, dict(again.left_out)) == ([], {"no_letter_comes_first": 1})


def test_what_was_approved_goes_and_is_a_contact_and_moves_nobody(store: Store, anne: int) -> None:
    morning(store)
    decide(store)
    assert sent(store) == 1
    with store.reading() as session:
        person, touch = session.get_one(Candidate, anne), session.scalars(select(Touch)).one()
        assert person.state is CandidateState.NURTURING
        assert (person.last_contact_on, touch.on, touch.summary) == (NOW.date(), NOW.date(), "check-in")
    later = NOW + timedelta(days=119)
    assert morning(store, later).asked == []
    assert len(morning(store, later + timedelta(days=1)).asked) == 1


def test_the_next_one_has_other_words(store: Store, anne: int) -> None:
    morning(store)
    decide(store)
    sent(store)
    morning(store, NOW + timedelta(days=121))
    with store.reading() as session:
        first, second = (letters_of(session, [number])[number].body for number in (1, 2))
    assert not set(first.split("\n\n")[1:4]) & set(second.split("\n\n")[1:4])


def test_nobody_is_given_more_than_a_days_share(store: Store) -> None:
    with store.writing() as session:
        for name, days in (("Anne", 130), ("Bert", 150), ("Cara", 140)):
            sarah(session, name, last_contact_on=NOW.date() - timedelta(days=days))
        sarah(session, "Dana", recruiter="ben@acme.example")
    done = morning(store, a_day=1)
    with store.reading() as session:
        who = [session.get_one(Message, number).candidate_id for number in done.asked]
    # Dana has waited longest, of Ann's three it is Bert.
    assert (who, dict(done.left_out)) == ([4, 2], {"day_is_full": 2})
    assert morning(store, a_day=1).asked == []
    assert len(morning(store, NOW + timedelta(days=1), a_day=1).asked) == 1


def test_who_cannot_be_written_to_does_not_use_up_the_share(store: Store) -> None:
    with store.writing() as session:
        sarah(session, "Bert", opted_out_at=NOW, last_contact_on=date(2026, 1, 1))
        sarah(session, "Cara", snoozed_until=date(2027, 1, 1), last_contact_on=date(2026, 2, 1))
        sarah(session, "Anne")
    done = morning(store, a_day=1)
    assert (len(done.asked), dict(done.left_out)) == (1, {"is_contactable": 1, "is_not_snoozed": 1})


def test_a_fact_that_is_missing_is_asked_for_by_name(store: Store, anne: int) -> None:
    with store.writing() as session:
        for row in _all_that_may_be_said(session):
            session.delete(row)
    done = morning(store)
    assert dict(done.left_out) == {"facts_missing": 1}
    assert f"rekindle candidates note c-{anne} --kind interest" in done.missing[anne]
    assert states(store) == []


def _all_that_may_be_said(session: Session) -> list[object]:
    from rekindle.store.candidates import Label  # noqa: PLC0415
    from rekindle.store.notes import Note  # noqa: PLC0415

    return [*session.scalars(select(Note)), *session.scalars(select(Label).where(Label.kind == "interest"))]


def test_who_was_never_told_hears_that_first(store: Store, anne: int) -> None:
    from rekindle.store.applications import Application  # noqa: PLC0415

    change(store, lambda session: setattr(session.get_one(Application, 1), "rejection", "none"))
    assert "rekindle rejections draft" in morning(store).missing[anne]


def test_a_dry_run_says_the_same_and_stores_nothing(store: Store, anne: int) -> None:
    with store.writing() as session:
        sarah(session, "Bert", opted_out_at=NOW)
    with store.reading() as session:
        lines = list(check_ins.outlook(session, DRAFTING, NOW, 10, BERLIN))
    assert [(line.each.candidate_id, line.why_not and line.why_not.code) for line in lines] == [
        (anne, None),
        (2, "is_contactable"),
    ]
    assert states(store) == []
    assert len(morning(store).asked) == 1


# What happens while it waits, or after it was approved.


@pytest.mark.parametrize("approved", [False, True])
def test_a_letter_about_a_role_comes_first(store: Store, anne: int, *, approved: bool) -> None:
    morning(store)
    if approved:
        decide(store)
    with store.writing() as session:
        lay_down_proposal(session, session.get_one(Candidate, anne), role(session), DRAFTING, NOW)
    assert states(store) == [MessageState.CANCELLED, MessageState.DRAFTED]
    assert asked(store).state is ApprovalState.VOIDED
    with store.reading() as session:
        assert only(session).reason == "a letter about role director-product comes first"


def test_while_a_letter_about_a_role_lies_on_the_desk_there_is_no_check_in(store: Store, anne: int) -> None:
    with store.writing() as session:
        lay_down_proposal(session, session.get_one(Candidate, anne), role(session), DRAFTING, NOW)
    assert dict(morning(store).left_out) == {"no_other_outreach": 1}


def test_a_call_in_between_takes_it_back_for_good(store: Store, anne: int) -> None:
    morning(store)
    decide(store)
    told = {"on": NOW.date().isoformat(), "channel": "call", "direction": "out"}
    change(store, lambda session: recording.touch(session, anne, told, NOW))
    assert sent(store) == 0
    assert states(store) == [MessageState.CANCELLED]


def test_a_reply_puts_it_on_the_desk_and_the_next_morning_clears_it(store: Store, anne: int) -> None:
    morning(store)
    told = {"on": NOW.date().isoformat(), "channel": "reply", "direction": "in"}
    change(store, lambda session: recording.touch(session, anne, told, NOW))
    assert states(store) == [MessageState.DRAFTED]
    assert check_ins.clear_desk(store, STANDARDS, NOW) == 1
    assert states(store) == [MessageState.CANCELLED]
    assert morning(store, NOW + timedelta(days=1)).asked == []


def test_a_stop_takes_it_back_at_once(store: Store, anne: int) -> None:
    morning(store)
    decide(store)
    change(store, lambda session: stop(session, anne, address_hash=hashed("x"), via="phone", now=NOW, policy=POLICY))
    assert (sent(store), states(store)) == (0, [MessageState.CANCELLED])


def test_a_note_that_changed_voids_it_and_it_is_asked_about_anew(store: Store, anne: int) -> None:
    morning(store)
    told = {"kind": "strength", "text": "asks good questions", "sayable": True}
    change(store, lambda session: recording.note(session, anne, told, NOW))
    assert rechecking.recheck_all(store, STANDARDS, NOW) == [1]
    assert (states(store), asked(store).id) == ([MessageState.AWAITING], 2)


def test_a_snooze_lays_it_on_the_desk_and_it_is_drafted_anew_when_that_is_over(store: Store, anne: int) -> None:
    morning(store)
    change_candidate(store, anne, snoozed_until=NOW.date() + timedelta(days=30))
    rechecking.recheck_all(store, STANDARDS, NOW)
    assert states(store) == [MessageState.DRAFTED]
    later = NOW + timedelta(days=31)
    assert check_ins.clear_desk(store, STANDARDS, later) == 1
    assert len(morning(store, later).asked) == 1


def test_words_a_person_wrote_stay_on_the_desk(store: Store, anne: int) -> None:
    morning(store)
    with store.writing() as session:
        editing.edit(
            session, 1, "A hello", "Hi Sarah,\n\nwe are hiring again.\n\nAnn Lee", STANDARDS, by="ann", now=NOW
        )
    assert states(store) == [MessageState.DRAFTED]
    assert check_ins.clear_desk(store, STANDARDS, NOW) == 0


def test_who_wrote_the_words_of_a_check_in_may_approve_it(store: Store, anne: int) -> None:
    morning(store)
    with store.reading() as session:
        body = letters_of(session, [1])[1].body.replace("Hi ", "Dear ")
    with store.writing() as session:
        done = editing.edit(session, 1, "Just a hello", body, STANDARDS, by="ann@acme.example", now=NOW)
    assert done.asked is not None
    assert done.asked.barred is None
    assert decide(store).won


def test_what_nobody_decided_in_time_ends_and_comes_again(store: Store, anne: int) -> None:
    morning(store)
    later = NOW + timedelta(days=8)
    change(store, lambda session: deciding.expire(session, later))
    assert states(store) == [MessageState.EXPIRED]
    assert len(morning(store, later).asked) == 1


def test_a_successor_signs_and_says_so(store: Store) -> None:
    with store.writing() as session:
        sarah(session, recruiter="zoe@acme.example")
    done = morning(store)
    with store.reading() as session:
        letter = letters_of(session, done.asked)[done.asked[0]]
    assert letter.signer == "ben@acme.example"
    assert "Zoe Adler" in letter.body


def test_an_approval_can_be_declined_and_nothing_goes(store: Store, anne: int) -> None:
    morning(store)
    decide(store, Decision.DECLINE)
    assert (sent(store), states(store)) == (0, [MessageState.CANCELLED])
    with store.reading() as session:
        assert approval.waiting(session, NOW) == []
