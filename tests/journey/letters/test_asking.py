"""From the desk to the mail server: asked, decided, edited, overtaken; and what follows when a letter has arrived."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, CourtesyRefused, LostRace, NotYours
from rekindle.journey import answers, recording
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Decided, Decider, Decision
from rekindle.journey.letters import asking, editing
from rekindle.journey.letters.closing import take_back_letters_of_role
from rekindle.journey.letters.standards import Standards
from rekindle.journey.outbox.sending import record, take
from rekindle.mail.outcome import Accepted
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.letters import letters_of
from rekindle.store.messages import Message
from rekindle.store.moves import MoveRow
from rekindle.store.notes import Note
from rekindle.store.outreaches import Outreach, OutreachOutcome
from rekindle.store.roles import Role
from states.candidate import CandidateState, Trigger
from states.message import MessageState
from tests.cast import NOW, POLICY
from tests.journey.letters.stage import BODY, STANDARDS, SUBJECT, drafted, role, sarah
from tests.journey.stage import ANN, BEN, DESK, TERMS

EDITED = BODY.replace("quick chat", "short call")


def waiting(store: Store) -> int:
    """Put Sarah's letter to Ann; return the approval's id. The message, the candidate and the role are number 1."""
    with store.writing() as session:
        row = drafted(session, sarah(session), role(session))
        return asking.ask(session, row, STANDARDS, by="rekindle", now=NOW).id


def decide(store: Store, approval_id: int, decision: Decision = Decision.APPROVE, person: Decider = ANN) -> Decided:
    with store.writing() as session:
        return deciding.decide(session, approval_id, decision, person, terms=TERMS, now=NOW, via="cli")


def delivered(store: Store, standards: Standards = STANDARDS) -> list[int]:
    """Take what may go and record it as accepted; return which messages."""
    desk = replace(DESK, letters=standards)
    with store.writing() as session:
        ids = [out.message_id for out in take(session, 10, NOW, desk)]
    with store.writing() as session:
        record(session, [(message_id, Accepted(250, "OK")) for message_id in ids], NOW, desk)
    return ids


def message(store: Store) -> Message:
    with store.reading() as session:
        return session.get_one(Message, 1)


def approvals(store: Store) -> list[tuple[ApprovalState, str | None]]:
    with store.reading() as session:
        return [(row.state, row.note) for row in session.scalars(select(Approval).order_by(Approval.id))]


def outreach(store: Store) -> Outreach:
    with store.reading() as session:
        return session.scalars(select(Outreach)).one()


def test_an_approved_letter_is_sent_and_only_then_re_engages(store: Store) -> None:
    asked = waiting(store)
    assert delivered(store) == []
    assert decide(store, asked).won
    with store.reading() as session:
        assert session.get_one(Candidate, 1).state is CandidateState.NURTURING
    assert delivered(store) == [1]
    assert message(store).state is MessageState.SENT
    with store.reading() as session:
        assert session.get_one(Candidate, 1).state is CandidateState.RE_ENGAGED
        moved = session.scalars(select(MoveRow)).one()
        assert (moved.trigger, moved.by, moved.approval_id) == (Trigger.RE_ENGAGE, "ann@acme.example", asked)
    assert outreach(store).closed_at is None


def test_what_is_not_clean_is_not_even_asked_about(store: Store) -> None:
    with store.writing() as session:
        lazy = drafted(session, sarah(session), role(session), "Hey! We have another opening. Still interested?")
        with pytest.raises(CourtesyRefused) as refused:
            asking.ask(session, lazy, STANDARDS, by="rekindle", now=NOW)
    assert refused.value.findings
    assert message(store).state is MessageState.DRAFTED


def test_a_decline_ends_the_outreach_unsent_and_a_new_letter_may_be_drafted(store: Store) -> None:
    assert decide(store, waiting(store), Decision.DECLINE).won
    assert message(store).state is MessageState.CANCELLED
    assert outreach(store).outcome is OutreachOutcome.NOT_SENT
    with store.writing() as session:
        again = drafted(session, session.get_one(Candidate, 1), session.get_one(Role, 1))
        assert asking.ask(session, again, STANDARDS, by="rekindle", now=NOW).state is ApprovalState.WAITING


def test_nobody_gets_two_letters_about_one_role(store: Store) -> None:
    decide(store, waiting(store))
    delivered(store)
    with store.writing() as session, pytest.raises(LostRace, match="has a re-engagement letter already"):
        drafted(session, session.get_one(Candidate, 1), session.get_one(Role, 1))


def test_an_edit_voids_what_was_asked_and_is_asked_about_anew(store: Store) -> None:
    asked = waiting(store)
    with store.writing() as session:
        done = editing.edit(session, 1, SUBJECT, EDITED, STANDARDS, by="ann@acme.example", now=NOW)
        assert done.asked is not None
        assert done.asked.id != asked
    assert approvals(store)[0] == (ApprovalState.VOIDED, "the text was edited by ann@acme.example")
    assert not decide(store, asked).won
    assert decide(store, 2).won
    delivered(store)
    with store.reading() as session:
        assert letters_of(session, [1])[1].body == EDITED


def test_an_edit_after_the_approval_stops_the_letter(store: Store) -> None:
    decide(store, waiting(store))
    with store.writing() as session:
        editing.edit(session, 1, SUBJECT, EDITED, STANDARDS, by="ann@acme.example", now=NOW)
    assert delivered(store) == []
    assert message(store).state is MessageState.AWAITING


def test_words_that_may_not_go_are_kept_on_the_desk(store: Store) -> None:
    waiting(store)
    lazy = "Hey! We have another opening. Still interested?"
    with store.writing() as session:
        done = editing.edit(session, 1, SUBJECT, lazy, STANDARDS, by="ann@acme.example", now=NOW)
    assert done.asked is None
    assert done.findings
    assert message(store).state is MessageState.DRAFTED
    with store.reading() as session:
        assert letters_of(session, [1])[1].body == lazy


def test_a_letter_that_has_left_cannot_be_edited(store: Store) -> None:
    decide(store, waiting(store))
    delivered(store)
    with store.writing() as session, pytest.raises(BadInput, match="cannot be edited any more"):
        editing.edit(session, 1, SUBJECT, EDITED, STANDARDS, by="ann@acme.example", now=NOW)


def test_who_wrote_it_may_not_approve_it_where_four_eyes_are_wanted(store: Store) -> None:
    strict = replace(STANDARDS, four_eyes=frozenset({"director"}))
    with store.writing() as session:
        mine = drafted(session, sarah(session), role(session), author="ann@acme.example")
        asked = asking.ask(session, mine, strict, by="ann@acme.example", now=NOW)
    with pytest.raises(NotYours, match="somebody else has to approve it"):
        decide(store, asked.id)
    assert decide(store, asked.id, person=BEN).won


def test_a_letter_of_somebody_who_has_left_waits_until_a_colleague_signs(store: Store) -> None:
    decide(store, waiting(store))
    ann = replace(STANDARDS.team["ann@acme.example"], successor="ben@acme.example")
    without_ann = replace(STANDARDS, team={**STANDARDS.team, "ann@acme.example": ann})
    assert delivered(store, without_ann) == []
    assert "is not here any more" in (message(store).reason or "")
    with store.writing() as session:
        editing.edit(session, 1, SUBJECT, EDITED, without_ann, by="ben@acme.example", now=NOW)
    with store.reading() as session:
        assert letters_of(session, [1])[1].signer == "ben@acme.example"


def note_edited(session: Session) -> None:
    session.scalars(select(Note)).one().text = "background in consumer tech, product strategy and more"


def note_unsaid(session: Session) -> None:
    session.scalars(select(Note)).one().sayable = False


def moved_house(session: Session) -> None:
    session.get_one(Candidate, 1).email = "sarah.new@example.org"


def role_rewritten(session: Session) -> None:
    session.get_one(Role, 1).whats_in_it = "something else"


def called(session: Session) -> None:
    recording.touch(session, 1, {"on": "2026-10-12", "channel": "call", "direction": "out"}, NOW)


CHANGES: list[tuple[Callable[[Session], None], str]] = [
    (note_edited, "a note was changed"),
    (moved_house, "name or address was changed"),
    (role_rewritten, "the role was changed"),
    (called, "there has been contact since"),
]


@pytest.mark.parametrize(("change", "reason"), CHANGES, ids=[change.__name__ for change, _ in CHANGES])
def test_a_change_voids_what_was_asked_with_the_reason(
    store: Store, change: Callable[[Session], None], reason: str
) -> None:
    asked = waiting(store)
    with store.writing() as session:
        change(session)
    told = decide(store, asked)
    assert not told.won
    assert reason in told.sentence


@pytest.mark.parametrize(("change", "reason"), CHANGES, ids=[change.__name__ for change, _ in CHANGES])
def test_a_change_after_the_approval_holds_the_letter_with_the_reason(
    store: Store, change: Callable[[Session], None], reason: str
) -> None:
    decide(store, waiting(store))
    with store.writing() as session:
        change(session)
    assert delivered(store) == []
    state, note = approvals(store)[0]
    assert state is ApprovalState.VOIDED
    assert reason in (note or "")


def test_a_stop_cancels_the_letter_at_once(store: Store) -> None:
    asked = waiting(store)
    with store.writing() as session:
        answers.stop(session, 1, address_hash="h", via="phone", now=NOW, policy=POLICY)
    assert message(store).state is MessageState.CANCELLED
    assert approvals(store)[0][0] is ApprovalState.VOIDED
    assert outreach(store).outcome is OutreachOutcome.STOPPED
    assert not decide(store, asked).won


def test_a_reply_puts_the_letter_back_on_the_desk(store: Store) -> None:
    waiting(store)
    with store.writing() as session:
        recording.touch(session, 1, {"on": "2026-10-12", "channel": "reply", "direction": "in"}, NOW)
    assert message(store).state is MessageState.DRAFTED
    state, note = approvals(store)[0]
    assert (state, note) == (ApprovalState.VOIDED, "the candidate got in touch on 2026-10-12: read that first")


@pytest.mark.parametrize("approved_before", [False, True], ids=["waiting", "approved"])
def test_closing_the_role_takes_its_letters_back(store: Store, *, approved_before: bool) -> None:
    asked = waiting(store)
    if approved_before:
        decide(store, asked)
    with store.writing() as session:
        session.get_one(Role, 1).closed_at = NOW
        assert take_back_letters_of_role(session, 1, "the role was filled", NOW) == 1
    assert delivered(store) == []
    assert message(store).state is MessageState.CANCELLED
    assert approvals(store)[0][0] is ApprovalState.VOIDED
    assert outreach(store).outcome is OutreachOutcome.ROLE_CLOSED


def test_nobody_decided_so_nothing_goes(store: Store) -> None:
    waiting(store)
    with store.writing() as session:
        assert deciding.expire(session, NOW + timedelta(days=8)) == [1]
    assert message(store).state is MessageState.EXPIRED
    assert outreach(store).outcome is OutreachOutcome.NOT_SENT


def test_a_letter_let_go_too_long_ago_expires(store: Store) -> None:
    decide(store, waiting(store))
    with store.writing() as session:
        assert take(session, 10, NOW + timedelta(days=8), DESK) == []
    assert message(store).state is MessageState.EXPIRED


def test_a_budget_that_is_used_up_meanwhile_holds_the_letter(store: Store) -> None:
    decide(store, waiting(store))
    with store.writing() as session:
        session.add(
            Message(
                candidate_id=1,
                programme="quarterly-update",
                state=MessageState.SENT,
                key="k",
                due_at=NOW,
                created_at=NOW,
                sending_at=NOW,
            )
        )
    assert delivered(store) == []
    assert message(store).state is MessageState.DRAFTED
    assert "often enough" in (message(store).reason or "")


def test_the_recipients_state_says_what_happened_even_after_a_stop_on_the_wire(store: Store) -> None:
    decide(store, waiting(store))
    with store.writing() as session:
        ids = [out.message_id for out in take(session, 10, NOW, DESK)]
    with store.writing() as session:
        answers.stop(session, 1, address_hash="h", via="phone", now=NOW, policy=POLICY)
    with store.writing() as session:
        record(session, [(ids[0], Accepted(250, "OK"))], NOW, DESK)
    assert message(store).state is MessageState.SENT
    assert "sent, but" in (message(store).reason or "")
    with store.reading() as session:
        assert session.get_one(Candidate, 1).state is CandidateState.DECLINED


def test_two_who_approve_at_once_are_told_who_was_first(store: Store) -> None:
    from tests.racing import at_once  # noqa: PLC0415

    asked = waiting(store)

    def by(person: Decider) -> Callable[[Session], bool]:
        return lambda s: deciding.decide(s, asked, Decision.APPROVE, person, terms=TERMS, now=NOW, via="web").won

    assert sorted(map(str, at_once(store, by(ANN), by(BEN)))) == ["False", "True"]
    assert delivered(store) == [1]
    assert delivered(store) == []


def test_what_was_seen_stands_in_the_history(store: Store) -> None:
    asked = waiting(store)
    decide(store, asked)
    with store.reading() as session:
        row = approval.find(session, asked)
        assert (row.decided_by, row.via, row.evidence["letter"]) == ("ann@acme.example", "cli", 1)
        assert date(2026, 10, 13) == (row.decided_at or NOW).date()
