"""What speaks against a letter now, for each occasion, and whether waiting or rewriting can help."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import NotFound
from rekindle.journey.letters.awaiting import draft_follow_ups
from rekindle.journey.letters.judging import Judgement, judge, role_of
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.letters import letters_of
from rekindle.store.messages import Message
from rekindle.store.outreaches import Outreach
from rekindle.store.roles import Role
from rekindle.store.suppressions import Suppression
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from states.facts import Basis
from states.message import MessageState, Occasion
from states.programme import Programme
from tests.cast import NOW, turned_down
from tests.journey.letters.route import (
    DRAFTING,
    draft_rejection,
    interviewing,
    not_told,
    re_engaged,
    spoken,
    turn_down,
    turned_down_again,
)
from tests.journey.letters.stage import BODY, STANDARDS, drafted, hashed, role, sarah
from tests.journey.stage import change

Change = Callable[[Session], object]
A_WEEK = timedelta(days=7)


def found(store: Store, number: int = 1, after: timedelta = timedelta(0)) -> Judgement:
    with store.reading() as session:
        return judge(session, session.get_one(Message, number), STANDARDS, NOW + after)


def codes(judged: Judgement) -> list[str]:
    return [refusal.code for refusal in judged.refusals]


def person(**columns: object) -> Change:
    """Change the candidate."""

    def act(session: Session) -> None:
        for name, value in columns.items():
            setattr(session.get_one(Candidate, 1), name, value)

    act.__name__ = " ".join(map(str, columns.items()))
    return act


def withdrew(session: Session) -> None:
    newest = session.scalars(select(Application).order_by(Application.id.desc())).first()
    assert newest is not None
    newest.outcome, newest.rejected_by = "withdrew", "candidate"


def is_in_a_process(session: Session) -> None:
    session.add(turned_down(1, outcome="open", decided_on=None, applied_on=date(2026, 10, 1)))


def role_is_closed(session: Session) -> None:
    session.get_one(Role, 1).closed_at = NOW


def had_a_mail(session: Session) -> None:
    session.add(bulk(MessageState.SENT))


def is_suppressed(session: Session) -> None:
    session.add(Suppression(address_hash=hashed(session.get_one(Candidate, 1).address or ""), reason="stop", at=NOW))


def answered(session: Session) -> None:
    session.add(Touch(candidate_id=1, on=NOW.date(), channel="reply", direction="in"))


def turned_down_before(session: Session) -> None:
    session.add(turned_down(1, role="Intern", decided_on=date(2024, 5, 2)))


def made_lazy(session: Session) -> None:
    number = session.scalars(select(Message.id).order_by(Message.id.desc())).first() or 0
    letters_of(session, [number])[number].body = "Hey! We have another opening. Still interested?"


def bulk(state: MessageState) -> Message:
    return Message(
        candidate_id=1,
        programme=Programme.QUARTERLY_UPDATE,
        state=state,
        key=str(state),
        due_at=NOW,
        created_at=NOW,
        sending_at=NOW,
    )


#: What speaks against any letter that is not owed: what happened, the guard, whether it is for good.
ANY: list[tuple[Change, str, bool]] = [
    (person(opted_out_at=NOW), "is_contactable", True),
    (person(unreachable_since=NOW), "is_contactable", True),
    (person(address=None), "is_contactable", True),
    (withdrew, "did_not_withdraw", True),
    (is_in_a_process, "is_not_with_us", True),
    (is_suppressed, "suppressed", True),
    (role_is_closed, "role_is_open", True),
    (person(state=CandidateState.DECLINED), "wrong_state", True),
    (person(state=CandidateState.INTERVIEWING), "wrong_state", True),
    (person(basis=Basis.UNKNOWN), "basis_is_known", False),
    (person(consent_until=NOW.date() - timedelta(days=1)), "basis_is_known", False),
    (person(snoozed_until=date(2027, 3, 1)), "is_not_snoozed", False),
    (made_lazy, "letter_passes_courtesy", False),
]


def named(rows: list[tuple[Change, str, bool]]) -> list[str]:
    return [f"{change.__name__}: {code}" for change, code, _ in rows]


def on_the_desk(store: Store, body: str = BODY) -> None:
    """Lay Sarah's letter on the desk: the message, the role and the candidate are number 1."""
    with store.writing() as session:
        drafted(session, sarah(session), role(session), body)


