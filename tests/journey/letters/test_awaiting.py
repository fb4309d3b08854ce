"""After a letter: one gentle follow-up at most, rest after silence, and a word from them before either."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rekindle.errors import TemplateError
from rekindle.journey import answers
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.letters import awaiting, writing
from rekindle.journey.letters.proposing import Desk
from rekindle.journey.moving import Cause, move
from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.letters import letters_of
from rekindle.store.messages import Message
from rekindle.store.outreaches import OutreachOutcome
from rekindle.store.roles import Role
from rekindle.store.touches import Touch
from states.candidate import Actor, CandidateState, Trigger
from states.message import MessageState, Occasion
from tests.cast import NOW, POLICY
from tests.journey.letters.route import (
    DRAFTING,
    approval_states,
    approve,
    deliver,
    interviewing,
    message_state,
    outreach,
    re_engaged,
    said_yes,
    spoken,
)
from tests.journey.letters.stage import STANDARDS, drafted, role
from tests.journey.stage import change, change_candidate, moves_of, state_of

DAY = timedelta(days=1)
#: As in the standards of the stage.
WINDOW, FOLLOW_UP = 21 * DAY, 10 * DAY
A_MOMENT = timedelta(seconds=1)


def rested(store: Store, after: timedelta) -> list[int]:
    return awaiting.rest_overdue(store, STANDARDS, NOW + after)


def followed_up(store: Store, after: timedelta = FOLLOW_UP, desk: Desk = DRAFTING) -> list[int]:
    return awaiting.draft_follow_ups(store, desk, NOW + after)


def letters_in_all(store: Store) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


# Rest.


def test_silence_is_rested_when_the_time_is_over_and_not_a_moment_before(store: Store) -> None:
    re_engaged(store)
    assert rested(store, WINDOW - A_MOMENT) == []
    assert state_of(store, 1) is CandidateState.RE_ENGAGED
    assert rested(store, WINDOW) == [1]
    assert state_of(store, 1) is CandidateState.NURTURING
    assert rested(store, WINDOW) == []


def test_rest_is_the_calendars_move_and_ends_the_outreach_without_an_answer(store: Store) -> None:
    re_engaged(store)
    rested(store, WINDOW)
    last = moves_of(store, 1)[-1]
    assert (last.trigger, last.actor, last.reason) == (Trigger.REST, Actor.SCHEDULE, "no answer within 21 days")
    assert (outreach(store).outcome, outreach(store).closed_at) == (OutreachOutcome.NO_ANSWER, NOW + WINDOW)


@pytest.mark.parametrize("channel", ["reply", "call", "linkedin"])
def test_who_has_been_in_touch_since_the_letter_does_not_rest_by_itself(store: Store, channel: str) -> None:
    re_engaged(store)
    spoken(store, NOW + 3 * DAY, "in", channel)
    assert rested(store, 2 * WINDOW) == []
    assert state_of(store, 1) is CandidateState.RE_ENGAGED


@pytest.mark.parametrize(("on", "direction"), [(date(2026, 9, 1), "in"), (date(2026, 10, 20), "out")])
def test_what_they_said_before_and_what_we_say_is_no_answer(store: Store, on: date, direction: str) -> None:
    re_engaged(store)
    change(store, lambda s: s.add(Touch(candidate_id=1, on=on, channel="call", direction=direction)))
    assert rested(store, WINDOW) == [1]


@pytest.mark.parametrize(("channel", "summary"), [("event", None), ("reply", "answered no to the event pricing-night")])
def test_who_only_said_whether_they_come_to_an_event_rests_as_anybody(
    store: Store, channel: str, summary: str | None
) -> None:
    re_engaged(store)
    on = (NOW + DAY).date()
    change(store, lambda s: s.add(Touch(candidate_id=1, on=on, channel=channel, direction="in", summary=summary)))
    assert rested(store, WINDOW) == [1]


def test_a_word_in_the_last_moment_stands(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    re_engaged(store)

    def hold_person(session: Session, candidate_id: int) -> Candidate:
        session.add(Touch(candidate_id=candidate_id, on=NOW.date() + WINDOW, channel="reply", direction="in"))
        return writing.hold_person(session, candidate_id)

    monkeypatch.setattr(awaiting, "hold_person", hold_person)
    assert rested(store, WINDOW) == []
    assert state_of(store, 1) is CandidateState.RE_ENGAGED


def test_after_a_follow_up_they_have_their_full_time_again(store: Store) -> None:
    re_engaged(store)
    followed_up(store)
    approve(store, 2, NOW + FOLLOW_UP)
    assert deliver(store, NOW + FOLLOW_UP) == [2]
    assert rested(store, WINDOW) == []
    assert rested(store, FOLLOW_UP + WINDOW) == [1]


def test_a_follow_up_nobody_has_approved_keeps_nobody_waiting(store: Store) -> None:
    re_engaged(store)
    followed_up(store)
    assert rested(store, WINDOW) == [1]


def test_who_is_in_interviews_does_not_rest(store: Store) -> None:
    interviewing(store)
    assert rested(store, WINDOW) == []
    assert state_of(store, 1) is CandidateState.INTERVIEWING


def test_a_letter_that_came_back_keeps_nobody_re_engaged_for_ever(store: Store) -> None:
    re_engaged(store)
    change(store, lambda s: setattr(s.get_one(Message, 1), "state", MessageState.BOUNCED))
    assert rested(store, WINDOW) == [1]


def test_not_now_brings_rest_and_is_kept_as_the_answer(store: Store) -> None:
    re_engaged(store)
    cause = Cause(Actor.CANDIDATE, "not now")
    change(store, lambda s: move(s, 1, Trigger.REST, cause, now=NOW + DAY, policy=POLICY, said_rest=True))
    assert state_of(store, 1) is CandidateState.NURTURING
    assert outreach(store).outcome is OutreachOutcome.NOT_NOW


def test_a_letter_about_another_role_that_has_not_left_is_not_ended_by_the_silence(store: Store) -> None:
    re_engaged(store)
    change(store, lambda s: drafted(s, s.get_one(Candidate, 1), role(s, "director-pricing")))
    rested(store, WINDOW)
    assert outreach(store, 1).outcome is OutreachOutcome.NO_ANSWER
    assert outreach(store, 2).closed_at is None


def test_a_stop_ends_the_outreach_whether_its_letter_has_left_or_not(store: Store) -> None:
    re_engaged(store)
    change(store, lambda s: drafted(s, s.get_one(Candidate, 1), role(s, "director-pricing")))
    change(store, lambda s: answers.stop(s, 1, address_hash="h", via="link", now=NOW, policy=POLICY))
    assert [outreach(store, number).outcome for number in (1, 2)] == [OutreachOutcome.STOPPED] * 2


# The follow-up.


def test_a_follow_up_is_drafted_when_its_day_has_come_and_put_to_whoever_signed(store: Store) -> None:
    re_engaged(store)
    assert followed_up(store, FOLLOW_UP - A_MOMENT) == []
    assert followed_up(store) == [2]
    with store.reading() as session:
        row, asked = session.get_one(Message, 2), session.get_one(Approval, 2)
        assert (row.occasion, row.outreach_id, row.state) == (Occasion.FOLLOW_UP, 1, MessageState.AWAITING)
        assert (asked.assignee, asked.asked_by) == ("ann@acme.example", "rekindle")
        assert "Director of Product" in letters_of(session, [2])[2].body


def test_the_days_between_two_mails_are_not_asked_of_a_follow_up(store: Store) -> None:
    re_engaged(store)
    followed_up(store)
    approve(store, 2, NOW + FOLLOW_UP)
    assert deliver(store, NOW + FOLLOW_UP) == [2]
    assert state_of(store, 1) is CandidateState.RE_ENGAGED


@pytest.mark.parametrize("decision", list(Decision))
def test_there_is_one_follow_up_whatever_became_of_it(store: Store, decision: Decision) -> None:
    re_engaged(store)
    assert followed_up(store) == [2]
    assert followed_up(store) == []
    approve(store, 2, NOW + FOLLOW_UP, decision)
    deliver(store, NOW + FOLLOW_UP)
    assert followed_up(store, FOLLOW_UP + FOLLOW_UP) == []
    assert letters_in_all(store) == 2


def test_a_declined_follow_up_leaves_the_outreach_open(store: Store) -> None:
    re_engaged(store)
    followed_up(store)
    approve(store, 2, NOW + FOLLOW_UP, Decision.DECLINE)
    assert message_state(store, 2) is MessageState.CANCELLED
    assert outreach(store).closed_at is None


def the_role_is_closed(store: Store) -> None:
    change(store, lambda s: setattr(s.get_one(Role, 1), "closed_at", NOW))


def they_snooze(store: Store) -> None:
    change_candidate(store, 1, snoozed_until=date(2026, 12, 1))


def they_stop(store: Store) -> None:
    change(store, lambda s: answers.stop(s, 1, address_hash="h", via="link", now=NOW, policy=POLICY))


def they_answer(store: Store) -> None:
    spoken(store, NOW + DAY, "in", "reply")


def their_consent_ends(store: Store) -> None:
    change_candidate(store, 1, consent_until=NOW.date())


def they_rest(store: Store) -> None:
    cause = Cause(Actor.CANDIDATE, "keep me posted")
    change(store, lambda s: move(s, 1, Trigger.REST, cause, now=NOW, policy=POLICY, said_rest=True))


def they_said_yes(store: Store) -> None:
    change(store, lambda s: said_yes(s, 1, NOW))


@pytest.mark.parametrize(
    "happens",
    [
        the_role_is_closed,
        they_snooze,
        they_stop,
        they_answer,
        their_consent_ends,
        they_rest,
        they_said_yes,
    ],
)
def test_nobody_is_followed_up_for_nothing(store: Store, happens: Callable[[Store], None]) -> None:
    re_engaged(store)
    happens(store)
    assert followed_up(store) == []
    assert letters_in_all(store) == 1
    assert approval_states(store) == ["approved"]


def test_a_team_may_have_no_follow_ups_at_all(store: Store) -> None:
    re_engaged(store)
    never = replace(DRAFTING, standards=replace(STANDARDS, follow_up_after=None))
    assert followed_up(store, WINDOW - A_MOMENT, never) == []


def test_phrasings_that_cannot_be_used_are_not_passed_over_in_silence(store: Store) -> None:
    re_engaged(store)
    with pytest.raises(TemplateError, match="follow_up"):
        followed_up(store, FOLLOW_UP, replace(DRAFTING, phrasings=()))


@pytest.mark.parametrize("happens", [they_answer, they_rest], ids=["answered", "rests"])
def test_a_follow_up_that_waits_is_worthless_when_it_is_overtaken(
    store: Store, happens: Callable[[Store], None]
) -> None:
    re_engaged(store)
    followed_up(store)
    approve(store, 2, NOW + FOLLOW_UP)
    happens(store)
    assert deliver(store, NOW + FOLLOW_UP) == []
    assert message_state(store, 2) in {MessageState.DRAFTED, MessageState.CANCELLED}


# Who is owed an answer.


def test_who_got_in_touch_after_a_letter_is_listed_once_until_somebody_has_acted(store: Store) -> None:
    re_engaged(store)
    with store.reading() as session:
        assert awaiting.answered(session) == []
    they_answer(store)
    spoken(store, NOW + 2 * DAY, "in", "call")
    with store.reading() as session:
        assert awaiting.answered(session) == [1]
    they_said_yes(store)
    with store.reading() as session:
        assert awaiting.answered(session) == []
