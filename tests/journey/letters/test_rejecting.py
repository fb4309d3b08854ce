"""Telling somebody that it is a no: whom we owe it, who is turned down, and a call before a second letter."""

from datetime import date, timedelta

import pytest

from rekindle.errors import BadInput, CourtesyRefused, LostRace
from rekindle.journey.letters import rejecting
from rekindle.journey.letters.rejecting import Told, Untold
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.outreaches import OutreachOutcome
from states.candidate import CandidateState
from states.message import MessageState
from tests.cast import NOW, anne, turned_down
from tests.journey.letters.route import (
    LATER,
    NOT_HER,
    ask,
    draft_rejection,
    go,
    interviewing,
    not_told,
    outreach,
    re_engaged,
    said_yes,
    spoken,
    turn_down,
)
from tests.journey.letters.stage import drafted, role
from tests.journey.stage import change, state_of

DAY = timedelta(days=1)


def application(store: Store, number: int) -> Application:
    with store.reading() as session:
        return session.get_one(Application, number)


def untold(store: Store, limit: int = 50) -> list[Untold]:
    with store.reading() as session:
        return rejecting.untold(session, limit)


# Whom we owe it.


def test_who_was_never_told_is_listed_with_what_about(store: Store) -> None:
    change(store, not_told)
    assert untold(store) == [Untold(1, 1, "Senior Product Manager", None, 1)]


@pytest.mark.parametrize("rejection", ["personal", "generic", None])
def test_who_was_told_is_not_listed_and_neither_is_whom_we_know_nothing_about(
    store: Store, rejection: str | None
) -> None:
    change(store, lambda s: not_told(s, rejection=rejection))
    assert untold(store) == []


@pytest.mark.parametrize("state", [CandidateState.DECLINED, CandidateState.RE_ENGAGED, CandidateState.HIRED])
def test_who_stands_elsewhere_is_not_told_about_the_past(store: Store, state: CandidateState) -> None:
    change(store, lambda s: not_told(s, state=state))
    assert untold(store) == []


def test_who_withdrew_was_not_turned_down(store: Store) -> None:
    with store.writing() as session:
        not_told(session)
        session.get_one(Application, 1).rejected_by = "candidate"
    assert untold(store) == []


def test_a_letter_speaks_of_the_newest_application_so_only_that_is_listed(store: Store) -> None:
    with store.writing() as session:
        person = not_told(session)
        session.add(turned_down(person.id, role="Intern", decided_on=date(2020, 5, 2), rejection="none"))
        told = not_told(session, "Emil", rejection="personal")
        session.add(turned_down(told.id, role="Intern", decided_on=date(2020, 5, 2), rejection="none"))
        gone = not_told(session, "Gita")
        session.add(turned_down(gone.id, outcome="withdrew", rejected_by="candidate", decided_on=date(2026, 9, 1)))
    assert [(line.candidate_id, line.role, line.times) for line in untold(store)] == [(1, "Senior Product Manager", 2)]
    with store.reading() as session:
        assert rejecting.application_to_tell(session, 1).role == "Senior Product Manager"
        with pytest.raises(BadInput, match="told personally about Senior Product Manager"):
            rejecting.application_to_tell(session, told.id)
        with pytest.raises(BadInput, match="withdrew from a later one"):
            rejecting.application_to_tell(session, gone.id)


def test_an_application_without_a_day_is_older_than_one_with(store: Store) -> None:
    with store.writing() as session:
        person = not_told(session)
        session.add(turned_down(person.id, role="Undated", decided_on=None, applied_on=None, rejection="none"))
    assert [line.role for line in untold(store)] == ["Senior Product Manager"]


def test_the_newest_decision_comes_first_and_there_is_a_limit(store: Store) -> None:
    with store.writing() as session:
        for name in ("Anne", "Emil", "Finn"):
            not_told(session, name)
        session.get_one(Application, 2).decided_on = date(2026, 8, 1)
        session.get_one(Application, 3).decided_on = None
    assert [line.candidate_id for line in untold(store)] == [2, 1, 3]
    assert [line.candidate_id for line in untold(store, 1)] == [2]


def test_the_letter_on_the_desk_stands_beside_it_until_it_is_over(store: Store) -> None:
    change(store, not_told)
    number = draft_rejection(store)
    assert untold(store)[0].message_id == number
    change(store, lambda s: setattr(s.get_one(Message, number), "state", MessageState.CANCELLED))
    assert untold(store)[0].message_id is None


def test_who_was_turned_down_in_interviews_comes_before_all_others(store: Store) -> None:
    interviewing(store)
    change(store, not_told)
    number = turn_down(store)
    assert [(line.application_id, line.times) for line in untold(store)] == [(number, 2), (2, 1)]


def test_nobody_in_interviews_is_told_about_what_was_before_them(store: Store) -> None:
    interviewing(store)
    change(store, lambda s: setattr(s.get_one(Application, 1), "rejection", "none"))
    assert untold(store) == []
    with store.reading() as session, pytest.raises(BadInput, match="is interviewing: `rekindle rejections record`"):
        rejecting.application_to_tell(session, 1)