# The first letter.


def test_an_honest_letter_to_somebody_who_may_be_written_to_may_go(store: Store) -> None:
    on_the_desk(store)
    judged = found(store)
    assert (judged.may_go, judged.is_lost, judged.reason, judged.findings) == (True, False, "", ())
    assert (judged.letter.body, judged.known.given_name) == (BODY, "Sarah")


FIRST = [*ANY, (had_a_mail, "budget_allows", False), (person(state=CandidateState.RE_ENGAGED), "wrong_state", True)]


@pytest.mark.parametrize(("happened", "code", "lost"), FIRST, ids=named(FIRST))
def test_what_speaks_against_a_first_letter(store: Store, happened: Change, code: str, *, lost: bool) -> None:
    on_the_desk(store)
    change(store, happened)
    judged = found(store)
    assert not judged.may_go
    assert code in codes(judged)
    assert judged.is_lost is lost
    assert judged.reason


def test_every_reason_is_named_at_once(store: Store) -> None:
    on_the_desk(store)
    for happened in (had_a_mail, person(snoozed_until=date(2027, 3, 1), basis=Basis.UNKNOWN), is_suppressed):
        change(store, happened)
    judged = found(store)
    assert codes(judged) == ["basis_is_known", "is_not_snoozed", "budget_allows", "suppressed"]
    assert judged.reason == "; ".join(refusal.reason for refusal in judged.refusals)


def test_what_was_found_in_the_words_is_handed_on(store: Store) -> None:
    on_the_desk(store, "Hey! We have another opening. Still interested?")
    assert codes(found(store)) == ["letter_passes_courtesy"]
    assert found(store).findings


ON_ITS_WAY = {
    MessageState.APPROVED,
    MessageState.SENDING,
    MessageState.DEFERRED,
    MessageState.SENT,
    MessageState.UNCONFIRMED,
}


@pytest.mark.parametrize("state", list(MessageState))
def test_a_letter_about_another_role_is_in_the_way_while_it_is_out_or_on_its_way(
    store: Store, state: MessageState
) -> None:
    on_the_desk(store)
    change(store, lambda s: setattr(about_another_role(s), "state", state))
    assert codes(found(store)) == (["no_other_outreach"] if state in ON_ITS_WAY else [])
    assert found(store).is_lost is (state in ON_ITS_WAY)


def test_a_letter_about_another_role_that_was_answered_is_in_nobodys_way(store: Store) -> None:
    on_the_desk(store)
    with store.writing() as session:
        about_another_role(session).state = MessageState.SENT
        session.get_one(Outreach, 2).closed_at = NOW
    assert found(store).may_go


def about_another_role(session: Session) -> Message:
    other = role(session, "sales-lead", title="Sales Lead", family="sales", level="lead", team="Sales")
    return drafted(session, session.get_one(Candidate, 1), other)


# The follow-up.


def followed_up(store: Store) -> None:
    """Sarah's follow-up waits: it is message 2."""
    re_engaged(store)
    assert draft_follow_ups(store, DRAFTING, NOW + timedelta(days=10)) == [2]


FOLLOWING = [*ANY, (answered, "has_not_answered", True), (person(state=CandidateState.NURTURING), "wrong_state", True)]


@pytest.mark.parametrize(("happened", "code", "lost"), FOLLOWING, ids=named(FOLLOWING))
def test_what_speaks_against_a_follow_up(store: Store, happened: Change, code: str, *, lost: bool) -> None:
    followed_up(store)
    change(store, happened)
    judged = found(store, 2, timedelta(days=10))
    assert code in codes(judged)
    assert judged.is_lost is lost