def test_what_an_import_decides_about_interviews_is_told_as_well(store: Store) -> None:
    interviewing(store)
    decided = turned_down(1, role="Director of Product", decided_on=LATER.date(), rejection="none")
    change(store, lambda s: s.add(decided))
    assert [line.role for line in untold(store)] == ["Director of Product"]


# Turned down.


def test_being_turned_down_is_an_application_for_the_role_of_the_letter(store: Store) -> None:
    interviewing(store, NOW + DAY)
    row = application(store, turn_down(store))
    assert (row.role, row.family, row.level, row.team) == ("Director of Product", "product", "director", "Growth")
    assert (row.outcome, row.rejected_by, row.decided_on) == ("rejected", "company", LATER.date())
    assert (row.reason, row.reason_sayable, row.last_stage) == (NOT_HER.reason, True, "final")
    assert (row.rejection, row.promise) == (None, None)
    assert state_of(store, 1) is CandidateState.INTERVIEWING


def test_the_last_interview_is_the_last_one_on_record(store: Store) -> None:
    interviewing(store, NOW + DAY)
    spoken(store, NOW + 3 * DAY, channel="meeting")
    assert application(store, turn_down(store)).last_interview_on == NOW.date() + 3 * DAY


def test_interviews_of_which_none_is_on_record_began_at_least(store: Store) -> None:
    interviewing(store, NOW + DAY)
    assert application(store, turn_down(store)).last_interview_on == NOW.date() + DAY


@pytest.mark.parametrize("state", [state for state in CandidateState if state is not CandidateState.INTERVIEWING])
def test_only_who_is_interviewing_can_be_turned_down(store: Store, state: CandidateState) -> None:
    change(store, lambda s: anne(s, state=state))
    with pytest.raises(BadInput, match=f"c-1 is {state}"):
        turn_down(store)


@pytest.mark.parametrize("reason", ["", "  ", "two\nlines", "\x1b[31m"])
def test_a_reason_is_one_line(store: Store, reason: str) -> None:
    interviewing(store)
    with pytest.raises(BadInput, match="give the reason in one line"):
        turn_down(store, Told(reason))


def test_nobody_is_turned_down_twice_for_the_same_interviews(store: Store) -> None:
    interviewing(store)
    turn_down(store)
    with pytest.raises(BadInput, match=r"c-1 was turned down for Director of Product on 2026-10-20 already"):
        turn_down(store)


def test_who_came_of_their_own_accord_interviews_for_a_role_we_do_not_know(store: Store) -> None:
    change(store, lambda s: anne(s, state=CandidateState.INTERVIEWING))
    with pytest.raises(BadInput, match="no role is on record for which c-1 interviews"):
        turn_down(store)


def test_a_draft_about_another_role_does_not_say_for_what_they_interview(store: Store) -> None:
    re_engaged(store)
    change(store, lambda s: drafted(s, s.get_one(Candidate, 1), role(s, "head-of-pricing", title="Head of Pricing")))
    change(store, lambda s: said_yes(s, 1, NOW))
    assert application(store, turn_down(store)).role == "Director of Product"
    assert outreach(store, 2).outcome is not OutreachOutcome.INTERESTED


# A call before a second letter.


def test_a_second_rejection_is_not_asked_about_before_a_call_is_on_record(store: Store) -> None:
    interviewing(store)
    turn_down(store)
    number = draft_rejection(store)
    with pytest.raises(CourtesyRefused, match="a second rejection is told by a call first"):
        ask(store, number, LATER)
    spoken(store, LATER)
    assert ask(store, number, LATER)


@pytest.mark.parametrize(
    ("channel", "days", "counts"),
    [("call", 7, True), ("meeting", 8, True), ("call", 6, False), ("email", 7, False), ("linkedin", 7, False)],
)
def test_only_a_conversation_since_the_decision_is_a_call(
    store: Store, channel: str, days: int, *, counts: bool
) -> None:
    interviewing(store)
    turn_down(store)
    number = draft_rejection(store)
    spoken(store, NOW + days * DAY, channel=channel)
    if counts:
        assert ask(store, number, LATER)
    else:
        with pytest.raises(CourtesyRefused, match="by a call first"):
            ask(store, number, LATER)


def test_a_first_rejection_needs_no_call(store: Store) -> None:
    change(store, not_told)
    assert ask(store, draft_rejection(store), LATER)


def test_a_rejection_needs_no_room_in_the_budget_and_no_consent(store: Store) -> None:
    change(store, lambda s: not_told(s, basis="unknown", snoozed_until=date(2027, 1, 1)))
    go(store, draft_rejection(store), LATER)


def test_there_is_one_letter_to_tell_it(store: Store) -> None:
    change(store, not_told)
    draft_rejection(store)
    with pytest.raises(LostRace, match="has a rejection-letter letter already"):
        draft_rejection(store)