def test_a_follow_up_belongs_to_its_letter_so_no_budget_is_asked(store: Store) -> None:
    followed_up(store)
    change(store, had_a_mail)
    assert found(store, 2, timedelta(days=10)).may_go


# The rejection letter.

REJECTING: list[tuple[Change, str, bool]] = [
    (person(opted_out_at=NOW), "is_contactable", True),
    (person(unreachable_since=NOW), "is_contactable", True),
    (person(address=None), "is_contactable", True),
    (is_suppressed, "suppressed", True),
    (person(state=CandidateState.DECLINED), "wrong_state", True),
    (person(state=CandidateState.RE_ENGAGED), "wrong_state", True),
    (person(state=CandidateState.HIRED), "wrong_state", True),
    (person(state=CandidateState.INTERVIEWING), "in_interviews", True),
    (turned_down_before, "told_in_person_first", False),
    (made_lazy, "letter_passes_courtesy", False),
]


@pytest.mark.parametrize(("happened", "code", "lost"), REJECTING, ids=named(REJECTING))
def test_what_speaks_against_telling_somebody(store: Store, happened: Change, code: str, *, lost: bool) -> None:
    change(store, not_told)
    number = draft_rejection(store)
    change(store, happened)
    judged = found(store, number, A_WEEK)
    assert code in codes(judged)
    assert judged.is_lost is lost


NOT_ASKED = [person(basis=Basis.UNKNOWN), person(snoozed_until=date(2027, 3, 1)), had_a_mail]


@pytest.mark.parametrize("happened", NOT_ASKED, ids=lambda happened: happened.__name__)
def test_who_is_owed_an_answer_gets_it_whatever_else_they_would_not_get(store: Store, happened: Change) -> None:
    change(store, not_told)
    number = draft_rejection(store)
    change(store, happened)
    assert found(store, number, A_WEEK).may_go


def test_a_call_since_the_decision_opens_the_way_for_a_second_letter(store: Store) -> None:
    interviewing(store)
    turn_down(store)
    number = draft_rejection(store)
    assert codes(found(store, number, A_WEEK)) == ["told_in_person_first"]
    spoken(store, NOW + A_WEEK)
    assert found(store, number, A_WEEK).may_go


def test_the_letter_that_ends_their_interviews_may_reach_who_is_in_them(store: Store) -> None:
    assert found(store, turned_down_again(store), A_WEEK).may_go


# Whatever the occasion.


def test_the_newest_words_are_judged_by_whoever_signs_them(store: Store) -> None:
    on_the_desk(store)
    with store.writing() as session:
        letters_of(session, [1])[1].signer = "ben@acme.example"
    signer = found(store).known.signer
    assert (signer.address, signer.name, signer.title) == ("ben@acme.example", "Ben Okafor", "Recruiter")


def test_a_signer_who_is_not_on_the_team_does_not_sign(store: Store) -> None:
    on_the_desk(store)
    with store.writing() as session:
        letters_of(session, [1])[1].signer = "eve@example.org"
    assert found(store).known.signer.name == "Ann Lee"


def test_bulk_mail_and_a_letter_without_words_are_not_judged(store: Store) -> None:
    on_the_desk(store)
    with store.writing() as session:
        session.add(bulk(MessageState.APPROVED))
        session.delete(letters_of(session, [1])[1])
    for number in (1, 2):
        with pytest.raises(NotFound, match=f"message {number} is no personal letter"):
            found(store, number)


def test_a_rejection_letter_speaks_of_no_open_role(store: Store) -> None:
    on_the_desk(store)
    with store.reading() as session:
        about = role_of(session, session.get_one(Message, 1))
        assert about is not None
        assert about.slug == "director-product"
    change(store, lambda s: not_told(s, "Emil"))
    number = draft_rejection(store, 2)
    with store.reading() as session:
        row = session.get_one(Message, number)
        assert (role_of(session, row), row.occasion) == (None, Occasion.REJECTION)
